// given(…).with<Other>(…).when(…): decisions that rest on other aggregates.
#include <eventstore/testing/given.hpp>

#include <catch2/catch.hpp>
#include <sstream>

#include "aggregate/dispatch.hpp"

namespace given_others_test {

using namespace eventstore;
using namespace dispatch;
using testing::given;

namespace {

std::string found(const testing::Verdict& verdict) {
  std::ostringstream out;
  out << verdict;
  return out.str();
}

}  // namespace

TEST_CASE("a decision gets the other aggregates that were given", "[given][others]") {
  const auto job = given<Job>(Posted{"customer"});
  CHECK(job.when(Assign{"ada"}).is_refused_with("nobody"));
  auto with_ada = job;
  with_ada.with<Agent>("ada", Hired{"ada"});
  CHECK(with_ada.when(Assign{"ada"}).is(commit(Assigned{"ada"}).also<Agent>("ada", JobTaken{"a job"})));
  CHECK(with_ada.when(Assign{"ada"}).state().agent == "ada");
  CHECK(with_ada.when(Assign{"bob"}).is_refused_with("nobody"));
  with_ada.with<Agent>("ada", Deactivated{});
  CHECK(with_ada.when(Assign{"ada"}).is_refused("the agent is not active"));
  CHECK(given<Job>().with<Agent>("ada", Hired{"ada"}).when(PostFor{"c", "ada"}).is(Posted{"c"}, Assigned{"ada"}));
}

TEST_CASE("keys of the state are asked for as in a store", "[given][others]") {
  const auto job = given<Job>(Posted{"customer"}, Assigned{"ada"}).with<Agent>("ada", Hired{"ada"});
  CHECK(testing::Given<Job>{job}
            .with<Agent>("bob", Hired{"bob"})
            .when(HandOver{"bob"})
            .is(commit(Assigned{"bob"}).also<Agent>("bob", JobTaken{"handed over"})));
  CHECK(testing::Given<Job>{job}.when(HandOver{"bob"}).is_refused("there is no such agent"));
  CHECK(testing::Given<Job>{job}.when(Follow{"given"}).is_nothing());  // itself
  CHECK_THROWS_AS(testing::Given<Job>{job}.when(Peek{"ada"}), std::logic_error);
}

TEST_CASE("a verdict tells the events of other aggregates apart by their streams", "[given][others]") {
  const auto taken = given<Job>(Posted{"c"}).with<Agent>("ada", Hired{"ada"}).when(Assign{"ada"});
  CHECK(found(taken.is(Assigned{"ada"})) ==
        R"(expected JobAssigned {"agent":"ada"}, found JobAssigned {"agent":"ada"}, AgentJobTaken {"job":"a job"} on )"
        "agent-ada");
  CHECK_FALSE(taken.is(commit(Assigned{"ada"}).also<Agent>("bob", JobTaken{"a job"})));
  CHECK_FALSE(taken.is(commit(Assigned{"ada"}).also<Agent>("ada", JobTaken{"another"})));
  CHECK_FALSE(taken.is_nothing());
  CHECK(given<Job>().when(Note{"daily", "x"}).is(commit().also<Ledger>("daily", Noted{"x"}, Noted{"x again"})));
}

}  // namespace given_others_test
