// Backups of stores whose oldest segments were dropped or archived.
#include <eventstore/file_log/backup.hpp>

#include "retention_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

class Copies {
 public:
  explicit Copies(RetentionCase& at) : at_{at} {}
  BackupReport make() {
    return value_of(backup(at_.store.files, at_.store.path(), disk_, directory_.file("backup"), at_.store.clock));
  }
  BackupCheck check() { return value_of(check_backup(disk_, directory_.file("backup"))); }
  Result<RestoreReport> try_restore(const RestorePoint& point = {}) {
    std::filesystem::remove_all(directory_.file("restored"));
    return restore(disk_, directory_.file("backup"), disk_, directory_.file("restored"), point);
  }
  std::unique_ptr<FileLog> restored(const RestorePoint& point = {}) {
    (void)value_of(try_restore(point));
    return value_of(
        FileLog::open(disk_, at_.store.clock, directory_.file("restored"), {.segment_bytes_max = small_segment}));
  }
  [[nodiscard]] std::string file(const std::string& name) const { return directory_.file("backup/" + name); }

 private:
  RetentionCase& at_;
  PosixFileSystem disk_;
  TemporaryDirectory directory_;
};

}  // namespace

TEST_CASE("a store with archived segments is backed up as if they were not archived", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto all = seen_from(*log, {});
  Copies copies{at};
  const bool is_later = GENERATE(false, true);
  if (is_later) copies.make();
  (void)value_of(log->retain(RetentionCase::archive_before(60)));
  if (is_later) at.append_events(*log, 10);
  copies.make();
  CHECK(copies.check().is_complete);
  CHECK(seen_from(*copies.restored(), {}) == seen_from(*log, {}));
  CHECK(seen_from(*copies.restored({.position = Position{20}}), {}).size() == 20);
}

TEST_CASE("a backup that was begun before a drop keeps what was dropped", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  Copies copies{at};
  copies.make();
  (void)value_of(log->retain(RetentionCase::drop_before(60)));
  at.append_events(*log, 30);
  CHECK(copies.make().state.last == Position{150});
  const auto restored = copies.restored();
  CHECK(seen_from(*restored, {}).size() == 150);
  CHECK(restored->expired().value() == Position{0});
}

TEST_CASE("a first backup after a drop restores a store that knows what was dropped", "[retention]") {
  RetentionCase at;
  auto log = at.open();
  const auto expired = value_of(log->retain(RetentionCase::drop_before(60))).expired;
  Copies copies{at};
  const auto report = copies.make();
  CHECK(report.state.last == Position{120});
  CHECK(report.state.first_recorded_at == RetentionCase::time_of(expired.value + 1));
  CHECK(copies.check().is_complete);
  at.append_events(*log, 30);
  (void)value_of(log->retain(RetentionCase::drop_before(100)));
  CHECK(copies.make().state.last == Position{150});
  CHECK(copies.check().is_complete);
  auto restored = copies.restored();
  CHECK(restored->expired().value() == expired);
  CHECK(seen_from(*restored, expired.next()).size() == 150 - expired.value);
  CHECK(restored->info(stream_named("early"))->version == Version{10});
  CHECK(code_of(restored->read_all()) == Errc::expired);
  CHECK(append(*restored, {event("early", 5000)})->events.front().version == Version{11});
  restored.reset();

  CHECK(*copies.restored({.position = Position{110}})->head() == Position{110});
  CHECK(*copies.restored({.position = expired})->head() == expired);
  CHECK(code_of(copies.try_restore({.position = Position{3}})) == Errc::expired);
  CHECK(code_of(copies.try_restore({.time = RetentionCase::time_of(3)})) == Errc::expired);
}

TEST_CASE("a damaged copy of what says what was dropped is noticed", "[retention]") {
  RetentionCase at;
  const auto expired = value_of(at.open()->retain(RetentionCase::drop_before(60)));
  Copies copies{at};
  copies.make();
  REQUIRE(expired.segments < 10);
  const auto name = "segments/000000000000000" + std::to_string(expired.segments);
  const auto ending = GENERATE(".expired", ".expired.tbl");
  flip_byte(copies.file(name + ending), 40);
  CHECK(code_of(copies.try_restore()) == Errc::corrupt_record);
}
