// Every schema under which a claim was ever recorded is still read, and those of today are locked.
#include <eventstore/aggregate/claim_record.hpp>
#include <eventstore/aggregate/lock.hpp>
#include <eventstore/schema/lock_file.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace claim_record_lock_test {

namespace es = eventstore;

namespace {

constexpr es::LockedSchema locked[] = {
#include "aggregate/claim_record.lock"
};
static_assert(es::check_lock<es::ClaimRecord, locked>());

}  // namespace

TEST_CASE("every schema of a claim is locked", "[unique][lock]") {
  std::ifstream file{EVENTSTORE_CLAIM_LOCK};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  REQUIRE(file.is_open());
  const auto all = es::check_all_locked(text, es::claim_records().events);
  if (!all) FAIL_CHECK(all.error().message());
}

}  // namespace claim_record_lock_test
