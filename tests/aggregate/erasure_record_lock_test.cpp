// Every schema under which an erasure was ever recorded is still read, and those of today are locked.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/aggregate/lock.hpp>
#include <eventstore/schema/lock_file.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace erasure_record_lock_test {

namespace es = eventstore;

namespace {

constexpr es::LockedSchema locked[] = {
#include "aggregate/erasure_record.lock"
};
static_assert(es::check_lock<es::ErasureRecord, locked>());

}  // namespace

TEST_CASE("every schema of an erasure is locked", "[erasure][lock]") {
  std::ifstream file{EVENTSTORE_ERASURE_LOCK};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  REQUIRE(file.is_open());
  const auto all = es::check_all_locked(text, es::aggregate<es::ErasureRecord>().events);
  if (!all) FAIL_CHECK(all.error().message());
}

}  // namespace erasure_record_lock_test
