// The checker of histories sees what cannot have been: each forgery is one lie in an honest history.
#include <catch2/catch.hpp>

#include "laws/linear_history.hpp"

namespace forgery_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

using Answer = Operation::Answer;
using Kind = Operation::Kind;

constexpr StreamNumber cash = 1;
constexpr StreamNumber card = 2;

Operation written(std::uint64_t called, std::uint64_t answered, CommitNumber commit, std::uint64_t version,
                  std::uint64_t position, std::vector<Operation::Expected> expectations = {}) {
  Operation made;
  made.called = called;
  made.answered = answered;
  made.commit = commit;
  made.streams = {cash};
  made.expectations = std::move(expectations);
  made.answer = Answer::written;
  made.versions = {version};
  made.positions = {position};
  return made;
}

Operation refused(std::uint64_t called, std::uint64_t answered, CommitNumber commit, std::uint64_t expected,
                  std::uint64_t actual) {
  auto made = written(called, answered, commit, 0, 0, {{cash, ExpectedVersion::exactly(Version{expected})}});
  made.answer = Answer::wrong_version;
  made.conflicts = {{cash, actual}};
  made.versions.clear();
  made.positions.clear();
  return made;
}

Operation unknown(std::uint64_t called, std::uint64_t answered, CommitNumber commit) {
  auto made = written(called, answered, commit, 0, 0);
  made.answer = Answer::unknown;
  made.versions.clear();
  made.positions.clear();
  return made;
}

Operation head(std::uint64_t called, std::uint64_t answered, std::uint64_t version) {
  Operation made;
  made.kind = Kind::head_of_stream;
  made.called = called;
  made.answered = answered;
  made.streams = {cash};
  made.value = version;
  return made;
}

Operation log_head(std::uint64_t called, std::uint64_t answered, std::uint64_t position) {
  auto made = head(called, answered, position);
  made.kind = Kind::head_of_log;
  return made;
}

Operation contents(std::uint64_t called, std::uint64_t answered, std::vector<CommitNumber> commits) {
  auto made = head(called, answered, 0);
  made.kind = Kind::read_stream;
  made.commits = std::move(commits);
  return made;
}

std::string verdict(std::vector<Operation> history, const std::vector<FinalEvent>& log) {
  return flaw_of(std::move(history), log).value_or("linearizable");
}

void check_verdict(std::vector<Operation> history, const std::vector<FinalEvent>& log, const std::string& expected) {
  CHECK_THAT(verdict(std::move(history), log), Catch::Matchers::StartsWith(expected));
}

const std::vector<FinalEvent> two_events{{11, cash}, {12, cash}};
const auto first = written(1, 4, 11, 1, 1);
const auto second = written(5, 8, 12, 2, 2);

}  // namespace

TEST_CASE("an honest history is linearizable, operations at once in whichever order fits") {
  check_verdict({first, second}, two_events, "linearizable");
  check_verdict({first, written(2, 8, 12, 2, 2), head(3, 7, 0), head(5, 6, 1), head(9, 10, 2)}, two_events,
                "linearizable");
  check_verdict(
      {written(1, 10, 11, 1, 1), written(2, 9, 12, 2, 2), contents(3, 4, {}), contents(5, 6, {11}), log_head(7, 8, 2)},
      two_events, "linearizable");
  check_verdict({first, second, refused(2, 9, 13, 7, 1)}, two_events, "linearizable");
}

TEST_CASE("a stale read after an acknowledged append is noticed") {
  check_verdict({first, head(5, 6, 0)}, {{11, cash}}, "fits no state");
  check_verdict({first, second, contents(9, 10, {11})}, two_events, "fits no state");
  check_verdict({first, second, log_head(9, 10, 1)}, two_events, "fits no state");
}

TEST_CASE("a read of what was appended later is noticed") {
  check_verdict({first, written(7, 8, 12, 2, 2), head(5, 6, 2)}, two_events, "stands before what was answered");
}

TEST_CASE("two reads in turn of which the second sees less are noticed") {
  check_verdict({written(1, 9, 11, 1, 1), head(2, 3, 1), head(4, 5, 0)}, {{11, cash}}, "fits no state");
}

TEST_CASE("a read of half a commit is noticed") {
  auto both = written(1, 9, 11, 1, 1);
  both.streams = {cash, cash};
  both.versions = {1, 2};
  both.positions = {1, 2};
  const std::vector<FinalEvent> log{{11, cash}, {11, cash}};
  check_verdict({both, log_head(2, 3, 2)}, log, "linearizable");
  check_verdict({both, log_head(2, 3, 1)}, log, "fits no state");
  check_verdict({both, contents(2, 3, {11})}, log, "fits no state");
}

TEST_CASE("a read of what the stream never held is noticed") {
  check_verdict({first, second, contents(9, 10, {12, 11})}, two_events, "not what the stream holds");
  check_verdict({first, second, contents(9, 10, {11, 12, 12})}, two_events, "not what the stream holds");
}

TEST_CASE("two winners of one version are noticed") {
  const std::vector<Operation::Expected> empty{{cash, ExpectedVersion::no_stream()}};
  check_verdict({written(1, 4, 11, 1, 1, empty), written(2, 3, 12, 1, 2, empty)}, two_events,
                "not where the log has it");
  check_verdict({written(1, 4, 11, 1, 1, empty), written(2, 3, 12, 2, 2, empty)}, two_events,
                "its expectations did not hold");
}

TEST_CASE("a refusal for what was never true while it was under way is noticed") {
  check_verdict({first, second, refused(9, 10, 13, 0, 1)}, two_events, "fits no state");
  check_verdict({first, refused(2, 3, 13, 7, 2), written(5, 8, 12, 2, 2)}, two_events,
                "stands before what was answered");
  check_verdict({first, second, refused(6, 7, 13, 1, 1)}, two_events, "fits no state");
  check_verdict({first, second, refused(2, 9, 13, 7, 5)}, two_events, "fits no state");
}

TEST_CASE("a refusal without a reason, or with one of several, is noticed") {
  auto refusal = refused(9, 10, 13, 7, 2);
  refusal.expectations.push_back({card, ExpectedVersion::stream_exists()});
  check_verdict({first, second, refusal}, two_events, "fits no state");
  refusal.conflicts.push_back({card, 0});
  check_verdict({first, second, refusal}, two_events, "linearizable");
  refusal.conflicts.clear();
  check_verdict({first, second, refusal}, two_events, "fits no state");
}

TEST_CASE("positions against the order of time are noticed") {
  check_verdict({written(1, 2, 12, 2, 2), written(3, 4, 11, 1, 1)}, two_events, "stands before what was answered");
}

TEST_CASE("an acknowledged event that was lost is noticed") {
  check_verdict({first, second}, {{11, cash}}, "lost");
  check_verdict({first}, {}, "lost");
}

TEST_CASE("an event that nobody appended, or that was refused, is noticed") {
  check_verdict({first}, two_events, "nobody was told");
  check_verdict({first, refused(5, 8, 12, 7, 1)}, two_events, "nobody was told");
  auto not_done = unknown(5, 8, 12);
  not_done.answer = Answer::not_done;
  check_verdict({first, not_done}, two_events, "nobody was told");
}

TEST_CASE("a commit in two pieces, short, or in another stream is noticed") {
  auto both = written(1, 4, 11, 1, 1);
  both.streams = {cash, cash};
  both.versions = {1, 3};
  both.positions = {1, 3};
  check_verdict({both, written(2, 3, 12, 2, 2)}, {{11, cash}, {12, cash}, {11, cash}},
                "a commit stands in the log in two");
  both.versions = {1, 2};
  both.positions = {1, 2};
  check_verdict({both}, {{11, cash}}, "not where the log has it");
  check_verdict({first}, {{11, card}}, "not where the log has it");
}

TEST_CASE("a retry that writes again, or is told other places, is noticed") {
  auto again = first;
  again.called = 5;
  again.answered = 6;
  check_verdict({first, again}, {{11, cash}}, "written twice");
  again.answer = Answer::already_there;
  check_verdict({first, again}, {{11, cash}}, "linearizable");
  again.versions = {2};
  check_verdict({first, again}, {{11, cash}}, "not where the log has it");
}

TEST_CASE("a retry that is answered before the first try was called is noticed") {
  auto early = written(1, 2, 11, 1, 1);
  early.answer = Answer::already_there;
  check_verdict({early, written(3, 4, 11, 1, 1)}, {{11, cash}}, "stands before what was answered");
}

TEST_CASE("a retry that is refused although the first try holds is noticed") {
  auto refusal = refused(5, 6, 11, 0, 1);
  refusal.expectations = {{cash, ExpectedVersion::no_stream()}};
  check_verdict({first, refusal}, {{11, cash}}, "fits no state");
}

TEST_CASE("what is unknown may have happened or not, but not before it was called, and not twice") {
  check_verdict({first, unknown(5, 8, 12)}, two_events, "linearizable");
  check_verdict({first, unknown(5, 8, 12)}, {{11, cash}}, "linearizable");
  check_verdict({first, unknown(5, 6, 12), head(7, 8, 1), head(9, 10, 2)}, two_events, "linearizable");
  check_verdict({first, unknown(5, 6, 12), head(7, 8, 2), head(9, 10, 1)}, two_events, "fits no state");
  check_verdict({first, unknown(7, 8, 12), head(5, 6, 2)}, two_events, "stands before what was answered");
  auto in_vain = unknown(5, 8, 12);
  in_vain.expectations = {{cash, ExpectedVersion::no_stream()}};
  check_verdict({first, in_vain}, two_events, "its expectations did not hold");
}

TEST_CASE("an answer before its call is noticed") {
  check_verdict({written(4, 1, 11, 1, 1)}, {{11, cash}}, "answered before it was called");
}

}  // namespace forgery_test
