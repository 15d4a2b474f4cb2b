// What the simulated disk does beyond losing power: pages that are lost, writes that it betrays, names that it forgets.
#include <cerrno>
#include <cstring>
#include <eventstore/os/detail/mapping_failures.hpp>

#include "lasting_files.hpp"

using namespace eventstore;
using namespace eventstore::test;

TEST_CASE("a lost page is zeros in maps, which have failed, and an error for calls, until the run is over", "[disk]") {
  SimulatedDisk disk;
  const auto file = lasting(disk, "a", std::string(10'000, 'x'));
  const auto map = *file->map(10'000, MapMode::read);
  const auto seen = mapping_failures();
  REQUIRE(disk.lose_page("a", 5'000));
  CHECK(mapping_failures() > seen);
  CHECK(map->has_failed());
  CHECK(map->data()[4'095] == std::byte{'x'});
  CHECK(map->data()[4'096] == std::byte{0});
  CHECK(map->data()[8'191] == std::byte{0});
  CHECK(map->data()[8'192] == std::byte{'x'});
  std::array<std::byte, 10> bytes{};
  CHECK(file->read_some(0, bytes) == 10U);
  CHECK(file->read_some(4'090, bytes).error().os_errno == EIO);
  CHECK(file->write_some(8'000, bytes).error().os_errno == EIO);
  CHECK(disk.failures() == 3);
  CHECK((*file->map(10'000, MapMode::read))->has_failed());
  disk.end_run();
  disk.restart();
  CHECK(text_of(disk.cached("a")) == std::string(10'000, 'x'));
}

TEST_CASE("a page that is unsynced, or mapped for writing, is not lost", "[disk]") {
  SimulatedDisk disk;
  const auto file = lasting(disk, "a", std::string(5'000, 'x'));
  write(*file, 0, "new");
  CHECK_FALSE(disk.lose_page("a", 100));
  CHECK(disk.lose_page("a", 4'500));
  CHECK_FALSE(disk.lose_page("a", 9'000));
  CHECK_FALSE(disk.lose_page("b", 0));
  const auto other = lasting(disk, "c", "text");
  const auto map = *other->map(4, MapMode::read_write);
  CHECK_FALSE(disk.lose_page("c", 0));
}

TEST_CASE("a betrayed write is in the cache, and after a restart it is lost or elsewhere", "[disk]") {
  const auto after = [](Betrayal how) {
    SimulatedDisk disk{{.loss = Loss::nothing}};
    const auto file = lasting(disk, "a", std::string(1'536, 'x'));
    disk.betray_write(1, how);
    write(*file, 1'024, std::string(512, 'y'));
    REQUIRE(file->sync_data());
    CHECK(text_of(disk.cached("a")) == std::string(1'024, 'x') + std::string(512, 'y'));
    lose_power(disk);
    return text_of(disk.cached("a"));
  };
  CHECK(after(Betrayal::lost) == std::string(1'536, 'x'));
  CHECK(after(Betrayal::misdirected) == std::string(512, 'x') + std::string(512, 'y') + std::string(512, 'x'));
}

TEST_CASE("a write may take what else its block has when the power goes", "[disk]") {
  bool was_taken = false;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SimulatedDisk disk{{.seed = seed, .loss = Loss::nothing, .loses_neighbours = true}};
    const auto file = lasting(disk, "a", std::string(8'192, 'x'));
    write(*file, 512, std::string(512, 'y'));
    lose_power(disk);
    const auto text = text_of(disk.cached("a"));
    CHECK(text.substr(512, 512) == std::string(512, 'y'));
    CHECK(text.substr(4'096) == std::string(4'096, 'x'));
    was_taken = was_taken || text.substr(0, 512) == std::string(512, '\0');
  }
  CHECK(was_taken);
}

TEST_CASE("an error of a directory's sync that is told once leaves a name that no later sync puts on the disk",
          "[disk]") {
  SimulatedDisk disk{{.loss = Loss::everything, .directory_errors_are_told_once = true}};
  REQUIRE(disk.make_directories("d"));
  const auto make = [&](const std::string& path) { REQUIRE(disk.open(path, OpenMode::create_new)); };
  make("d/told");
  make("d/named-again");
  disk.fail(FileCall::sync_directory, 1, EIO);
  CHECK_FALSE(disk.sync_directory("d"));
  REQUIRE(disk.rename("d/named-again", "d/b"));
  make("d/later");
  REQUIRE(disk.sync_directory("d"));
  lose_power(disk);
  CHECK(disk.list("d") == std::vector<std::string>{"b", "later"});
  // Once all programs have ended, the system tries again.
  make("d/told");
  disk.fail(FileCall::sync_directory, 1, EIO);
  CHECK_FALSE(disk.sync_directory("d"));
  disk.end_run();
  disk.restart();
  REQUIRE(disk.sync_directory("d"));
  lose_power(disk);
  CHECK(disk.list("d") == std::vector<std::string>{"b", "later", "told"});
}
