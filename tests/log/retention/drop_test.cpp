// What is left of a log whose oldest segments were dropped.
#include <thread>

#include "retention_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

// The same of a log that was opened before, opened again, opened without its index files, and read elsewhere.
enum class How { same, reopened, without_indexes, without_catalog, reader };

std::unique_ptr<FileLog> reopened(RetentionCase& at, std::unique_ptr<FileLog> log, How how) {
  if (how == How::same) return log;
  log.reset();
  if (how == How::without_indexes) at.store.remove_indexes();
  if (how == How::without_catalog) std::filesystem::remove(at.store.file("catalog"));
  return how == How::reader ? at.open_reader() : at.open();
}

#define EVERY_WAY GENERATE(How::same, How::reopened, How::without_indexes, How::without_catalog, How::reader)

}  // namespace

TEST_CASE("only finished segments all of whose events are older are dropped", "[retention]") {
  RetentionCase at;
  const auto log = at.open();
  const auto all = seen_from(*log, {});
  CHECK(log->expired().value() == Position{0});
  const auto nothing = value_of(log->retain(RetentionCase::drop_before(1)));
  CHECK(nothing.segments == 0);
  CHECK(nothing.expired == Position{0});
  const auto report = value_of(log->retain(RetentionCase::drop_before(60)));
  REQUIRE(report.segments > 1);
  CHECK(report.first == Position{1});
  CHECK(report.last < Position{60});
  CHECK(report.expired == report.last);
  CHECK(report.first_recorded_at == RetentionCase::time_of(1));
  CHECK(report.last_recorded_at == RetentionCase::time_of(report.last.value));
  CHECK(report.bytes > 0);
  CHECK(log->expired().value() == report.last);
  CHECK(seen_from(*log, report.last.next()) == after(all, report.last.value));
  // The next segment has an event that is not older, or it would have been dropped too.
  const auto next = value_of(log->retain(RetentionCase::drop_before(60)));
  CHECK(next.segments == 0);
  CHECK(next.expired == report.expired);
}

TEST_CASE("an event recorded at the very time keeps its segment", "[retention]") {
  RetentionCase at;
  const auto log = at.open();
  const auto planned = value_of(
      log->retain({.action = RetentionPolicy::Action::drop, .before = RetentionCase::time_of(60), .dry_run = true}));
  const auto last = planned.last.value;
  CHECK(value_of(log->retain(RetentionCase::drop_before(last))).last < planned.last);
  CHECK(value_of(log->retain(RetentionCase::drop_before(last + 1))).last == planned.last);
}

TEST_CASE("the segment that is written to stays, however old", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto all = seen_from(*log, {});
  const auto report = value_of(log->retain(RetentionCase::drop_before(1000)));
  CHECK(report.last < Position{120});
  CHECK(seen_from(*log, report.last.next()) == after(all, report.last.value));
  log = reopened(at, std::move(log), EVERY_WAY);
  CHECK(*log->head() == Position{120});
  CHECK(seen_from(*log, report.last.next()) == after(all, report.last.value));
}

TEST_CASE("a dry run tells what would be dropped and changes nothing", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto all = seen_from(*log, {});
  auto policy = RetentionCase::drop_before(60);
  policy.dry_run = true;
  const auto planned = value_of(log->retain(policy));
  CHECK(planned.dry_run);
  CHECK(planned.expired == Position{0});
  CHECK(seen_from(*log, {}) == all);
  CHECK_FALSE(at.has("expired"));
  const auto done = value_of(log->retain(RetentionCase::drop_before(60)));
  CHECK(done.segments == planned.segments);
  CHECK(done.last == planned.last);
  CHECK(done.bytes == planned.bytes);
}

TEST_CASE("reading what was dropped is expired, in one sentence that says where to begin", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto expired = value_of(log->retain(RetentionCase::drop_before(60))).expired;
  const auto version = log->read_all({.from = expired.next(), .limit = 1000})->events;
  std::uint64_t first_there = 0;
  for (const auto& each : version)
    if (each.stream == "delivery-1" && first_there == 0) first_there = each.version.value;
  log = reopened(at, std::move(log), EVERY_WAY);

  const auto all = log->read_all();
  REQUIRE(code_of(all) == Errc::expired);
  const auto begin = std::to_string(expired.value + 1);
  CHECK(all.error().detail == "retention dropped the events up to position " + std::to_string(expired.value) +
                                  ": begin at position " + begin);
  CHECK(code_of(log->read_all({.from = expired})) == Errc::expired);
  CHECK(code_of(log->read_all({.filter = {.organization = "org-1"}})) == Errc::expired);
  CHECK(log->read_all({.from = expired.next()})->events.front().position == expired.next());

  const auto stream = log->read_stream(stream_named("delivery-1"));
  REQUIRE(code_of(stream) == Errc::expired);
  CHECK(stream.error().where == "delivery-1");
  CHECK(stream.error().detail == "retention dropped the versions up to " + std::to_string(first_there - 1) +
                                     ": begin at version " + std::to_string(first_there));
  CHECK(log->read_stream(stream_named("delivery-1"), {.from = Version{first_there}})->events.front().version ==
        Version{first_there});
  CHECK(code_of(log->read_stream(stream_named("delivery-1"), {.from = Version{first_there - 1}})) == Errc::expired);
  CHECK(code_of(log->read_stream(stream_named("early"))) == Errc::expired);
  CHECK(log->read_stream(stream_named("early"), {.from = Version{11}})->events.empty());
  CHECK(log->read_stream(stream_named("never"))->events.empty());
}

TEST_CASE("a read that goes backward ends before what was dropped, and going on is expired", "[retention]") {
  RetentionCase at;
  const auto log = at.open();
  const auto all = seen_from(*log, {});
  const auto expired = value_of(log->retain(RetentionCase::drop_before(60))).expired;
  const auto page = value_of(log->read_all({.direction = Direction::backward}));
  CHECK(page.events.size() == 120 - expired.value);
  CHECK(page.events.back().position == expired.next());
  CHECK_FALSE(page.at_end);
  CHECK(code_of(log->read_all({.from = Position{page.next}, .direction = Direction::backward})) == Errc::expired);
  const auto filtered = value_of(log->read_all({.direction = Direction::backward, .filter = {.category = "delivery"}}));
  CHECK_FALSE(filtered.at_end);
  CHECK(filtered.events.back().position > expired);
  const auto stream = value_of(log->read_stream(stream_named("delivery-1"), {.direction = Direction::backward}));
  CHECK_FALSE(stream.at_end);
  CHECK(stream.events.back().position > expired);
  CHECK(code_of(log->read_stream(stream_named("delivery-1"),
                                 {.from = Version{stream.next}, .direction = Direction::backward})) == Errc::expired);
  CHECK(code_of(log->read_stream(stream_named("early"), {.direction = Direction::backward})) == Errc::expired);
}

TEST_CASE("streams that were dropped still exist", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto streams = value_of(log->streams({}, {}, 1000));
  (void)value_of(log->retain(RetentionCase::drop_before(60)));
  log = reopened(at, std::move(log), EVERY_WAY);
  const auto left = value_of(log->streams({}, {}, 1000));
  REQUIRE(left.size() == streams.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    CAPTURE(streams[i].stream);
    CHECK(left[i].stream == streams[i].stream);
    CHECK(left[i].organization == streams[i].organization);
    CHECK(left[i].version == streams[i].version);
    CHECK(left[i].first == streams[i].first);
    CHECK(left[i].last == streams[i].last);
    const auto info = value_of(log->info(stream_named(streams[i].stream)));
    CHECK(info.version == streams[i].version);
    CHECK(info.last == streams[i].last);
    CHECK(*log->head(stream_named(streams[i].stream)) == streams[i].version);
  }
  CHECK(log->streams("call", {}, 1000)->size() == 11);
  CHECK(code_of(log->info(stream_named("never"))) == Errc::not_found);
}

TEST_CASE("versions, expectations and organizations go on after a drop", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  (void)value_of(log->retain(RetentionCase::drop_before(60)));
  log = reopened(at, std::move(log), GENERATE(How::same, How::reopened, How::without_indexes));
  const std::vector next{event("early", 1001)};
  const auto early = stream_named("early");
  CHECK(code_of(append(*log, next, {{early, ExpectedVersion::no_stream()}})) == Errc::wrong_version);
  CHECK(code_of(append(*log, next, {{early, ExpectedVersion::exactly(Version{3})}})) == Errc::wrong_version);
  auto foreign = event("early", 1002);
  foreign.organization = "org-2";
  CHECK(code_of(append(*log, {foreign})) == Errc::wrong_organization);
  const auto receipt = value_of(append(*log, next, {{early, ExpectedVersion::exactly(Version{10})}}));
  CHECK(receipt.events.front().version == Version{11});
  CHECK(receipt.events.front().position == Position{121});
  CHECK(log->read_stream(early, {.from = Version{11}})->events.size() == 1);
  CHECK(code_of(log->read_stream(early)) == Errc::expired);
  CHECK(log->info(early)->first == Position{1});
  CHECK(log->info(early)->last == Position{121});
}

TEST_CASE("an event id that was dropped is no longer recognised, others are", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  (void)value_of(log->retain(RetentionCase::drop_before(60)));
  log = reopened(at, std::move(log), GENERATE(How::same, How::reopened, How::without_indexes));
  CHECK(code_of(log->find(stream_named("early"), id_of(3))) == Errc::not_found);
  CHECK(log->find(stream_named("delivery-1"), id_of(101))->events.front().position == Position{101});
  CHECK(append(*log, {event("delivery-1", 101, "data of the event")})->already_there);
  const auto again = value_of(append(*log, {event("early", 3, "data of the event")}));
  CHECK_FALSE(again.already_there);
  CHECK(again.events.front().version == Version{11});
}

TEST_CASE("what is dropped later is added to what was dropped earlier", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto streams = value_of(log->streams({}, {}, 1000));
  const auto all = seen_from(*log, {});
  const bool is_reopened = GENERATE(false, true);
  Position expired;
  for (const std::uint64_t position : {30U, 60U, 61U, 90U, 119U}) {
    CAPTURE(position);
    expired = value_of(log->retain(RetentionCase::drop_before(position))).expired;
    if (is_reopened) {
      log.reset();
      log = at.open();
    }
    CHECK(seen_from(*log, expired.next()) == after(all, expired.value));
  }
  log.reset();
  at.store.remove_indexes();
  log = at.open();
  const auto left = value_of(log->streams({}, {}, 1000));
  REQUIRE(left.size() == streams.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    CHECK(left[i].version == streams[i].version);
    CHECK(left[i].first == streams[i].first);
    CHECK(left[i].last == streams[i].last);
  }
  const auto names = at.names("");
  CHECK(std::count_if(names.begin(), names.end(), [](const auto& name) { return name.starts_with("expired-"); }) == 1);
}

TEST_CASE("the checksum of the last event dropped is kept, so that who read up to it can go on", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  std::vector<std::uint64_t> checksums{0};
  for (std::uint64_t i = 1; i <= 120; ++i) checksums.push_back(value_of(log->checksum_at(Position{i})));
  const auto expired = value_of(log->retain(RetentionCase::drop_before(60))).expired.value;
  log = reopened(at, std::move(log), EVERY_WAY);
  CHECK(code_of(log->checksum_at(Position{expired - 1})) == Errc::expired);
  for (auto i = expired; i <= 120; ++i) CHECK(value_of(log->checksum_at(Position{i})) == checksums[i]);
}

TEST_CASE("the index files after a drop are those that the log alone leads to", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  (void)value_of(log->retain(RetentionCase::drop_before(60)));
  log.reset();
  const auto names = at.names("tables");
  REQUIRE_FALSE(names.empty());
  for (const auto& name : names) {
    CAPTURE(name);
    const auto before = read_text(at.store.file("tables/" + name));
    std::filesystem::remove(at.store.file("tables/" + name));
    REQUIRE(at.open()->settle());
    CHECK(read_text(at.store.file("tables/" + name)) == before);
  }
}

TEST_CASE("pages and reads of what is dropped keep it", "[retention]") {
  RetentionCase at;
  const auto log = at.open();
  const auto page = value_of(log->read_all({.limit = 1000}));
  const auto expired = value_of(log->retain(RetentionCase::drop_before(60))).expired;
  REQUIRE(expired > Position{10});
  CHECK(as_text(page.events.front().data) == "data of the event");
  CHECK(page.events.front().stream == "early");
}

TEST_CASE("a reader elsewhere notices that events were dropped", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto all = seen_from(*log, {});
  const auto reader = at.open_reader();
  const bool has_read = GENERATE(false, true);
  if (has_read) CHECK(reader->read_stream(stream_named("delivery-1"), {.from = Version{40}})->events.size() > 1);
  const auto expired = value_of(log->retain(RetentionCase::drop_before(60))).expired;
  CHECK(code_of(reader->read_all()) == Errc::expired);
  CHECK(reader->expired().value() == expired);
  CHECK(reader->info(stream_named("early"))->version == Version{10});
  CHECK(seen_from(*reader, expired.next()) == after(all, expired.value));
  at.append_events(*log, 40);
  CHECK(*reader->head() == Position{160});
}

TEST_CASE("a reader elsewhere that is behind passes over segments that were dropped meanwhile", "[retention]") {
  RetentionCase at{10};
  auto log = at.open();
  const auto reader = at.open_reader();
  CHECK(*reader->head() == Position{10});
  at.append_events(*log, 110);
  const auto expired = value_of(log->retain(RetentionCase::drop_before(100))).expired;
  REQUIRE(expired > Position{60});
  CHECK(*reader->head() == Position{120});
  CHECK(seen_from(*reader, expired.next()) == seen_from(*log, expired.next()));
  CHECK(reader->info(stream_named("early"))->version == Version{10});
}

TEST_CASE("what says what was dropped is never guessed", "[retention]") {
  RetentionCase at;
  (void)value_of(at.open()->retain(RetentionCase::drop_before(60)));
  const auto names = at.names("");
  const auto table = *std::find_if(names.begin(), names.end(), [](const auto& n) { return n.starts_with("expired-"); });
  const auto statement = read_text(at.store.file("expired"));
  for (std::size_t i = 0; i < statement.size(); i += 7) {
    flip_byte(at.store.file("expired"), i);
    const auto code = at.store.refusal().code;
    CHECK((code == Errc::corrupt_record || code == Errc::newer_format));
    write_text(at.store.file("expired"), statement);
  }
  flip_byte(at.store.file(table), 30);
  CHECK(at.store.refusal().code == Errc::corrupt_record);
  flip_byte(at.store.file(table), 30);
  flip_byte(at.store.file(table), 600);
  CHECK(code_of(at.open()->head(stream_named("early"))) == Errc::corrupt_record);
  std::filesystem::remove(at.store.file(table));
  const auto refusal = at.store.refusal();
  CHECK(refusal.code == Errc::corrupt_record);
  CHECK(refusal.where == at.store.file(table));
}

TEST_CASE("a damaged segment is not dropped", "[retention]") {
  RetentionCase at;
  flip_byte(at.store.segment(2), 700);
  auto log = at.open();
  CHECK(code_of(log->retain(RetentionCase::drop_before(60))) == Errc::corrupt_record);
  CHECK_FALSE(at.has("expired"));
  CHECK(log->expired().value() == Position{0});
  CHECK(at.has("segments/0000000000000001.log"));
}

TEST_CASE("only a writer drops", "[retention]") {
  RetentionCase at;
  CHECK(code_of(at.open_reader()->retain(RetentionCase::drop_before(60))) == Errc::read_only);
  const auto log = at.open();
  REQUIRE(log->close());
  CHECK(code_of(log->retain(RetentionCase::drop_before(60))) == Errc::read_only);
}

TEST_CASE("a drop cut off at any file operation loses nothing that was not stated", "[retention]") {
  RetentionCase at;
  const auto all = seen_from(*at.open(), {});
  const auto streams = value_of(at.open()->streams({}, {}, 1000));
  (void)value_of(at.open()->retain(RetentionCase::drop_before(25)));
  at.store.keep();
  const bool in_background = GENERATE(true, false);
  for (const auto call : {FileCall::open, FileCall::read, FileCall::write, FileCall::sync, FileCall::map,
                          FileCall::rename, FileCall::remove, FileCall::make_directory, FileCall::sync_directory}) {
    bool has_failed = true;
    for (int nth = 1; has_failed; ++nth) {
      CAPTURE(static_cast<int>(call), nth, in_background);
      at.store.put_back();
      auto log = at.open({.background_work = in_background});
      REQUIRE(log->settle());
      at.store.files.fail(call, nth, EIO, 13);
      const auto report = log->retain(RetentionCase::drop_before(90));
      has_failed = !report;
      at.store.files.heal();
      // What the log goes on with, and what is found when it is opened again.
      for (const bool is_new : {false, true}) {
        if (is_new) {
          log.reset();
          log = at.open();
        }
        const auto expired = value_of(log->expired());
        CHECK(seen_from(*log, expired.next()) == after(all, expired.value));
        CHECK(value_of(log->head(stream_named("early"))) == Version{10});
        CHECK(log->streams({}, {}, 1000)->size() == streams.size());
      }
      const auto again = value_of(log->retain(RetentionCase::drop_before(90)));
      CHECK(again.expired > Position{60});
      CHECK(seen_from(*log, again.expired.next()) == after(all, again.expired.value));
      CHECK_FALSE(at.has("segments/0000000000000001.log"));
      const auto names = at.names("");
      CHECK(std::count_if(names.begin(), names.end(), [](const auto& n) { return n.starts_with("expired-"); }) == 1);
    }
  }
}

TEST_CASE("reads and appends go on while segments are archived and dropped", "[retention]") {
  RetentionCase at;
  const auto log = at.open();
  std::atomic<bool> is_done{false};
  std::atomic<int> wrong{0};
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i)
    readers.emplace_back([&] {
      while (!is_done) {
        const auto from = log->expired().value_or(Position{}).next();
        const auto page = log->read_all({.from = from, .limit = 500});
        if (!page && page.error().code != Errc::expired) ++wrong;
        if (page && page->events.front().position != from) ++wrong;
        const auto head = log->head(stream_named("early"));
        if (!head || *head != Version{10}) ++wrong;
      }
    });
  for (std::uint64_t position = 20; position <= 200; position += 20) {
    (void)value_of(log->retain(RetentionCase::archive_before(position + 20)));
    (void)value_of(log->retain(RetentionCase::drop_before(position)));
    at.append_events(*log, 20);
  }
  is_done = true;
  readers.clear();
  CHECK(wrong == 0);
  CHECK(*log->head() == Position{320});
  CHECK(log->expired().value() > Position{150});
}

TEST_CASE("where the statement of what was dropped is gone, that is told as damage and the rest is read",
          "[retention]") {
  RetentionCase at;
  Position dropped{};
  {
    const auto log = at.open();
    dropped = value_of(log->retain(RetentionCase::drop_before(60))).last;
  }
  std::filesystem::remove(at.store.file("expired"));
  const auto log = at.open_reader();
  CHECK(code_of(log->read_all({.from = Position{1}})) == Errc::corrupt_record);
  CHECK(code_of(log->read_all({.from = dropped})) == Errc::corrupt_record);
  CHECK(seen_from(*log, dropped.next()).size() == 120 - dropped.value);
}
