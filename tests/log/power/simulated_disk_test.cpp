// What the simulated disk promises to lose, and what it promises to keep.
#include <eventstore/testing/simulated_disk.hpp>

#include <bit>
#include <cerrno>
#include <cstring>
#include <set>

using namespace eventstore;

namespace {

constexpr std::size_t sector = 512;

std::string text_of(const Result<Bytes>& bytes) { return bytes ? std::string{as_text(*bytes)} : "(no file)"; }

std::unique_ptr<File> made(FileSystem& disk, const std::string& path) {
  auto file = disk.open(path, OpenMode::create);
  REQUIRE(file);
  return std::move(*file);
}

void write(File& file, std::uint64_t offset, std::string_view text) {
  REQUIRE(write_all(file, offset, as_bytes(text)));
}

// A file whose content and name are on the disk.
std::unique_ptr<File> lasting(FileSystem& disk, const std::string& path, std::string_view text) {
  auto file = made(disk, path);
  write(*file, 0, text);
  REQUIRE(file->sync_data());
  REQUIRE(disk.sync_directory("."));
  return file;
}

void lose_power(SimulatedDisk& disk) {
  disk.cut_power();
  disk.restart();
}

// What `path` holds after a cut, for many seeds: `prepare` has done something to the disk first.
template <class Prepare>
std::set<std::string> contents_after_cuts(Loss loss, const std::string& path, Prepare prepare) {
  std::set<std::string> contents;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SimulatedDisk disk{{.seed = seed, .loss = loss, .file_bytes_max = 65536}};
    prepare(disk);
    lose_power(disk);
    contents.insert(text_of(disk.cached(path)));
  }
  return contents;
}

std::string sectors(std::string_view letters) {
  std::string text;
  for (const char letter : letters) text += std::string(sector, letter);
  return text;
}

}  // namespace

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
