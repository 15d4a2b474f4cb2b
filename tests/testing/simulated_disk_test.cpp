// How the simulated disk is used: maps, runs, locks, failures.
#include <bit>
#include <cerrno>
#include <cstring>

#include "lasting_files.hpp"

using namespace eventstore;
using namespace eventstore::test;

TEST_CASE("maps and reads and writes see the same bytes", "[disk]") {
  SimulatedDisk disk;
  const auto file = lasting(disk, "a", "one");
  const auto seen = *file->map(4096, MapMode::read);
  const auto stored = *file->map(8, MapMode::read_write);
  write(*file, 0, "two");
  CHECK(std::memcmp(seen->data(), "two", 3) == 0);
  std::memcpy(stored->data(), "six", 3);
  CHECK(text_of(disk.cached("a")) == "six");
  CHECK(std::memcmp(seen->data(), "six", 3) == 0);
  write(*file, 3, std::string(2000, 'x'));
  CHECK(std::memcmp(seen->data() + 2000, "xxx", 3) == 0);
}

TEST_CASE("what is stored through a map is unsynced", "[disk]") {
  const auto store = [](SimulatedDisk& disk) {
    const auto stored = *lasting(disk, "a", "old")->map(3, MapMode::read_write);
    std::memcpy(stored->data(), "new", 3);
  };
  CHECK(contents_after_cuts(Loss::sectors, "a", store) == std::set<std::string>{"old", "new"});
  const auto synced = [](SimulatedDisk& disk) {
    const auto file = lasting(disk, "a", "old");
    const auto stored = *file->map(3, MapMode::read_write);
    std::memcpy(stored->data(), "new", 3);
    REQUIRE(file->sync_data());
  };
  CHECK(contents_after_cuts(Loss::everything, "a", synced) == std::set<std::string>{"new"});
}

TEST_CASE("a map stays valid after its file is removed, its run is over and its disk is gone", "[disk]") {
  std::shared_ptr<Mapping> map;
  {
    SimulatedDisk disk;
    map = *lasting(disk, "a", "text")->map(4096, MapMode::read_write);
    REQUIRE(disk.remove("a"));
    lose_power(disk);
    std::memcpy(map->data(), "mine", 4);
    CHECK(text_of(disk.cached("a")) != "mine");
  }
  CHECK(std::memcmp(map->data(), "mine", 4) == 0);
}

TEST_CASE("when only the programs end, nothing is lost and nothing is on the disk that was not", "[disk]") {
  SimulatedDisk disk{{.loss = Loss::everything}};
  const auto boot = disk.boot_id();
  const auto file = lasting(disk, "a", "old");
  const auto map = *file->map(3, MapMode::read_write);
  write(*file, 0, "new");
  disk.end_run();
  CHECK_FALSE(disk.is_running());
  disk.restart();
  CHECK(disk.boot_id() == boot);
  CHECK(text_of(disk.cached("a")) == "new");
  std::memcpy(map->data(), "???", 3);
  CHECK(text_of(disk.cached("a")) == "new");
  lose_power(disk);
  CHECK(text_of(disk.cached("a")) == "old");
  CHECK(disk.boot_id() != boot);
}

TEST_CASE("what was opened in a run fails when the run is over, and its lock is free", "[disk]") {
  SimulatedDisk disk;
  const auto file = lasting(disk, "a", "text");
  REQUIRE(*file->try_lock());
  CHECK_FALSE(*made(disk, "a")->try_lock());
  disk.end_run();
  CHECK(disk.open("a", OpenMode::read).error().code == Errc::io_failed);
  CHECK(disk.list(".").error().code == Errc::io_failed);
  disk.restart();
  CHECK(file->write_some(0, as_bytes("x")).error().code == Errc::io_failed);
  CHECK(file->sync_data().error().code == Errc::io_failed);
  CHECK(file->size().error().code == Errc::io_failed);
  CHECK(*made(disk, "a")->try_lock());
}

TEST_CASE("a lock is free when the file that has it is closed", "[disk]") {
  SimulatedDisk disk;
  auto first = lasting(disk, "a", "text");
  REQUIRE(*first->try_lock());
  const auto second = made(disk, "a");
  CHECK_FALSE(*second->try_lock());
  first.reset();
  CHECK(*second->try_lock());
}

TEST_CASE("the power goes at the change that was named, and not at a call that only reads", "[disk]") {
  SimulatedDisk disk{{.loss = Loss::everything}};
  const auto file = lasting(disk, "a", "old");
  const auto changes = disk.changes();
  disk.cut_power_after(2);
  write(*file, 0, "new");
  Bytes into(3);
  REQUIRE(file->read_some(0, into));
  REQUIRE(file->size());
  CHECK(disk.is_running());
  CHECK_FALSE(file->sync_data());
  CHECK_FALSE(disk.is_running());
  CHECK(disk.changes() == changes + 2);
  disk.restart();
  CHECK(text_of(disk.cached("a")) == "old");
}

TEST_CASE("a call fails when it is told to, as often as it is told to", "[disk]") {
  SimulatedDisk disk;
  const auto file = lasting(disk, "a", "text");
  disk.fail(FileCall::write, 2, ENOSPC, 2);
  CHECK(file->write_some(0, as_bytes("x")));
  CHECK(file->write_some(0, as_bytes("x")).error().code == Errc::out_of_space);
  CHECK(file->write_some(0, as_bytes("x")).error().os_errno == ENOSPC);
  CHECK(file->write_some(0, as_bytes("x")));
  CHECK(disk.failures() == 2);
  disk.fail(FileCall::rename, 1, EIO);
  CHECK(disk.rename("a", "b").error().code == Errc::io_failed);
  disk.fail(FileCall::map, 1, ENOMEM);
  CHECK(file->map(10, MapMode::read).error().code == Errc::out_of_memory);
  disk.fail(FileCall::list, 1, EIO);
  disk.heal();
  CHECK(disk.list("."));
}

TEST_CASE("every kind of call fails by itself where chances are given", "[disk]") {
  SimulatedDiskOptions options;
  options.failures_in_10000.fill(5000);
  SimulatedDisk disk{options};
  disk.set_random_failures(false);
  const auto file = lasting(disk, "a", "text");
  disk.set_random_failures(true);
  Bytes into(4);
  const auto fails_at_times = [](auto call) {
    int failed = 0;
    for (int i = 0; i < 40; ++i) failed += call() ? 0 : 1;
    return failed > 0 && failed < 40;
  };
  CHECK(fails_at_times([&] { return disk.open("a", OpenMode::write).has_value(); }));
  CHECK(fails_at_times([&] { return file->read_some(0, into).has_value(); }));
  CHECK(fails_at_times([&] { return file->write_some(0, as_bytes("x")).has_value(); }));
  CHECK(fails_at_times([&] { return file->sync_data().has_value(); }));
  CHECK(fails_at_times([&] { return file->size().has_value(); }));
  CHECK(fails_at_times([&] { return file->map(4, MapMode::read).has_value(); }));
  CHECK(fails_at_times([&] { return file->try_lock().has_value(); }));
  CHECK(fails_at_times([&] { return disk.list(".").has_value(); }));
  CHECK(fails_at_times([&] { return disk.sync_directory(".").has_value(); }));
}

TEST_CASE("reads and writes may take a part where chances are given", "[disk]") {
  SimulatedDisk disk{{.short_transfers_in_10000 = 5000}};
  const auto file = made(disk, "a");
  std::set<std::size_t> written;
  std::set<std::size_t> read;
  Bytes into(8);
  for (int i = 0; i < 100; ++i) written.insert(*file->write_some(0, as_bytes("12345678")));
  for (int i = 0; i < 100; ++i) read.insert(*file->read_some(0, into));
  CHECK(written == std::set<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(read == std::set<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("a read may give one bit wrong where chances are given, and a map never does", "[disk]") {
  SimulatedDisk disk{{.flipped_reads_in_10000 = 5000}};
  const auto file = lasting(disk, "a", std::string(8, '\0'));
  const auto map = *file->map(8, MapMode::read);
  int flipped = 0;
  for (int i = 0; i < 100; ++i) {
    Bytes into(8);
    REQUIRE(file->read_some(0, into));
    int bits = 0;
    for (const auto byte : into) bits += std::popcount(static_cast<unsigned char>(byte));
    REQUIRE(bits <= 1);
    flipped += bits;
    REQUIRE(as_text({map->data(), 8}) == std::string(8, '\0'));
  }
  CHECK(flipped > 20);
  CHECK(flipped < 80);
}

TEST_CASE("a full disk takes what fits and then nothing, and removing makes room", "[disk]") {
  SimulatedDisk disk;
  const auto file = lasting(disk, "a", "1234");
  const auto other = lasting(disk, "b", "1234");
  disk.set_free_bytes(3);
  CHECK(*file->write_some(4, as_bytes("5678")) == 3);
  CHECK(file->write_some(7, as_bytes("8")).error().code == Errc::out_of_space);
  CHECK(file->write_some(0, as_bytes("1")));
  REQUIRE(disk.remove("b"));
  CHECK(file->write_some(7, as_bytes("8")));
}

TEST_CASE("a full disk that copies on write refuses to write over what is there", "[disk]") {
  SimulatedDisk disk{{.overwrites_need_space = true}};
  const auto file = lasting(disk, "a", "1234");
  disk.set_free_bytes(2);
  CHECK(*file->write_some(0, as_bytes("5678")) == 2);
  CHECK(*file->write_some(2, as_bytes("78")) == 2);  // the room for the first two was needed for a moment
  disk.set_free_bytes(0);
  CHECK(file->write_some(0, as_bytes("9")).error().code == Errc::out_of_space);
  CHECK(text_of(disk.cached("a")) == "5678");
}

TEST_CASE("rot is in the cache and on the disk", "[disk]") {
  SimulatedDisk disk;
  lasting(disk, "a", "a");
  REQUIRE(disk.flip_bit("a", 0, 1));
  CHECK(text_of(disk.cached("a")) == "c");
  CHECK(text_of(disk.on_disk("a")) == "c");
}

TEST_CASE("a mode of opening makes what it may and refuses the rest", "[disk]") {
  SimulatedDisk disk;
  CHECK(disk.open("a", OpenMode::read).error().code == Errc::not_found);
  CHECK(disk.open("a", OpenMode::write).error().os_errno == ENOENT);
  CHECK(disk.open("x/a", OpenMode::create).error().code == Errc::not_found);
  REQUIRE(disk.open("a", OpenMode::create_new));
  CHECK(disk.open("a", OpenMode::create_new).error().os_errno == EEXIST);
  CHECK(disk.open("./a", OpenMode::read));
  CHECK(disk.remove("b").error().code == Errc::not_found);
  CHECK(disk.rename("b", "c").error().code == Errc::not_found);
}

TEST_CASE("the same seed and calls lose the same, another seed loses otherwise", "[disk]") {
  const auto left = [](std::uint64_t seed) {
    SimulatedDisk disk{{.seed = seed, .loss = Loss::sectors}};
    const auto file = lasting(disk, "a", sectors(std::string(32, 'o')));
    write(*file, 0, sectors(std::string(32, 'n')));
    lose_power(disk);
    return text_of(disk.cached("a")) + std::to_string(disk.trace());
  };
  CHECK(left(1) == left(1));
  CHECK(left(1) != left(2));
}
