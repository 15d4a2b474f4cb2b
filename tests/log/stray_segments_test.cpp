// Files that have a segment's name and are not the log's: no name is believed, and none of them hides an event.
#include <array>
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/seals.hpp>
#include <eventstore/file_log/verify.hpp>
#include <iomanip>
#include <sstream>

#include "../../src/log/bytes/format.hpp"
#include "store_on_disk.hpp"

namespace stray_segments_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr FileLogOptions reading{.mode = FileLogOptions::Mode::read_only};
constexpr FileLogOptions writing{.segment_bytes_max = small_segment};
constexpr std::uint64_t event_count = 80;  // in several small segments

std::string segment_name(std::uint64_t number) {
  std::ostringstream name;
  name << "segments/" << std::hex << std::setw(16) << std::setfill('0') << number << ".log";
  return name.str();
}

// A file is put under a segment's name.
struct Stray {
  std::string_view what;
  void (*put)(const StoreOnDisk& store, const std::string& path);
};

// As a segment is: a header, and zeros.
std::string made_segment(engine::format::SegmentHeader header, std::uint64_t bytes) {
  header.checksum = engine::format::header_checksum(header);
  std::string made(bytes, '\0');
  std::memcpy(made.data(), &header, sizeof header);
  return made;
}

const Stray strays[] = {
    {"nothing", [](const StoreOnDisk&, const std::string& path) { write_text(path, ""); }},
    {"a few bytes", [](const StoreOnDisk&, const std::string& path) { write_text(path, "what is this"); }},
    {"garbage", [](const StoreOnDisk&, const std::string& path) { write_text(path, std::string(9000, '\xa7')); }},
    {"zeros", [](const StoreOnDisk&, const std::string& path) { write_text(path, std::string(9000, '\0')); }},
    {"a copy of the first segment",
     [](const StoreOnDisk& store, const std::string& path) { write_text(path, read_text(store.segment(1))); }},
    {"the beginning of a segment, cut off",
     [](const StoreOnDisk& store, const std::string& path) {
       write_text(path, read_text(store.segment(1)).substr(0, 100));
     }},
    {"a segment of another store",
     [](const StoreOnDisk&, const std::string& path) {
       engine::format::SegmentHeader header;
       header.number = std::stoull(std::filesystem::path{path}.stem().string(), nullptr, 16);
       header.generation = static_cast<std::uint32_t>(header.number);
       header.first_position = 1;
       header.capacity = 5000;
       write_text(path, made_segment(header, 5000));
     }},
    {"a folder", [](const StoreOnDisk&, const std::string& path) { std::filesystem::create_directory(path); }},
    {"a link to nothing",
     [](const StoreOnDisk&, const std::string& path) { std::filesystem::create_symlink("nowhere", path); }},
    {"a link to itself",
     [](const StoreOnDisk&, const std::string& path) { std::filesystem::create_symlink(path, path); }},
    {"a link to the first segment",
     [](const StoreOnDisk& store, const std::string& path) {
       std::filesystem::create_symlink(store.segment(1), path);
     }},
};

Numbers all_positions(std::uint64_t last) {
  Numbers numbers;
  for (std::uint64_t position = 1; position <= last; ++position) numbers.push_back(position);
  return numbers;
}

std::vector<std::string> files_of(const VerifyReport& report) {
  std::vector<std::string> files;
  for (const auto& finding : report.findings) files.push_back(finding.file);
  return files;
}

// A closed log of one segment, or of several.
struct ClosedStore : StoreOnDisk {
  std::uint64_t last_segment = 0;

  explicit ClosedStore(bool has_one_segment) {
    auto options = has_one_segment ? FileLogOptions{} : writing;
    options.durability = Durability::on_close;
    auto log = open(options);
    fill(*log, "delivery-1", 1, event_count);
    REQUIRE(log->close());
    last_segment = segment_count();
    REQUIRE((last_segment == 1) == has_one_segment);
  }
};

}  // namespace

TEST_CASE("a file that only has a segment's name hides no event from readers and writers", "[stray]") {
  const bool has_one_segment = GENERATE(true, false);
  const bool has_head = GENERATE(true, false);
  const bool has_indexes = GENERATE(true, false);
  const auto place = GENERATE(range(std::size_t{0}, std::size_t{6}));
  const auto& stray = strays[GENERATE(range(std::size_t{0}, std::size(strays)))];
  ClosedStore store{has_one_segment};
  const auto next = store.last_segment + 1;
  const auto number = std::array{
      std::uint64_t{0}, next, next + 1, next + 7, std::uint64_t{0xffff'ffff}, std::uint64_t{0x1'0000'0001}}[place];
  CAPTURE(has_one_segment, has_head, has_indexes, number, stray.what);
  if (!has_head) std::filesystem::remove(store.file("head"));
  if (!has_indexes) store.remove_indexes();
  const auto path = store.file(segment_name(number));
  const auto early = store.open(reading);
  stray.put(store, path);

  CHECK(positions_of(*early->read_all()) == all_positions(event_count));
  CHECK(positions_of(*store.open(reading)->read_all()) == all_positions(event_count));
  const auto report = verify(store.files, store.path());
  REQUIRE(report);
  CHECK(report->events == event_count);
  CHECK(files_of(*report) == std::vector{path});

  auto writer = store.open(writing);
  CHECK(writer->recovery().bytes_discarded == 0);
  CHECK(append(*writer, {event("delivery-2", 1)}));
  CHECK(positions_of(*store.open(reading)->read_all()) == all_positions(event_count + 1));
  if (stray.what == "nothing")  // one is enough: without `head` the reader waits for it
    CHECK(*early->wait_past(Position{event_count}, {}, std::chrono::seconds{20}) == Position{event_count + 1});
  REQUIRE(writer->close());
  CHECK(positions_of(*store.open(reading)->read_all()) == all_positions(event_count + 1));
}

TEST_CASE("a last segment whose header is damaged is never passed over as a stray", "[stray]") {
  const bool has_head = GENERATE(true, false);
  const bool has_indexes = GENERATE(true, false);
  const auto damage = GENERATE(range(0, 4));
  ClosedStore store{false};
  CAPTURE(has_head, has_indexes, damage);
  if (!has_head) std::filesystem::remove(store.file("head"));
  if (!has_indexes) store.remove_indexes();
  const auto path = store.file(segment_name(store.last_segment));
  const auto size = std::filesystem::file_size(path);
  switch (damage) {
    case 0: flip_byte(path, 20); break;
    case 1: write_text(path, ""); break;
    case 2: write_text(path, std::string(size, '\0')); break;
    default: write_text(path, std::string(200, '\0') + read_text(path).substr(200)); break;
  }
  for (const auto& options : {reading, writing}) {
    const auto refusal = store.refusal(options);
    CHECK(refusal.code == Errc::corrupt_record);
    CHECK(refusal.where == path);
  }
  const auto report = verify(store.files, store.path());
  REQUIRE(report);
  REQUIRE_FALSE(report->findings.empty());
  CHECK(report->findings.front().file == path);
  CHECK_THAT(report->findings.front().advice, Catch::Contains("restore the file from a backup"));
}

TEST_CASE("a writer puts no segment in the place of a stray, and goes on when it was moved away", "[stray]") {
  const auto& stray = strays[GENERATE(range(std::size_t{0}, std::size(strays)))];
  CAPTURE(stray.what);
  ClosedStore store{false};
  auto writer = store.open(writing);
  const auto path = store.file(segment_name(store.last_segment + 1));
  stray.put(store, path);
  auto last = event_count;
  std::optional<Error> refusal;
  for (int i = 0; i < 30 && !refusal; ++i) {
    const auto appended = append(*writer, {event("delivery-2", last + 1)});
    if (appended)
      ++last;
    else
      refusal = appended.error();
  }
  if (stray.what == "a link to nothing") {  // nothing is lost with it
    CHECK_FALSE(refusal);
    return;
  }
  REQUIRE(refusal);
  CHECK(refusal->code == Errc::io_failed);
  CHECK(refusal->message() == "io_failed: begin a segment [" + path +
                                  "]: a file that this log did not make has the name of the next segment: move it to "
                                  "another directory");
  CHECK(positions_of(*store.open(reading)->read_all()) == all_positions(last));
  std::filesystem::rename(path, store.file("moved away"));
  CHECK(append(*writer, {event("delivery-2", last + 1)}));
  CHECK(positions_of(*store.open(reading)->read_all()) == all_positions(last + 1));
  REQUIRE(writer->close());
  const auto report = verify(store.files, store.path());
  REQUIRE(report);
  CHECK(files_of(*report).empty());
  CHECK(report->events == last + 1);
}

TEST_CASE("backups and seals pass over a stray segment", "[stray]") {
  ClosedStore store{GENERATE(true, false)};
  if (GENERATE(true, false)) std::filesystem::remove(store.file("head"));
  write_text(store.file(segment_name(store.last_segment + 1)), "what is this");
  write_text(store.file(segment_name(store.last_segment + 7)), "");
  const auto seals = make_missing_seals(store.files, store.path());
  REQUIRE(seals);
  CHECK(seals->head.segment == store.last_segment - 1);
  TemporaryDirectory elsewhere;
  const auto backed_up = backup(store.files, store.path(), store.files, elsewhere.file("backup"), store.clock);
  REQUIRE(backed_up);
  CHECK(backed_up->state.last == Position{event_count});
}

TEST_CASE("verify names the files that only look like segments, and no other file", "[stray]") {
  ClosedStore store{true};
  std::filesystem::create_directories(store.file("archive"));
  for (const auto* const name : {"notes.txt", "0000000000000002.log.copy"})
    write_text(store.file("segments/") + name, "");
  CHECK(verify(store.files, store.path())->findings.empty());
  const std::vector<std::string> names{"archive/0000000000000002.log.zst", "segments/000000000000000A.log",
                                       "segments/2.log", "archive/one.log.zst"};
  for (const auto& name : names) write_text(store.file(name), "what is this");
  const auto report = verify(store.files, store.path());
  REQUIRE(report);
  CHECK(files_of(*report) ==
        std::vector{store.file(names[0]), store.file(names[1]), store.file(names[2]), store.file(names[3])});
  CHECK(report->findings[0].what == "the file is no segment of this log, and is passed over: not an archived segment");
  CHECK(report->findings[1].what == "the file is no segment of this log, and is passed over: no segment has this name");
  CHECK(positions_of(*store.open(reading)->read_all()) == all_positions(event_count));
  CHECK(positions_of(*store.open(writing)->read_all()) == all_positions(event_count));
}

TEST_CASE("segments that are missing before one that is there are damage, and hide no event", "[stray]") {
  const bool has_head = GENERATE(true, false);
  const bool has_indexes = GENERATE(true, false);
  ClosedStore store{false};
  REQUIRE(store.last_segment >= 4);
  if (!has_head) std::filesystem::remove(store.file("head"));
  if (!has_indexes) store.remove_indexes();
  std::filesystem::remove(store.segment(2));
  std::filesystem::remove(store.segment(3));
  const auto report = verify(store.files, store.path());
  REQUIRE(report);
  CHECK(files_of(*report) == std::vector{store.segment(2), store.segment(3)});
  const auto log = store.open(reading);
  CHECK(*log->head() == Position{event_count});
  const auto before = log->read_all();
  REQUIRE(before);
  CHECK(positions_of(*before) == all_positions(before->events.size()));
  CHECK(before->events.size() < event_count);
  CHECK(code_of(log->read_all({.from = Position{before->events.size() + 1}})) == Errc::corrupt_record);
}

TEST_CASE("a segment of an earlier life of the store hides no event in silence", "[stray]") {
  const bool has_head = GENERATE(true, false);
  const bool has_indexes = GENERATE(true, false);
  const bool has_one_segment = GENERATE(true, false);
  const auto events_before = GENERATE(std::uint64_t{0}, std::uint64_t{10}, event_count - 1, event_count + 9);
  ClosedStore store{has_one_segment};
  CAPTURE(has_head, has_indexes, has_one_segment, events_before);
  if (!has_head) std::filesystem::remove(store.file("head"));
  if (!has_indexes) store.remove_indexes();
  auto header = engine::format::load<engine::format::SegmentHeader>(as_bytes(read_text(store.segment(1))).data());
  header.number = store.last_segment + 1;
  header.generation = static_cast<std::uint32_t>(header.number);
  header.first_position = events_before + 1;
  header.previous_checksum = 4711;
  const auto path = store.file(segment_name(header.number));
  write_text(path, made_segment(header, sizeof header));
  const auto opened = store.try_open(reading);
  const auto page = opened ? (*opened)->read_all() : Result<Page>{failure(opened.error())};
  if (page) CHECK(positions_of(*page) == all_positions(event_count));
  if (!page) CHECK(page.error().code == Errc::corrupt_record);
  const auto report = verify(store.files, store.path());
  REQUIRE(report);
  // Behind the published end there may be what no writer has acknowledged.
  CHECK(report->findings.empty() == (has_head && events_before > event_count));
}

}  // namespace stray_segments_test
