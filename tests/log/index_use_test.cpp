// Index files in use: reads that go by them, and what becomes of them when they are damaged, foreign or deleted.
#include <map>
#include <thread>

#include "hooked_file_system.hpp"
#include "store_on_disk.hpp"

namespace index_use_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

using Mode = FileLogOptions::Mode;

constexpr FileLogOptions small{
    .durability = Durability::on_close, .segment_bytes_max = small_segment, .background_work = false};

// Events of two categories, three types and, by stream, two organizations, over many segments. The last types are rare.
void fill_mixed(EventLog& log, std::uint64_t first_id, std::uint64_t count) {
  for (std::uint64_t id = first_id; id < first_id + count; ++id) {
    const auto number = id % 5;
    const auto name = (id % 3 == 0 ? "parcel-" : "delivery-") + std::to_string(number);
    const std::string data(id % 40, 'x');
    auto made = event(name, id, data);
    made.type = id % 31 == 0 ? "Rare" : id % 2 == 0 ? "Even" : "Odd";
    made.organization = number < 2 ? "org-1" : "org-2";
    if (const auto appended = append(log, {made}); !appended) FAIL(appended.error().message());
  }
}

// What a filter gives, by going through everything.
Numbers expected_positions(const EventLog& log, const Filter& filter) {
  Numbers positions;
  Visited visited{0, false};
  while (!visited.at_end) {
    const auto next =
        log.visit_all({.from = Position{visited.next}, .limit = no_limit}, [&](const RecordedEvent& event) {
          if (filter.admits(event)) positions.push_back(event.position.value);
          return true;
        });
    if (!next) FAIL(next.error().message());
    visited = *next;
  }
  return positions;
}

// What visits with a limit give one after another, each beginning where the last one ended.
Numbers visit_in_steps(const EventLog& log, ReadAll options, std::uint64_t stop_after) {
  Numbers positions;
  for (;;) {
    std::uint64_t seen = 0;
    const auto visited = log.visit_all(options, [&](const RecordedEvent& event) {
      positions.push_back(event.position.value);
      return ++seen < stop_after;
    });
    if (!visited) FAIL(visited.error().message());
    if (visited->at_end) return positions;
    options.from = Position{visited->next};
  }
}

// Name and content of the index files of finished segments. Those of the last one are made when a log is closed.
std::map<std::string, std::string> index_files(const StoreOnDisk& store) {
  std::map<std::string, std::string> files;
  std::string last;
  for (const auto& entry : std::filesystem::directory_iterator{store.file("segments")})
    if (entry.path().extension() == ".log") last = std::max(last, entry.path().stem().string());
  for (const auto* const folder : {"segments", "tables"})
    for (const auto& entry : std::filesystem::directory_iterator{store.file(folder)})
      if ((entry.path().extension() == ".idx" || entry.path().extension() == ".tbl") &&
          !entry.path().stem().string().ends_with(last))
        files[entry.path().filename().string()] = read_text(entry.path().string());
  return files;
}

void check_reads(const EventLog& log, std::uint64_t count) {
  CHECK(*log.head() == Position{count});
  const auto all = visit_in_steps(log, {.limit = no_limit}, no_limit);
  REQUIRE(all.size() == count);
  CHECK(std::is_sorted(all.begin(), all.end()));
  for (std::uint64_t id = 1; id <= count; id += 7) {
    const auto name = (id % 3 == 0 ? "parcel-" : "delivery-") + std::to_string(id % 5);
    const auto found = log.find(stream_named(name), id_of(id));
    REQUIRE(found);
    CHECK(found->events[0].position == Position{id});
  }
  const Filter rare{.type = "Rare"};
  CHECK(visit_in_steps(log, {.limit = no_limit, .filter = rare}, no_limit) == expected_positions(log, rare));
}

}  // namespace

TEST_CASE("a filter gives over bitmaps what it gives one by one, in both directions and with any limit") {
  StoreOnDisk store;
  auto log = store.open(small);
  fill_mixed(*log, 1, 400);
  for (const auto& filter :
       {Filter{.type = "Rare"}, Filter{.type = "Even"}, Filter{.category = "parcel"}, Filter{.organization = "org-2"},
        Filter{.category = "delivery", .type = "Odd", .organization = "org-1"}, Filter{.type = "Unknown"}}) {
    CAPTURE(filter.category, filter.type, filter.organization);
    const auto forward = expected_positions(*log, filter);
    const Numbers backward{forward.rbegin(), forward.rend()};
    for (const std::size_t limit : {std::size_t{1}, std::size_t{3}, std::size_t{16}, std::size_t{17}, no_limit}) {
      CAPTURE(limit);
      CHECK(visit_in_steps(*log, {.limit = limit, .filter = filter}, no_limit) == forward);
      CHECK(visit_in_steps(*log, {.direction = Direction::backward, .limit = limit, .filter = filter}, no_limit) ==
            backward);
    }
  }
}

TEST_CASE("a filtered visit begins at any position, in both directions") {
  StoreOnDisk store;
  auto log = store.open(small);
  fill_mixed(*log, 1, 200);
  const Filter filter{.category = "parcel"};
  const auto all = expected_positions(*log, filter);
  for (std::uint64_t from = 1; from <= 201; ++from) {
    CAPTURE(from);
    const auto split = std::lower_bound(all.begin(), all.end(), from);
    CHECK(visit_in_steps(*log, {.from = Position{from}, .limit = no_limit, .filter = filter}, no_limit) ==
          Numbers{split, all.end()});
    Numbers backward{all.begin(), std::upper_bound(all.begin(), all.end(), from)};
    std::reverse(backward.begin(), backward.end());
    CHECK(visit_in_steps(
              *log, {.from = Position{from}, .direction = Direction::backward, .limit = no_limit, .filter = filter},
              no_limit) == backward);
  }
}

TEST_CASE("a visit that was stopped goes on with the next event") {
  StoreOnDisk store;
  auto log = store.open(small);
  fill_mixed(*log, 1, 150);
  for (const auto& filter : {Filter{}, Filter{.type = "Odd"}})
    for (const auto stop_after : Numbers{1, 2, 15, 16, 17, 50}) {
      CAPTURE(filter.type, stop_after);
      const auto all = expected_positions(*log, filter);
      CHECK(visit_in_steps(*log, {.limit = no_limit, .filter = filter}, stop_after) == all);
      CHECK(visit_in_steps(*log, {.direction = Direction::backward, .limit = no_limit, .filter = filter}, stop_after) ==
            Numbers{all.rbegin(), all.rend()});
    }
}

TEST_CASE("a visit of a stream that was stopped goes on with the next event, across segments") {
  StoreOnDisk store;
  auto log = store.open(small);
  fill(*log, "delivery-1", 1, 100);
  for (const auto direction : {Direction::forward, Direction::backward})
    for (const auto stop_after : Numbers{1, 16, 33}) {
      Numbers versions;
      ReadStream options{.direction = direction, .limit = no_limit};
      for (bool at_end = false; !at_end;) {
        std::uint64_t seen = 0;
        const auto visited = log->visit_stream(stream_named("delivery-1"), options, [&](const RecordedEvent& event) {
          versions.push_back(event.version.value);
          return ++seen < stop_after;
        });
        REQUIRE(visited);
        at_end = visited->at_end;
        options.from = Version{visited->next};
      }
      if (direction == Direction::backward) std::reverse(versions.begin(), versions.end());
      REQUIRE(versions.size() == 100);
      CHECK(std::is_sorted(versions.begin(), versions.end()));
      CHECK(versions.front() == 1);
      CHECK(versions.back() == 100);
    }
}

TEST_CASE("a filter with a limit of nothing gives nothing and stays where it is") {
  StoreOnDisk store;
  auto log = store.open(small);
  fill_mixed(*log, 1, 100);
  const auto visited = log->visit_all({.from = Position{5}, .limit = 0, .filter = {.type = "Odd"}},
                                      [](const RecordedEvent&) -> bool { throw std::logic_error{"not asked for"}; });
  REQUIRE(visited);
  CHECK(visited->next == 5);
  CHECK_FALSE(visited->at_end);
}

TEST_CASE("index files that are deleted come back byte for byte") {
  StoreOnDisk store;
  {
    auto log = store.open(small);
    fill_mixed(*log, 1, 100);
  }
  const auto before = index_files(store);
  const auto is_background = GENERATE(false, true);
  auto options = small;
  options.background_work = is_background;
  REQUIRE(before.size() > 4);
  for (const auto& [name, bytes] : before)
    std::filesystem::remove(store.file((name.ends_with(".idx") ? "segments/" : "tables/") + name));
  {
    auto log = store.open(options);
    REQUIRE(log->settle());
    const auto progress = log->index_progress();
    CHECK(progress.segments_all > 1);
    CHECK(progress.segments_done == progress.segments_all);
    check_reads(*log, 100);
  }
  CHECK(index_files(store) == before);
}

TEST_CASE("an index file with any byte changed does no harm to reads and appends") {
  StoreOnDisk store;
  {
    auto log = store.open(small);
    fill_mixed(*log, 1, 60);
  }
  const auto before = index_files(store);
  for (const auto& [name, bytes] : before)
    for (std::size_t offset = 0; offset < bytes.size(); offset += 97) {
      CAPTURE(name, offset);
      flip_byte(store.file((name.ends_with(".idx") ? "segments/" : "tables/") + name), offset);
      {
        auto log = store.open({.mode = Mode::read_only});
        check_reads(*log, 60);
      }
      auto log = store.open(small);
      REQUIRE(log->settle());
      fill_mixed(*log, 1, 60);  // retries: they go by the index, too
      check_reads(*log, 60);
      log.reset();
      write_text(store.file((name.ends_with(".idx") ? "segments/" : "tables/") + name), bytes);
    }
}

TEST_CASE("a table that turns out to be damaged when it is to be merged is made anew, and merged") {
  StoreOnDisk store;
  {
    auto log = store.open(small);
    fill_mixed(*log, 1, 60);
  }
  const auto table = store.file("tables/0000000000000002-0000000000000002.tbl");
  flip_byte(table, read_text(table).size() / 2);
  auto log = store.open(small);
  fill_mixed(*log, 61, 40);
  CHECK(log->settle());
  CHECK_FALSE(std::filesystem::exists(table));
  CHECK(std::filesystem::exists(store.file("tables/0000000000000001-0000000000000004.tbl")));
  check_reads(*log, 100);
}

TEST_CASE("an index file that is cut is made again at the next opening") {
  StoreOnDisk store;
  {
    auto log = store.open(small);
    fill_mixed(*log, 1, 60);
  }
  const auto before = index_files(store);
  for (const auto& [name, bytes] : before) {
    CAPTURE(name);
    const auto path = store.file((name.ends_with(".idx") ? "segments/" : "tables/") + name);
    write_text(path, bytes.substr(0, bytes.size() / 2));
    auto log = store.open(small);
    REQUIRE(log->settle());
    check_reads(*log, 60);
    CHECK(read_text(path) == bytes);
  }
}

TEST_CASE("the index files of another store are not used, and are replaced") {
  StoreOnDisk store;
  StoreOnDisk other;
  fill_mixed(*store.open(small), 1, 100);
  fill_mixed(*other.open(small), 1001, 100);
  const auto before = index_files(store);
  for (const auto& [name, bytes] : index_files(other))
    write_text(store.file((name.ends_with(".idx") ? "segments/" : "tables/") + name), bytes);
  {
    const auto log = store.open({.mode = Mode::read_only});
    check_reads(*log, 100);
  }
  {
    auto log = store.open(small);
    REQUIRE(log->settle());
    check_reads(*log, 100);
  }
  CHECK(index_files(store) == before);
}

TEST_CASE("the catalog of another store is not used, and is replaced") {
  StoreOnDisk store;
  StoreOnDisk other;
  fill_mixed(*store.open(small), 1, 100);
  fill_mixed(*other.open(small), 1001, 150);
  const auto before = read_text(store.file("catalog"));
  write_text(store.file("catalog"), read_text(other.file("catalog")));
  {
    const auto log = store.open({.mode = Mode::read_only});
    check_reads(*log, 100);
  }
  auto log = store.open(small);
  check_reads(*log, 100);
  fill_mixed(*log, 101, 100);
  check_reads(*log, 200);
  log.reset();
  CHECK(read_text(store.file("catalog")).substr(0, 8) == before.substr(0, 8));
  check_reads(*store.open(small), 200);
}

TEST_CASE("a segment without index files and with a damaged header is told to be damaged, and the others are read") {
  StoreOnDisk store;
  {
    auto log = store.open(small);
    fill_mixed(*log, 1, 100);
  }
  store.remove_indexes();
  flip_byte(store.segment(2), 92);
  auto options = small;
  options.background_work = false;
  options.mode = GENERATE(StoreOnDisk::Mode::read_only, StoreOnDisk::Mode::read_write);
  const auto log = store.open(options);
  std::size_t given = 0;
  std::size_t failed = 0;
  for (std::uint64_t position = 1; position <= 100; ++position) {
    const auto page = log->read_all({.from = Position{position}, .limit = 1});
    if (page && !page->events.empty()) CHECK(page->events.front().position == Position{position});
    if (!page) CHECK(page.error().code == Errc::corrupt_record);
    ++(page ? given : failed);
  }
  CHECK(failed > 0);
  CHECK(given > failed);
}

TEST_CASE("where an index file cannot be written, all is read as before, and the file comes at the next opening") {
  StoreOnDisk store;
  HookedFileSystem files{store.files};
  const auto refused = GENERATE(std::string{".idx"}, std::string{".tbl"}, std::string{"catalog"});
  std::atomic<bool> refuses{false};
  files.before_open_to_write = [&](const std::string& path) -> Result<void> {
    if (refuses && path.find(refused) != std::string::npos) return failing_call(path);
    return {};
  };
  auto options = small;
  options.background_work = GENERATE(false, true);
  {
    auto opened = FileLog::open(files, store.clock, store.path(), options);
    REQUIRE(opened);
    auto& log = **opened;
    fill_mixed(log, 1, 100);
    REQUIRE(log.settle());
    refuses = true;
    fill_mixed(log, 101, 60);
    CHECK(code_of(log.settle()) == Errc::io_failed);
    refuses = false;
    check_reads(log, 160);
    fill_mixed(log, 161, 140);
    (void)log.settle();
    check_reads(log, 300);
  }
  auto log = store.open(small);
  REQUIRE(log->settle());
  check_reads(*log, 300);
}

}  // namespace index_use_test
