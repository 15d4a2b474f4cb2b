// A decision over several aggregates never commits on a stale read: random histories against a checker, and the checker
// against forgeries.
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/os/file_system.hpp>

#include "aggregate/dispatch_workload.hpp"
#include "temporary_directory.hpp"

namespace decision_linear_test {

using namespace eventstore;
using namespace dispatch;

namespace {

const Timestamp noon = *Timestamp::parse("2026-01-27T12:00:00Z");

// Gives commands as a program would, each through the repository of its aggregate.
class Desk {
 public:
  Desk(EventLog& log, const Clock& clock) : agents_{log, clock}, jobs_{log, clock} {}

  Told give(const std::string& stream, const std::string& name, const Bytes& data) {
    const auto id = StreamId::trusted(stream);
    const auto key = id.key();
    if (name == "deactivate") return told_of(agents_.execute(key, Deactivate{}, many_tries));
    if (name == "activate") return told_of(agents_.execute(key, Activate{}, many_tries));
    if (name == "assign_one") return told_of(jobs_.execute(key, *decode<AssignOne>(data), many_tries));
    if (name == "hand_over") return told_of(jobs_.execute(key, *decode<HandOver>(data), many_tries));
    if (name == "follow") return told_of(jobs_.execute(key, *decode<Follow>(data), many_tries));
    return told_of(jobs_.execute(key, *decode<Assign>(data), many_tries));
  }

 private:
  static inline const CommandOptions many_tries{.retries_max = 100};
  Repository<Agent> agents_;
  Repository<Job> jobs_;
};

void check_repository(EventLog& log, const Clock& clock, std::uint64_t seed, std::uint64_t threads, int commands) {
  open_office(log, clock);
  Desk desk{log, clock};
  const Give give = [&](const std::string& stream, const std::string& name, const Schema&, const Bytes& data) {
    return desk.give(stream, name, data);
  };
  check_at_once(log, give, seed, threads, commands);
}

laws::DecidedCommand assign(std::uint64_t called, std::uint64_t answered) {
  return {"job-0", "assign", encode(Assign{"a0"}), called, answered, {}, {}};
}

}  // namespace

TEST_CASE("decisions of threads over one log in memory are linearizable", "[others][linear]") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    const ManualClock clock{noon};
    MemoryLog log{clock};
    check_repository(log, clock, seed, 8, 60);
  }
}

TEST_CASE("decisions of threads over one log in files are linearizable", "[others][linear]") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    CAPTURE(seed);
    const ManualClock clock{noon};
    const test::TemporaryDirectory directory;
    PosixFileSystem files;
    const auto log = must(FileLog::open(files, clock, directory.file("store")));
    check_repository(*log, clock, seed, 8, 30);
  }
}

TEST_CASE("the checker finds a decision on a stale read", "[others][linear]") {
  const ManualClock clock{noon};
  MemoryLog log{clock};
  open_office(log, clock);
  REQUIRE(Repository<Agent>(log, clock).execute("a0", Deactivate{}));
  // As somebody writes who read the agent before, and expects nothing of it.
  const std::vector<DecidedEvent> assigned{{&schema_of<Assigned>(), encode(Assigned{"a0"})}};
  const std::vector<DecidedEvent> taken{{&schema_of<JobTaken>(), encode(JobTaken{"a job"})}};
  const Metadata metadata{};
  EventWriter writer;
  REQUIRE(writer.add(*StreamId::parse("job-0"), assigned, metadata, EventIdRule::fresh(clock)));
  REQUIRE(writer.add(*StreamId::parse("agent-a0"), taken, metadata, EventIdRule::fresh(clock)));
  REQUIRE(writer.append_to(log));
  const laws::DecisionHistory history{log, dispatch_types()};
  const laws::DecidedCommand deactivated{"agent-a0", "deactivate", encode(Deactivate{}), 7, 8, {8}, {}};
  auto stale = assign(7, 10);
  stale.positions = {9, 10};
  CHECK(history.flaw({deactivated, stale}, 8) ==
        "assign on job-0: it would have been refused as inactive where it was written");
  CHECK(history.flaw({deactivated}, 8) == "no command has the event 9");
}

TEST_CASE("the checker finds an answer that was right at no moment of the call", "[others][linear]") {
  const ManualClock clock{noon};
  MemoryLog log{clock};
  open_office(log, clock);
  Repository<Agent> agents{log, clock};
  REQUIRE(agents.execute("a0", Deactivate{}));
  REQUIRE(agents.execute("a0", Activate{}));
  const laws::DecisionHistory history{log, dispatch_types()};
  auto refused = assign(7, 9);
  refused.refusal = "inactive";
  const std::vector<laws::DecidedCommand> others{{"agent-a0", "deactivate", encode(Deactivate{}), 7, 8, {8}, {}},
                                                 {"agent-a0", "activate", encode(Activate{}), 8, 9, {9}, {}}};
  auto all = others;
  all.push_back(refused);
  CHECK(history.flaw(all, 8).value_or("") == "");  // between the two
  all.back().called = 9;
  CHECK(history.flaw(all, 8) == "assign on job-0: at no moment while it ran was its answer \"inactive\"");
}

}  // namespace decision_linear_test
