// Every schema under which a reaction's notes were ever written is still read, and those of today are locked.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/lock.hpp>
#include <eventstore/projection/reaction_record.hpp>
#include <eventstore/schema/lock_file.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace reaction_record_lock_test {

namespace es = eventstore;

namespace {

constexpr es::LockedSchema locked[] = {
#include "projection/reaction_record.lock"
};
static_assert(es::check_lock<es::ReactionRecord, locked>());

}  // namespace

TEST_CASE("every schema of a reaction's notes is locked", "[react][lock]") {
  std::ifstream file{EVENTSTORE_REACTION_LOCK};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  REQUIRE(file.is_open());
  const auto all = es::check_all_locked(text, es::aggregate<es::ReactionRecord>().events);
  if (!all) FAIL_CHECK(all.error().message());
}

}  // namespace reaction_record_lock_test
