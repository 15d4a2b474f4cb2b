// Outcomes of commands in files: power cuts, index files, retention, readers, damage.
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>
#include <eventstore/testing/simulated_disk.hpp>

#include "store_on_disk.hpp"

namespace outcome_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

const std::string stream_text = "delivery-1";

Result<Receipt> append(EventLog& log, std::uint64_t command, std::uint64_t events, std::string_view result,
                       Durability durability = Durability::every_commit) {
  const std::vector<Outcome> outcomes{
      {stream_named(stream_text), id_of(command).uuid, id_of(command + 1).uuid, "org-1", as_bytes(result)}};
  std::vector<NewEvent> made;
  for (std::uint64_t i = 0; i < events; ++i) made.push_back(event(stream_text, command * 10 + i));
  return log.append({.events = made, .durability = durability, .outcomes = outcomes});
}

std::string result_of(const EventLog& log, std::uint64_t command) {
  const auto found = log.find_outcome(stream_named(stream_text), id_of(command).uuid);
  return found ? std::string{as_text(found->result)} : std::string{to_string(found.error().code)};
}

// Commands with two events, one, and none in turn.
std::uint64_t events_of(std::uint64_t command) { return 2 - command % 3; }

void fill_with_outcomes(EventLog& log, std::uint64_t commands) {
  for (std::uint64_t i = 1; i <= commands; ++i)
    REQUIRE(append(log, i, events_of(i), "result " + std::to_string(i), Durability::on_close));
}

std::size_t findings_in(const StoreOnDisk& store) {
  PosixFileSystem files;
  const auto report = verify(files, store.path());
  if (!report) FAIL(report.error().message());
  for (const auto& finding : report->findings) UNSCOPED_INFO(finding.what);
  return report->findings.size();
}

}  // namespace

TEST_CASE("an acknowledged outcome survives a power cut at every change of the disk, and a lost one is written again",
          "[outcome]") {
  constexpr std::uint64_t commands = 24;
  const auto seed = GENERATE(range(1, 7));
  bool was_cut = true;
  for (std::uint64_t cut = 1; was_cut; ++cut) {
    CAPTURE(seed, cut);
    SimulatedDisk disk{{.seed = static_cast<std::uint64_t>(seed), .file_bytes_max = std::size_t{1} << 20}};
    ManualClock clock{noon};
    const FileLogOptions options{.segment_bytes_max = small_segment, .background_work = false};
    const auto open = [&] { return FileLog::open(disk, clock, "store", options); };
    std::uint64_t acknowledged = 0;
    disk.cut_power_after(cut);
    if (auto log = open())
      while (acknowledged < commands && append(**log, acknowledged + 1, events_of(acknowledged + 1), "done"))
        ++acknowledged;
    was_cut = !disk.is_running();
    disk.never_stop();
    disk.restart();

    auto log = open();
    REQUIRE(log);
    for (std::uint64_t i = 1; i <= acknowledged; ++i) REQUIRE(result_of(**log, i) == "done");
    const auto head = *(*log)->head();
    for (std::uint64_t i = 1; i <= commands; ++i) {
      const auto again = append(**log, i, events_of(i), "done");
      REQUIRE(again);
      // The one that was under way when the power failed may be there.
      REQUIRE((again->already_there == (i <= acknowledged) || i == acknowledged + 1));
    }
    REQUIRE(*(*log)->head() >= head);
    REQUIRE(*(*log)->head() == Position{commands});
    REQUIRE((*log)->close());
    const auto report = verify(disk, "store");
    REQUIRE(report);
    REQUIRE(report->findings.empty());
  }
}

TEST_CASE("outcomes are found after a reopening, and through index files that are made again", "[outcome]") {
  StoreOnDisk store;
  const FileLogOptions options{.segment_bytes_max = small_segment, .background_work = GENERATE(false, true)};
  auto log = store.open(options);
  fill_with_outcomes(*log, 300);
  REQUIRE(log->settle());
  const auto check = [&] {
    for (std::uint64_t i = 1; i <= 300; ++i) CHECK(result_of(*log, i) == "result " + std::to_string(i));
    CHECK(result_of(*log, 301) == "not_found");
    CHECK(append(*log, 7, 0, "again")->already_there);
  };
  check();
  log = (log.reset(), store.open(options));
  check();
  log.reset();
  CHECK(findings_in(store) == 0);  // every index file is the one that the log gives
  store.remove_indexes();
  log = store.open(options);
  check();
  REQUIRE(log->close());
  CHECK(findings_in(store) == 0);
}

TEST_CASE("a reader in another process finds the outcomes that were acknowledged", "[outcome]") {
  StoreOnDisk store;
  const auto log = store.open({.segment_bytes_max = small_segment});
  REQUIRE(append(*log, 1, 1, "one"));
  const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
  CHECK(result_of(*reader, 1) == "one");
  CHECK(result_of(*reader, 2) == "not_found");
  REQUIRE(append(*log, 2, 0, "two"));  // takes no position
  CHECK(result_of(*reader, 2) == "two");
}

TEST_CASE("retention drops outcomes with the segments that hold them, and keeps the others", "[outcome]") {
  StoreOnDisk store;
  const FileLogOptions options{.segment_bytes_max = small_segment, .background_work = false};
  auto log = store.open(options);
  fill_with_outcomes(*log, 150);
  store.clock.advance_seconds(60);
  for (std::uint64_t i = 151; i <= 300; ++i) REQUIRE(append(*log, i, events_of(i), "late", Durability::on_close));
  REQUIRE(log->settle());
  const auto report = log->retain({.action = RetentionPolicy::Action::drop, .before = noon.plus_seconds(30)});
  REQUIRE(report);
  REQUIRE(report->segments > 1);
  const auto check = [&] {
    CHECK(result_of(*log, 1) == "not_found");
    for (std::uint64_t i = 151; i <= 300; ++i) CHECK(result_of(*log, i) == "late");
  };
  check();
  log = (log.reset(), store.open(options));
  check();
  log.reset();
  CHECK(findings_in(store) == 0);
}

TEST_CASE("a backup and what is restored from it have the outcomes", "[outcome]") {
  StoreOnDisk store;
  TemporaryDirectory elsewhere;
  {
    const auto log = store.open({.segment_bytes_max = small_segment});
    fill_with_outcomes(*log, 100);
    REQUIRE(log->close());
  }
  PosixFileSystem files;
  REQUIRE(backup(files, store.path(), files, elsewhere.file("backup"), store.clock));
  REQUIRE(restore(files, elsewhere.file("backup"), files, elsewhere.file("restored")));
  const auto restored = FileLog::open(files, store.clock, elsewhere.file("restored"), {});
  REQUIRE(restored);
  for (std::uint64_t i = 1; i <= 100; ++i) CHECK(result_of(**restored, i) == "result " + std::to_string(i));
}

TEST_CASE("an outcome that is damaged is told, and never taken for one that is not there", "[outcome]") {
  StoreWithoutRoom store;
  {
    const auto log = store.open({.segment_bytes_max = small_segment, .background_work = false});
    fill_with_outcomes(*log, 100);
    REQUIRE(log->close());
  }
  const auto text = read_text(store.segment(1));
  flip_byte(store.segment(1), text.find("result 9"));
  const auto log = store.open({.segment_bytes_max = small_segment, .background_work = false});
  CHECK(result_of(*log, 9) == "corrupt_record");
  CHECK(code_of(append(*log, 9, 0, "again")) == Errc::corrupt_record);
  CHECK(result_of(*log, 10) == "result 10");
  CHECK(result_of(*log, 100) == "result 100");
}

}  // namespace outcome_test
