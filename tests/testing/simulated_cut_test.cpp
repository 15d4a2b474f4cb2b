// What the simulated disk promises to lose, and what it promises to keep.
#include <cerrno>

#include "lasting_files.hpp"

using namespace eventstore;
using namespace eventstore::test;

TEST_CASE("what was synced, with its name, survives every cut", "[disk]") {
  const auto loss = GENERATE(Loss::nothing, Loss::everything, Loss::sectors, Loss::writes, Loss::tail);
  const auto contents = contents_after_cuts(loss, "a", [](SimulatedDisk& disk) { lasting(disk, "a", "kept"); });
  CHECK(contents == std::set<std::string>{"kept"});
}

TEST_CASE("an unsynced write is in the cache and not on the disk", "[disk]") {
  SimulatedDisk disk;
  const auto file = lasting(disk, "a", "old");
  write(*file, 0, "new");
  CHECK(text_of(disk.cached("a")) == "new");
  CHECK(text_of(disk.on_disk("a")) == "old");
  REQUIRE(file->sync_data());
  CHECK(text_of(disk.on_disk("a")) == "new");
}

TEST_CASE("an unsynced write is lost or kept by the seed", "[disk]") {
  const auto prepare = [](SimulatedDisk& disk) { write(*lasting(disk, "a", "old"), 0, "new"); };
  CHECK(contents_after_cuts(Loss::everything, "a", prepare) == std::set<std::string>{"old"});
  CHECK(contents_after_cuts(Loss::nothing, "a", prepare) == std::set<std::string>{"new"});
  CHECK(contents_after_cuts(Loss::sectors, "a", prepare) == std::set<std::string>{"old", "new"});
  CHECK(contents_after_cuts(Loss::writes, "a", prepare) == std::set<std::string>{"old", "new"});
  CHECK(contents_after_cuts(Loss::tail, "a", prepare) == std::set<std::string>{"old", "new"});
}

TEST_CASE("a write is torn between sectors and never within one", "[disk]") {
  const auto prepare = [](SimulatedDisk& disk) { write(*lasting(disk, "a", sectors("oo")), 0, sectors("nn")); };
  const std::set<std::string> torn{sectors("oo"), sectors("on"), sectors("no"), sectors("nn")};
  CHECK(contents_after_cuts(Loss::sectors, "a", prepare) == torn);
  CHECK(contents_after_cuts(Loss::writes, "a", prepare) == std::set<std::string>{sectors("oo"), sectors("nn")});
}

TEST_CASE("a sector may be as it was after any of several writes", "[disk]") {
  const auto prepare = [](SimulatedDisk& disk) {
    const auto file = lasting(disk, "a", "1");
    write(*file, 0, "2");
    write(*file, 0, "3");
  };
  CHECK(contents_after_cuts(Loss::sectors, "a", prepare) == std::set<std::string>{"1", "2", "3"});
}

TEST_CASE("a later write may be on the disk without an earlier one", "[disk]") {
  const auto prepare = [](SimulatedDisk& disk) {
    const auto file = lasting(disk, "a", sectors("oo"));
    write(*file, 0, sectors("1"));
    write(*file, sector, sectors("2"));
  };
  CHECK(contents_after_cuts(Loss::writes, "a", prepare).contains(sectors("o2")));
  CHECK(contents_after_cuts(Loss::sectors, "a", prepare).contains(sectors("o2")));
  CHECK_FALSE(contents_after_cuts(Loss::tail, "a", prepare).contains(sectors("o2")));
}

TEST_CASE("with the tail lost, writes to all files keep their order", "[disk]") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SimulatedDisk disk{{.seed = seed, .loss = Loss::tail, .file_bytes_max = 65536}};
    const auto first = lasting(disk, "a", "old");
    const auto second = lasting(disk, "b", "old");
    write(*first, 0, "new");
    write(*second, 0, "new");
    lose_power(disk);
    CHECK_FALSE((text_of(disk.cached("a")) == "old" && text_of(disk.cached("b")) == "new"));
  }
}

TEST_CASE("a file may have grown without its bytes, and then has zeros", "[disk]") {
  const auto prepare = [](SimulatedDisk& disk) { write(*lasting(disk, "a", "x"), 0, sectors("nn")); };
  const auto contents = contents_after_cuts(Loss::sectors, "a", prepare);
  const std::string zeros(sector, '\0');
  CHECK(contents.contains("x"));
  CHECK(contents.contains(sectors("n")));
  CHECK(contents.contains(sectors("n") + zeros));
  CHECK(contents.contains(sectors("nn")));
}

TEST_CASE("after a failed sync the cache looks clean and later syncs write nothing of it", "[disk]") {
  bool was_absent = false;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SimulatedDisk disk{{.seed = seed, .loss = Loss::nothing}};
    const auto file = lasting(disk, "a", sectors("o"));
    write(*file, 0, sectors("n"));
    disk.fail(FileCall::sync, 1, EIO);
    const auto failed = file->sync_data();
    REQUIRE_FALSE(failed);
    CHECK(failed.error().os_errno == EIO);
    CHECK(text_of(disk.cached("a")) == sectors("n"));
    REQUIRE(file->sync_data());
    lose_power(disk);
    was_absent = was_absent || text_of(disk.cached("a")) == sectors("o");
  }
  CHECK(was_absent);
}

TEST_CASE("what is written again after a failed sync is synced again", "[disk]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SimulatedDisk disk{{.seed = seed}};
    const auto file = lasting(disk, "a", "old");
    write(*file, 0, "new");
    disk.fail(FileCall::sync, 1, ENOSPC);
    REQUIRE_FALSE(file->sync_data());
    write(*file, 0, "new");
    REQUIRE(file->sync_data());
    lose_power(disk);
    CHECK(text_of(disk.cached("a")) == "new");
  }
}

TEST_CASE("a sync that a signal interrupts has done nothing and can be done again", "[disk]") {
  SimulatedDisk disk{{.loss = Loss::everything}};
  const auto file = lasting(disk, "a", "old");
  write(*file, 0, "new");
  disk.fail(FileCall::sync, 1, EINTR);
  REQUIRE_FALSE(file->sync_data());
  CHECK(text_of(disk.on_disk("a")) == "old");
  REQUIRE(file->sync_data());
  lose_power(disk);
  CHECK(text_of(disk.cached("a")) == "new");
}

TEST_CASE("dropping the caches shows what a failed sync did not write", "[disk]") {
  bool was_absent = false;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SimulatedDisk disk{{.seed = seed}};
    const auto file = lasting(disk, "a", "old");
    write(*file, 0, "new");
    disk.fail(FileCall::sync, 1, EIO);
    REQUIRE_FALSE(file->sync_data());
    disk.drop_caches();
    was_absent = was_absent || text_of(disk.cached("a")) == "old";
    CHECK(text_of(disk.cached("a")) == text_of(disk.on_disk("a")));
    write(*file, 0, "dirty");
    disk.drop_caches();
    CHECK(text_of(disk.cached("a")) == "dirty");
  }
  CHECK(was_absent);
}

TEST_CASE("a synced file whose name was not synced may be gone", "[disk]") {
  const auto prepare = [](SimulatedDisk& disk) {
    const auto file = made(disk, "a");
    write(*file, 0, "text");
    REQUIRE(file->sync_data());
  };
  CHECK(contents_after_cuts(Loss::sectors, "a", prepare) == std::set<std::string>{"text", "(no file)"});
}

TEST_CASE("a name that was synced does not make its file synced", "[disk]") {
  const auto prepare = [](SimulatedDisk& disk) {
    write(*made(disk, "a"), 0, "text");
    REQUIRE(disk.sync_directory("."));
  };
  CHECK(contents_after_cuts(Loss::everything, "a", prepare) == std::set<std::string>{""});
}

TEST_CASE("a rename has happened or has not, and has once the directory is synced", "[disk]") {
  bool had_happened = false;
  bool was_undone = false;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const bool is_synced = seed % 2 == 0;
    SimulatedDisk disk{{.seed = seed, .file_bytes_max = 65536}};
    lasting(disk, "a", "new");
    lasting(disk, "b", "old");
    REQUIRE(disk.rename("a", "b"));
    CHECK(text_of(disk.cached("b")) == "new");
    CHECK(text_of(disk.cached("a")) == "(no file)");
    if (is_synced) REQUIRE(disk.sync_directory("."));
    lose_power(disk);
    const std::pair now{text_of(disk.cached("a")), text_of(disk.cached("b"))};
    const std::pair<std::string, std::string> before{"new", "old"};
    const std::pair<std::string, std::string> after{"(no file)", "new"};
    CHECK((now == after || (now == before && !is_synced)));
    had_happened = had_happened || (now == after && !is_synced);
    was_undone = was_undone || now == before;
  }
  CHECK(had_happened);
  CHECK(was_undone);
}

TEST_CASE("a removed file may be back until its directory is synced", "[disk]") {
  const auto prepare = [](SimulatedDisk& disk) {
    lasting(disk, "a", "text");
    REQUIRE(disk.remove("a"));
    CHECK(text_of(disk.cached("a")) == "(no file)");
  };
  CHECK(contents_after_cuts(Loss::sectors, "a", prepare) == std::set<std::string>{"text", "(no file)"});
  const auto synced = [&](SimulatedDisk& disk) {
    prepare(disk);
    REQUIRE(disk.sync_directory("."));
  };
  CHECK(contents_after_cuts(Loss::sectors, "a", synced) == std::set<std::string>{"(no file)"});
}

TEST_CASE("names may be lost out of order, unless the tail alone is lost", "[disk]") {
  bool later_alone = false;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const auto loss = seed % 2 == 0 ? Loss::sectors : Loss::tail;
    SimulatedDisk disk{{.seed = seed, .loss = loss, .file_bytes_max = 65536}};
    made(disk, "a");
    made(disk, "b");
    lose_power(disk);
    const bool is_later_alone = !disk.cached("a") && disk.cached("b");
    if (loss == Loss::tail) CHECK_FALSE(is_later_alone);
    later_alone = later_alone || is_later_alone;
  }
  CHECK(later_alone);
}

TEST_CASE("a directory that fails to sync keeps its changes for the next sync", "[disk]") {
  SimulatedDisk disk{{.loss = Loss::everything}};
  const auto file = made(disk, "a");
  disk.fail(FileCall::sync_directory, 1, EIO);
  REQUIRE_FALSE(disk.sync_directory("."));
  CHECK_FALSE(disk.on_disk("a"));
  REQUIRE(disk.sync_directory("."));
  lose_power(disk);
  CHECK(disk.cached("a"));
}

TEST_CASE("directories that were made are on the disk, with what leads to them", "[disk]") {
  SimulatedDisk disk{{.loss = Loss::everything}};
  REQUIRE(disk.make_directories("x/y/z"));
  lose_power(disk);
  REQUIRE(disk.list("x/y"));
  CHECK(*disk.list("x/y") == std::vector<std::string>{"z"});
  CHECK(disk.list("x/w").error().code == Errc::not_found);
}
