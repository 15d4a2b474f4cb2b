// Segments that were packed: read as before, and dropped as others are.
#include "retention_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

std::vector<std::string> logs_in(const RetentionCase& at, const std::string& directory, const std::string& ending) {
  std::vector<std::string> found;
  for (const auto& name : at.names(directory))
    if (name.size() > 16 && name.substr(16) == ending) found.push_back(name.substr(0, 16));
  return found;
}

}  // namespace

TEST_CASE("archived segments read as before, in every way", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto all = seen_from(*log, {});
  const auto report = value_of(log->retain(RetentionCase::archive_before(60)));
  REQUIRE(report.segments > 1);
  CHECK(report.archived_bytes > 0);
  CHECK(report.archived_bytes < report.bytes);
  CHECK(report.expired == Position{0});
  CHECK(logs_in(at, "archive", ".log.zst").size() == report.segments);
  CHECK(logs_in(at, "segments", ".log").front() > logs_in(at, "archive", ".log.zst").back());
  const auto how = GENERATE(0, 1, 2, 3);
  if (how > 0) log.reset();
  if (how == 2) at.store.remove_indexes();
  if (how == 3) log = at.open_reader();
  if (log == nullptr) log = at.open();
  CHECK(seen_from(*log, {}) == all);
  CHECK(log->read_stream(stream_named("early"))->events.size() == 10);
  CHECK(log->find(stream_named("early"), id_of(3))->events.front().position == Position{3});
  CHECK(log->read_all({.filter = {.category = "call"}})->events.size() == 11);
  CHECK(log->expired().value() == Position{0});
  if (how < 3) CHECK(append(*log, {event("early", 3, "data of the event")})->already_there);
}

TEST_CASE("what is archived already is not archived again", "[retention]") {
  RetentionCase at;
  const auto log = at.open();
  const auto first = value_of(log->retain(RetentionCase::archive_before(60)));
  CHECK(value_of(log->retain(RetentionCase::archive_before(60))).segments == 0);
  const auto later = value_of(log->retain(RetentionCase::archive_before(90)));
  CHECK(later.first == first.last.next());
  CHECK(seen_from(*log, {}).size() == 120);
}

TEST_CASE("archived segments are dropped like others", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto all = seen_from(*log, {});
  const auto archived = value_of(log->retain(RetentionCase::archive_before(90)));
  if (GENERATE(false, true)) {
    log.reset();
    log = at.open();
  }
  const auto dropped = value_of(log->retain(RetentionCase::drop_before(60)));
  CHECK(dropped.first == Position{1});
  CHECK(dropped.last < archived.last);
  CHECK(seen_from(*log, dropped.expired.next()) == after(all, dropped.expired.value));
  CHECK(logs_in(at, "archive", ".log.zst").size() == archived.segments - dropped.segments);
  CHECK(log->head(stream_named("early")).value() == Version{10});
}

TEST_CASE("an archive unpacks to the segment's file", "[retention]") {
  RetentionCase at;
  const auto before = read_text(at.store.segment(1));
  (void)value_of(at.open()->retain(RetentionCase::archive_before(60)));
  const auto packed = at.store.file("archive/0000000000000001.log.zst");
  REQUIRE(std::system(("zstd -q -d -o " + at.store.file("unpacked") + " " + packed).c_str()) == 0);
  const auto after_all = read_text(at.store.file("unpacked"));
  CHECK(after_all == before.substr(0, after_all.size()));
  CHECK(before.find_first_not_of('\0', after_all.size()) == std::string::npos);
}

TEST_CASE("a reader elsewhere goes on while segments are archived under it", "[retention]") {
  RetentionCase at{10};
  auto log = at.open();
  const auto reader = at.open_reader();
  const auto early = value_of(reader->read_all());
  at.append_events(*log, 110);
  (void)value_of(log->retain(RetentionCase::archive_before(100)));
  CHECK(seen_from(*reader, {}) == seen_from(*log, {}));
  CHECK(as_text(early.events.front().data) == "data of the event");
}

TEST_CASE("a damaged archive is damage where it is needed", "[retention]") {
  RetentionCase at;
  (void)value_of(at.open()->retain(RetentionCase::archive_before(60)));
  const auto packed = at.store.file("archive/0000000000000001.log.zst");
  const auto whole = read_text(packed);
  for (std::size_t i = 0; i < whole.size(); i += 11) {
    CAPTURE(i);
    flip_byte(packed, i);
    const auto log = at.open();
    const auto page = log->read_all();
    if (page)  // bits that mean nothing
      CHECK(page->events.size() == 120);
    else
      CHECK(page.error().code == Errc::corrupt_record);
    write_text(packed, whole);
  }
  write_text(packed, whole.substr(0, whole.size() - 5));
  CHECK(code_of(at.open()->read_all()) == Errc::corrupt_record);
  write_text(packed, whole + "x");
  CHECK(code_of(at.open()->read_all()) == Errc::corrupt_record);
  std::filesystem::remove(packed);
  CHECK(code_of(at.open()->read_all()) == Errc::corrupt_record);
  CHECK(at.open()->read_all({.from = Position{100}})->events.size() == 21);
}

TEST_CASE("a damaged segment is not archived", "[retention]") {
  RetentionCase at;
  flip_byte(at.store.segment(1), 700);
  CHECK(code_of(at.open()->retain(RetentionCase::archive_before(60))) == Errc::corrupt_record);
  CHECK(at.has("segments/0000000000000001.log"));
}

TEST_CASE("archiving that is cut off at any file operation loses nothing", "[retention]") {
  RetentionCase at;
  const auto all = seen_from(*at.open(), {});
  at.store.keep();
  for (const auto call : {FileCall::open, FileCall::read, FileCall::write, FileCall::sync, FileCall::map,
                          FileCall::rename, FileCall::remove, FileCall::make_directory, FileCall::sync_directory}) {
    bool has_failed = true;
    for (int nth = 1; has_failed; ++nth) {
      CAPTURE(static_cast<int>(call), nth);
      at.store.put_back();
      auto log = at.open();
      REQUIRE(log->settle());
      at.store.files.fail(call, nth, ENOSPC, 13);
      has_failed = !log->retain(RetentionCase::archive_before(30));
      at.store.files.heal();
      CHECK(seen_from(*log, {}) == all);
      log.reset();
      log = at.open();
      CHECK(seen_from(*log, {}) == all);
      (void)value_of(log->retain(RetentionCase::archive_before(30)));
      CHECK_FALSE(at.has("segments/0000000000000001.log"));
      CHECK(at.has("archive/0000000000000001.log.zst"));
      CHECK(seen_from(*log, {}) == all);
    }
  }
}
