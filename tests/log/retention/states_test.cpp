// The states of streams at the last events that were dropped of them.
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>
#include <eventstore/testing/simulated_disk.hpp>

#include "counted_states.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

RetentionPolicy keeping(RetentionPolicy policy, const EventLog& log) {
  policy.state_of = counted_states(log);
  return policy;
}

std::string states_file(const RetentionCase& at) {
  for (const auto& name : at.names(""))
    if (name.ends_with(".states")) return name;
  return "";
}

std::string findings_of(const VerifyReport& report) {
  std::string text;
  for (const auto& finding : report.findings)
    text += std::string{to_string(finding.kind)} + " " + finding.file.substr(finding.file.find_last_of('/') + 1) +
            ": " + finding.what + "\n";
  return text;
}

VerifyReport check(RetentionCase& at) { return value_of(verify(at.store.files, at.store.path(), {.chain = true})); }

}  // namespace

TEST_CASE("the state at the last dropped event of each stream is kept", "[retention][states]") {
  RetentionCase at;
  auto log = at.open();
  const auto sums = sums_of(*log);
  const auto report = value_of(log->retain(keeping(RetentionCase::drop_before(60), *log)));
  REQUIRE(report.segments > 1);
  CHECK(report.streams_unkept == 0);
  const bool is_reader = GENERATE(false, true);
  log.reset();
  log = is_reader ? at.open_reader() : at.open();
  check_kept(*log, sums);
  const auto early = value_of(log->kept_state(stream_named("early")));
  REQUIRE(early);
  CHECK(early->version == Version{10});
  CHECK(early->position == Position{10});
  CHECK(early->created_at == noon);
  CHECK(early->updated_at == noon.plus_seconds(10));
  CHECK(*early->origin == counted_origin("early"));
  CHECK_FALSE(value_of(log->kept_state(stream_named("never"))));
  const auto dropped = value_of(log->dropped());
  CHECK(dropped.last == report.expired);
  CHECK(dropped.streams_unkept == 0);
  CHECK(dropped.origins.size() == 3);  // call, delivery, early
}

TEST_CASE("later drops replace the states of the streams that they touch and keep the others", "[retention][states]") {
  RetentionCase at{200};
  auto log = at.open();
  const auto sums = sums_of(*log);
  for (const auto before : std::initializer_list<std::uint64_t>{20, 60, 61, 130, 190}) {
    CAPTURE(before);
    (void)value_of(log->retain(keeping(RetentionCase::drop_before(before), *log)));
    check_kept(*log, sums);
    log.reset();
    log = at.open();
    check_kept(*log, sums);
    CHECK(findings_of(check(at)).empty());
  }
  CHECK(value_of(log->kept_state(stream_named("early")))->version == Version{10});
  CHECK(value_of(log->kept_state(stream_named("delivery-1")))->version > Version{70});
  const auto names = at.names("");
  CHECK(std::count_if(names.begin(), names.end(), [](const auto& n) { return n.starts_with("expired-"); }) == 2);
}

TEST_CASE("the latest time of all events dropped of a stream is known", "[retention][states]") {
  RetentionCase at{0};
  auto log = at.open();
  std::uint64_t id = 0;
  const std::string data(1000, 'x');
  const auto write = [&](const std::string& stream, std::int64_t created_at) {
    auto made = event(stream, ++id, data);
    made.created_at = noon.plus_seconds(created_at);
    at.store.clock.advance_seconds(1);
    REQUIRE(append(*log, {made}));
  };
  for (const std::int64_t time : {5, 99, 7, 8, 9, 10, 11, 12}) write("delivery-1", time);
  (void)value_of(log->retain(keeping({.action = RetentionPolicy::Action::drop, .before = at.store.clock.now()}, *log)));
  const auto first = value_of(log->kept_state(stream_named("delivery-1")));
  REQUIRE(first);
  CHECK(first->latest_created_at == noon.plus_seconds(99));
  for (const std::int64_t time : {13, 14, 15, 16, 17, 18, 19}) write("delivery-1", time);
  (void)value_of(log->retain(keeping({.action = RetentionPolicy::Action::drop, .before = at.store.clock.now()}, *log)));
  const auto second = value_of(log->kept_state(stream_named("delivery-1")));
  CHECK(second->version > first->version);
  CHECK(second->latest_created_at == noon.plus_seconds(99));
}

TEST_CASE("a drop that is told to keep no states keeps those of the streams it leaves alone", "[retention][states]") {
  RetentionCase at{200};
  auto log = at.open();
  const auto report = value_of(log->retain(RetentionCase::drop_before(60)));
  CHECK(states_file(at).empty());
  CHECK(report.streams_unkept > 3);
  CHECK_FALSE(value_of(log->kept_state(stream_named("early"))));
  CHECK(value_of(log->dropped()).streams_unkept == report.streams_unkept);
  SECTION("states that are lost stay so, and those of new streams are kept") {
    const auto later = value_of(
        log->retain(RetentionPolicy{.action = RetentionPolicy::Action::drop,
                                    .before = RetentionCase::time_of(130),
                                    .state_of = [&](const StreamToDrop& to) -> Result<std::optional<StateToKeep>> {
                                      if (to.stream.text().starts_with("delivery")) return std::optional<StateToKeep>{};
                                      return counted_states(*log)(to);
                                    }}));
    CHECK(later.streams_unkept == report.streams_unkept);
    CHECK_FALSE(value_of(log->kept_state(stream_named("early"))));
    CHECK_FALSE(value_of(log->kept_state(stream_named("delivery-1"))));
    CHECK(value_of(log->kept_state(stream_named("call-110"))));
    log.reset();
    CHECK(value_of(at.open()->dropped()).streams_unkept == report.streams_unkept);
    SECTION("and a drop without states loses those of its own streams only") {
      log = at.open();
      (void)value_of(log->retain(RetentionCase::drop_before(190)));
      CHECK(value_of(log->kept_state(stream_named("call-110"))));
      CHECK_FALSE(value_of(log->kept_state(stream_named("call-170"))));
    }
  }
}

TEST_CASE("an error of the source of states drops nothing", "[retention][states]") {
  RetentionCase at;
  auto log = at.open();
  const auto all = seen_from(*log, {});
  int asked = 0;
  auto policy = RetentionCase::drop_before(60);
  policy.state_of = [&](const StreamToDrop& to) -> Result<std::optional<StateToKeep>> {
    if (++asked == 3) return failure(Errc::unknown_event_type, "keep the state", to.stream.text(), "who is this?");
    return counted_states(*log)(to);
  };
  SECTION("of any kind") {
    const auto refused = log->retain(policy);
    REQUIRE(code_of(refused) == Errc::unknown_event_type);
    CHECK(refused.error().where == "call-40");
  }
  SECTION("or a state that is too large") {
    policy.state_of = [&](const StreamToDrop& to) -> Result<std::optional<StateToKeep>> {
      auto state = value_of(counted_states(*log)(to));
      if (to.stream.text() == "early") state->state.resize(kept_state_bytes_max + 1);
      return state;
    };
    CHECK(code_of(log->retain(policy)) == Errc::too_large);
  }
  CHECK(value_of(log->expired()) == Position{0});
  CHECK(seen_from(*log, {}) == all);
  for (const auto& name : at.names("")) CHECK_FALSE(name.starts_with("expired"));
  (void)value_of(log->retain(keeping(RetentionCase::drop_before(60), *log)));
}

TEST_CASE("an origin of null stands for a category without state", "[retention][states]") {
  RetentionCase at;
  auto log = at.open();
  auto policy = RetentionCase::drop_before(60);
  policy.state_of = [](const StreamToDrop&) { return Result<std::optional<StateToKeep>>{StateToKeep{}}; };
  CHECK(value_of(log->retain(policy)).streams_unkept == 0);
  CHECK_FALSE(value_of(log->kept_state(stream_named("early"))));
  CHECK(findings_of(check(at)).empty());
}

TEST_CASE("a drop takes no later event than it is told", "[retention][states]") {
  RetentionCase at;
  auto log = at.open();
  auto policy = RetentionCase::drop_before(60);
  policy.dry_run = true;
  const auto planned = value_of(log->retain(policy));
  policy = RetentionCase::drop_before(100);
  policy.last_most = planned.last;
  CHECK(value_of(log->retain(policy)).expired == planned.last);
}

TEST_CASE("damage of kept states is damage where it is needed and never another state", "[retention][states]") {
  RetentionCase at;
  const auto sums = sums_of(*at.open());
  {
    auto log = at.open();
    (void)value_of(log->retain(keeping(RetentionCase::drop_before(60), *log)));
  }
  const auto name = states_file(at);
  const auto whole = read_text(at.store.file(name));
  for (std::size_t i = 0; i < whole.size(); i += i < 200 ? 3 : 61) {
    CAPTURE(i);
    flip_byte(at.store.file(name), i);
    auto opened = at.store.try_open({.segment_bytes_max = small_segment});
    bool is_noticed = !opened;
    if (!opened) CHECK((opened.error().code == Errc::corrupt_record || opened.error().code == Errc::newer_format));
    for (const auto& [stream, sum] : sums) {
      if (!opened) break;
      const auto kept = (*opened)->kept_state(StreamId::trusted(stream));
      if (!kept) {
        CHECK(kept.error().code == Errc::corrupt_record);
        is_noticed = true;
      } else if (*kept) {
        CHECK((*kept)->position <= value_of((*opened)->expired()));
        CHECK(value_of(counted(**opened, StreamId::trusted(stream),
                               value_of((*opened)->head(StreamId::trusted(stream))))) == sum);
      }
    }
    opened = failure(Errc::stopped, "", "");
    if (is_noticed) {
      const auto report = verify(at.store.files, at.store.path());
      if (report) CHECK(findings_of(*report).starts_with("damage " + name));
      if (!report) CHECK(report.error().code == Errc::newer_format);
    } else {  // zeros between two states
      CHECK(findings_of(check(at)) ==
            "altered " + name + ": the kept states are not those whose digest `expired` has\n");
    }
    write_text(at.store.file(name), whole);
  }
  for (std::size_t size = 0; size < whole.size(); size += 97) {
    write_text(at.store.file(name), whole.substr(0, size));
    CHECK(at.store.refusal().code == Errc::corrupt_record);
  }
  std::filesystem::remove(at.store.file(name));
  const auto refusal = at.store.refusal();
  CHECK(refusal.code == Errc::corrupt_record);
  CHECK(refusal.where == at.store.file(name));
  CHECK(findings_of(check(at)) == "damage " + name + ": the file is missing\n");
}

TEST_CASE("states of another drop or another store are noticed", "[retention][states]") {
  RetentionCase at;
  RetentionCase other;
  for (auto* const each : {&at, &other}) {
    auto log = each->open();
    (void)value_of(log->retain(keeping(RetentionCase::drop_before(60), *log)));
  }
  const auto name = states_file(at);
  REQUIRE(name == states_file(other));
  write_text(at.store.file(name), read_text(other.store.file(name)));
  CHECK(at.store.refusal().code == Errc::corrupt_record);
  CHECK(findings_of(check(at)) == "damage " + name + ": not the states that `expired` names: restore a backup\n");
}

TEST_CASE("the digest of kept states goes on from drop to drop", "[retention][states]") {
  RetentionCase at;
  auto log = at.open();
  (void)value_of(log->retain(keeping(RetentionCase::drop_before(40), *log)));
  const auto first = check(at);
  CHECK(first.kept_states == 5);  // early, both deliveries, call-20 and call-30
  REQUIRE(first.kept_states_digest);
  (void)value_of(log->retain(keeping(RetentionCase::drop_before(80), *log)));
  const auto second = check(at);
  REQUIRE(second.kept_states_digest);
  CHECK(second.kept_states_digest != first.kept_states_digest);
  CHECK(second.kept_states > first.kept_states);
}

TEST_CASE("a backup holds the kept states and restores them", "[retention][states]") {
  RetentionCase at;
  auto log = at.open();
  const auto sums = sums_of(*log);
  (void)value_of(log->retain(keeping(RetentionCase::drop_before(60), *log)));
  TemporaryDirectory directory;
  PosixFileSystem disk;
  const auto copy = directory.file("backup");
  (void)value_of(backup(at.store.files, at.store.path(), disk, copy, at.store.clock));
  (void)value_of(log->retain(keeping(RetentionCase::drop_before(100), *log)));
  (void)value_of(backup(at.store.files, at.store.path(), disk, copy, at.store.clock));
  CHECK(value_of(check_backup(disk, copy)).is_complete);
  (void)value_of(restore(disk, copy, disk, directory.file("restored")));
  {
    const auto restored =
        value_of(FileLog::open(disk, at.store.clock, directory.file("restored"), {.segment_bytes_max = small_segment}));
    check_kept(*restored, sums);
  }
  CHECK(findings_of(value_of(verify(disk, directory.file("restored"), {.chain = true}))).empty());
  std::string states;
  for (const auto& entry : std::filesystem::directory_iterator{copy + "/segments"})
    if (entry.path().extension() == ".states") states = entry.path();
  REQUIRE_FALSE(states.empty());
  flip_byte(states, 300);
  CHECK(code_of(restore(disk, copy, disk, directory.file("again"))) == Errc::corrupt_record);
}

TEST_CASE("a drop that keeps states and is cut off at any file operation names no state that is not there",
          "[retention][states]") {
  RetentionCase at;
  const auto sums = sums_of(*at.open());
  {
    auto log = at.open();
    (void)value_of(log->retain(keeping(RetentionCase::drop_before(25), *log)));
  }
  at.store.keep();
  const bool in_background = GENERATE(true, false);
  for (const auto call : {FileCall::open, FileCall::read, FileCall::write, FileCall::sync, FileCall::map,
                          FileCall::rename, FileCall::remove, FileCall::sync_directory}) {
    bool has_failed = true;
    for (int nth = 1; has_failed; ++nth) {
      CAPTURE(static_cast<int>(call), nth, in_background);
      at.store.put_back();
      auto log = at.open({.background_work = in_background});
      REQUIRE(log->settle());
      at.store.files.fail(call, nth, EIO, 13);
      const auto report = log->retain(keeping(RetentionCase::drop_before(90), *log));
      has_failed = !report;
      at.store.files.heal();
      for (const bool is_new : {false, true}) {
        if (is_new) {
          log.reset();
          log = at.open();
        }
        check_kept(*log, sums);
      }
      (void)value_of(log->retain(keeping(RetentionCase::drop_before(90), *log)));
      check_kept(*log, sums);
      CHECK(findings_of(check(at)).empty());
      const auto names = at.names("");
      CHECK(std::count_if(names.begin(), names.end(), [](const auto& n) { return n.starts_with("expired-"); }) == 2);
    }
  }
}

TEST_CASE("a drop that has no room for states drops nothing, and a drop without them may", "[retention][states]") {
  const auto call = GENERATE(FileCall::open, FileCall::write);
  bool was_full = true;
  for (int nth = 1; was_full; ++nth) {
    CAPTURE(call, nth);
    SimulatedDisk disk;
    ManualClock clock{noon};
    auto opened = FileLog::open(disk, clock, "store", {.segment_bytes_max = small_segment, .background_work = false});
    REQUIRE(opened);
    auto& log = **opened;
    const auto drop_all = [&] {
      return log.retain(keeping({.action = RetentionPolicy::Action::drop, .before = clock.now().plus_seconds(1)}, log));
    };
    fill(log, "delivery-1", 1, 60);
    REQUIRE(drop_all());
    fill(log, "delivery-1", 61, 60);
    const auto sums = sums_of(log);
    const auto failures_before = disk.failures();
    disk.fail(call, nth, ENOSPC);
    const auto dropped = drop_all();
    was_full = disk.failures() > failures_before;
    disk.heal();
    check_kept(log, sums);
    if (!dropped) CHECK(dropped.error().code == Errc::out_of_space);
    REQUIRE(drop_all());
    check_kept(log, sums);
    REQUIRE(log.close());
    CHECK(findings_of(value_of(verify(disk, "store"))).empty());
  }
}
