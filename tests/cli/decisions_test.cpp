// Decisions over several aggregates by the command line: many processes at once never commit one on a stale read.
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/os/file_system.hpp>
#include <eventstore/schema/json_codec.hpp>

#include "aggregate/dispatch_workload.hpp"
#include "shell.hpp"

namespace decisions_test {

using namespace eventstore::cli_test;
using namespace dispatch;

namespace {

struct DispatchShell : Shell {
  DispatchShell() : Shell{EVENTSTORE_DISPATCH_PROGRAM} {
    for (int i = 0; i < 3; ++i) (void)result({"execute", "agent-a" + std::to_string(i), "hire", R"({"name":"agent"})"});
    for (int i = 0; i < 4; ++i) (void)result({"execute", "job-" + std::to_string(i), "post", R"({"customer":"c"})"});
  }

  // One process writes at a time: who finds the store locked tries again.
  [[nodiscard]] Outcome run_in_turn(const Words& words) const {
    for (;;) {
      auto outcome = run(words);
      if (outcome.exit_code != 1 || outcome.err.find("locked") == string::npos) return outcome;
    }
  }
};

// The code in "dispatch: refused: nobody [job-0]: there is no such agent".
string refusal_in(const string& complaint) {
  const string refused = ": refused: ";
  const auto at = complaint.find(refused);
  if (at == string::npos) return "refused";
  const auto begin = at + refused.size();
  return complaint.substr(begin, complaint.find(" [", begin) - begin);
}

Told told_of(const Outcome& outcome) {
  Told told;
  if (outcome.exit_code == 3) told.refusal = "wrong_version";
  if (outcome.exit_code == 5) told.refusal = refusal_in(outcome.err);
  if (outcome.exit_code == 0)
    for (const auto& position : values(outcome.out, "position")) told.positions.push_back(std::stoull(position));
  return told;
}

}  // namespace

TEST_CASE("decisions of several processes on one store are linearizable", "[execute][decisions]") {
  const DispatchShell shell;
  const es::SystemClock clock;
  es::PosixFileSystem files;
  const auto log =
      es::must(es::FileLog::open(files, clock, shell.store(), {.mode = es::FileLogOptions::Mode::read_only}));
  const Give give = [&](const string& stream, const string& name, const es::Schema& schema, const es::Bytes& data) {
    string json;
    if (!es::bytes_to_json(schema.type, data, json)) return Told{{}, "no JSON"};
    return told_of(shell.run_in_turn({"execute", stream, name, json}));
  };
  check_at_once(*log, give, 1, 4, 20);
}

TEST_CASE("execute prints the events of all streams that a command wrote", "[execute][decisions]") {
  const DispatchShell shell;
  const Words assign{"execute",           "job-0",        "assign",
                     R"({"agent":"a1"})", "--command-id", "6b1c9ad5-0000-5000-8000-000000000001"};
  const auto lines = shell.result(assign);
  CHECK(values(lines, "aggregate_type") == Words{"job", "agent"});
  CHECK(values(lines, "aggregate_id") == Words{"0", "a1"});
  CHECK(values(lines, "event_type") == Words{"JobAssigned", "AgentJobTaken"});
  CHECK(shell.result(assign) == lines);
  require_complaint(shell.run({"execute", "job-1", "assign", R"({"agent":"a9"})"}), 5,
                    {"refused", "nobody", "job-1", "there is no such agent"});
  (void)shell.result({"execute", "agent-a2", "deactivate", "--org", "default"});
  require_complaint(shell.run({"execute", "job-1", "assign", R"({"agent":"a2"})"}), 5, {"inactive", "not active"});
}

}  // namespace decisions_test
