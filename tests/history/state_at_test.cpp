// An account as it was: at a version, at a time, and now.
#include <eventstore/history/state_at.hpp>

#include "aggregate/snapshot_bank.hpp"

namespace state_at_test {

using namespace bank;

namespace {

struct Past {
  Bank bank;
  es::AggregateType type = es::aggregate<Account>();
  es::SchemaReader schemas{bank.log};
  es::StreamId stream = *es::StreamId::of("account", "ada");

  // Opened at noon; 1, 2, 4, 8… cents come in, each that many seconds after noon.
  explicit Past(const std::vector<std::int64_t>& seconds) {
    bank.record("ada", Opened{.owner = "ada"});
    std::int64_t cents = 1;
    for (const auto second : seconds) {
      bank.clock.set(noon.plus_seconds(second));
      bank.record("ada", Deposited{cents});
      cents *= 2;
    }
  }

  es::Result<std::unique_ptr<es::AnyState>> at(const es::Moment& moment) {
    return es::state_at(bank.log, schemas, type, stream, moment);
  }
  es::Result<std::unique_ptr<es::AnyState>> at(es::Timestamp time) { return at(es::AtTime{time}); }
  static std::int64_t cents(const es::Result<std::unique_ptr<es::AnyState>>& state) {
    if (!state) FAIL(state.error().message());
    return (*state)->as<Account::State>()->cents;
  }
  static es::Error error(const es::Result<std::unique_ptr<es::AnyState>>& state) {
    if (state) FAIL("expected an error");
    return state.error();
  }
};

}  // namespace

TEST_CASE("a state at a version has folded exactly that many events", "[history]") {
  Past past{{10, 20, 30}};
  CHECK(Past::cents(past.at(es::Version{1})) == 0);
  CHECK(Past::cents(past.at(es::Version{3})) == 3);
  CHECK(Past::cents(past.at(es::Version{4})) == 7);
  const auto state = past.at(es::Version{3});
  CHECK((*state)->version == es::Version{3});
  CHECK((*state)->position == es::Position{3});
  CHECK((*state)->created_at == noon);
  CHECK((*state)->updated_at == noon.plus_seconds(20));
}

TEST_CASE("a version that the stream never had is not found, with where it ends", "[history]") {
  Past past{{10}};
  const auto later = Past::error(past.at(es::Version{3}));
  CHECK(later.code == es::Errc::not_found);
  CHECK_THAT(later.message(), Catch::Contains("version 2"));
  CHECK(Past::error(past.at(es::Version{0})).code == es::Errc::not_found);
}

TEST_CASE("a state at a time holds what was created up to and with it", "[history]") {
  Past past{{10, 20, 30}};
  CHECK(Past::cents(past.at(noon)) == 0);
  CHECK(Past::cents(past.at(noon.plus_seconds(19))) == 1);
  CHECK(Past::cents(past.at(noon.plus_seconds(20))) == 3);
  CHECK(Past::cents(past.at(noon.plus_seconds(3600))) == 7);
}

TEST_CASE("a time before the stream began is not found", "[history]") {
  Past past{{10}};
  const auto error = Past::error(past.at(noon.plus_seconds(-1)));
  CHECK(error.code == es::Errc::not_found);
  CHECK_THAT(error.message(), Catch::Contains("2026-01-27T11:59:59.000000Z"));
}

TEST_CASE("a clock that ran backwards does not take an event out of the middle", "[history]") {
  // 40 stands before 20: at 30 the account held 1 and never 1 + 4.
  Past past{{10, 40, 20, 50}};
  CHECK(Past::cents(past.at(noon.plus_seconds(30))) == 1);
  CHECK(Past::cents(past.at(noon.plus_seconds(40))) == 7);
  CHECK(Past::cents(past.at(noon.plus_seconds(49))) == 7);
  CHECK(Past::cents(past.at(noon.plus_seconds(50))) == 15);
}

TEST_CASE("a stream whose first event is its latest has no earlier state", "[history]") {
  Past past{{-100}};
  CHECK(Past::error(past.at(noon.plus_seconds(-50))).code == es::Errc::not_found);
  CHECK(Past::cents(past.at(noon)) == 1);
}

TEST_CASE("a stream that does not exist is not found, however it is asked for", "[history]") {
  Past past{{}};
  past.stream = *es::StreamId::of("account", "bob");
  CHECK(Past::error(past.at(es::Version{1})).code == es::Errc::not_found);
  CHECK(Past::error(past.at(noon)).code == es::Errc::not_found);
  const auto now = Past::error(past.at(es::Present{}));
  CHECK(now.code == es::Errc::not_found);
  CHECK(now.where == "account-bob");
}

TEST_CASE("the state now is the state at the last version, over many pages", "[history]") {
  Past past{std::vector<std::int64_t>(40, 5)};
  for (int n = 0; n < 2500; ++n) past.bank.record("ada", Withdrawn{1});
  const auto now = past.at(es::Present{});
  CHECK(Past::cents(now) == (std::int64_t{1} << 40) - 1 - 2500);
  CHECK((*now)->version == es::Version{2541});
  CHECK(Past::cents(past.at(noon.plus_seconds(5))) == Past::cents(now));
  CHECK(Past::cents(past.at(es::Version{2000})) == (std::int64_t{1} << 40) - 1 - 1959);
}

TEST_CASE("with snapshots a state at any version or time is the same", "[history][snapshot]") {
  SnapshotBank bank{es::SnapshotPolicy::every(5)};
  bank.record("ada", Opened{.owner = "ada"});
  for (int i = 0; i < 40; ++i) {
    bank.clock.set(noon.plus_seconds(i % 7 == 3 ? 10 * i + 100 : 10 * i));  // now and then ahead of the next
    bank.record("ada", Deposited{1 + i});
    (void)bank.load();
  }
  REQUIRE(bank.versions().size() > 2);
  const auto type = es::aggregate<Account>(code);
  const es::SchemaReader schemas{bank.log};
  const auto check = [&](const es::Moment& moment) {
    const auto with = es::state_at(bank.log, schemas, type, bank.stream(), moment, &bank.snapshots);
    const auto without = es::state_at(bank.log, schemas, type, bank.stream(), moment);
    REQUIRE(with.has_value() == without.has_value());
    if (!with) return;
    CHECK(*(*with)->as<Account::State>() == *(*without)->as<Account::State>());
    CHECK((*with)->version == (*without)->version);
    CHECK((*with)->updated_at == (*without)->updated_at);
  };
  const auto used = bank.snapshots.counts().used;
  for (std::uint64_t version = 0; version < 45; ++version) check(es::Version{version});
  for (std::int64_t second = -1; second < 500; second += 7) check(es::AtTime{noon.plus_seconds(second)});
  CHECK(bank.snapshots.counts().used > used + 40);
}

}  // namespace state_at_test
