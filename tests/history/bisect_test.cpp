// The versions of streams at which a predicate holds.
#include <fmt/format.h>

#include "aggregate/snapshot_bank.hpp"
#include "history/shop.hpp"

namespace bisect_test {

using namespace shop;

namespace {

es::Predicate predicate_of(const string& text) {
  auto predicate = es::Predicate::parse(text, type());
  if (!predicate) FAIL(predicate.error().message());
  return *predicate;
}

struct Market : Log {
  // Events that count up to `last` from 1.
  void fill(const string& stream, int64_t last) {
    for (int64_t i = 1; i <= last; ++i) {
      clock.set(clock.now().plus_seconds(1));
      record(stream, Touched{1});
    }
  }
  std::vector<uint64_t> versions(const string& text, const string& stream = "shop-1", bool all = true) {
    es::PredicateCheck check{predicate_of(text), schemas};
    std::vector<uint64_t> found;
    const auto asked = es::bisect(log, schemas, type(), *es::StreamId::parse(stream), check, [&](const es::Step& step) {
      found.push_back(step.event.version.value);
      return all;
    });
    if (!asked) FAIL(asked.error().message());
    return found;
  }
  std::optional<uint64_t> halved(const string& text, const string& stream = "shop-1") {
    es::PredicateCheck check{predicate_of(text), schemas};
    const auto found = es::bisect_halving(log, schemas, type(), *es::StreamId::parse(stream), check);
    if (!found) FAIL(found.error().message());
    return *found ? std::optional{(*found)->version.value} : std::nullopt;
  }
  std::vector<string> streams(const string& text, es::CategorySearch search, es::CategoryFound* counts = nullptr) {
    std::vector<string> found;
    const auto all = es::bisect_category(log, schemas, type(), predicate_of(text), search,
                                         [&](const es::FoundStep& one) -> es::Result<void> {
                                           found.push_back(fmt::format("{}@{}", one.stream, one.version.value));
                                           return {};
                                         });
    if (!all) FAIL(all.error().message());
    if (!search.all_versions) CHECK(all->found == found.size());
    if (counts != nullptr) *counts = *all;
    return found;
  }
};

}  // namespace

TEST_CASE("bisect finds each version at which a predicate holds", "[bisect]") {
  Market market;
  market.fill("shop-1", 9);
  CHECK(market.versions("big == 4 or big > 7") == std::vector<uint64_t>{4, 8, 9});
  CHECK(market.versions("big == 4 or big > 7", "shop-1", false) == std::vector<uint64_t>{4});
  CHECK(market.versions("big > 9").empty());
  CHECK(market.versions("big > 0", "shop-2").empty());
  CHECK(market.versions("not exists previous") == std::vector<uint64_t>{1});
}

TEST_CASE("what is found says which event it was and what it changed", "[bisect]") {
  Market market;
  market.fill("shop-1", 3);
  es::PredicateCheck check{predicate_of("big == 3"), market.schemas};
  std::optional<es::FoundStep> found;
  const auto keep = [&](const es::Step& step) {
    found = es::found_step(step);
    return false;
  };
  REQUIRE(es::bisect(market.log, market.schemas, type(), *es::StreamId::parse("shop-1"), check, keep));
  REQUIRE(found);
  CHECK(found->stream == "shop-1");
  CHECK(found->event_type == "FactsTouched");
  CHECK(found->position == es::Position{3});
  CHECK(found->organization == "default");
  CHECK(found->changes.to_json() == R"({"before":{"big":2},"after":{"big":3}})");
}

TEST_CASE("halving finds the same first version for a predicate that goes on to hold", "[bisect]") {
  for (const int64_t length : {1, 2, 3, 10, 100}) {
    Market market;
    market.fill("shop-1", length);
    for (int64_t first = 1; first <= length + 1; ++first) {
      const auto text =
          fmt::format("big >= {} and (event.version == 1 or previous.version + 1 == event.version)", first);
      const auto every = market.versions(text, "shop-1", false);
      CHECK(market.halved(text) == (every.empty() ? std::nullopt : std::optional{every.front()}));
    }
  }
  Market empty;
  CHECK_FALSE(empty.halved("big > 0"));
}

TEST_CASE("halving begins at snapshots where there are some", "[bisect][snapshot]") {
  bank::SnapshotBank bank{es::SnapshotPolicy::every(100)};
  bank.make(500);
  bank.deposit(500);
  const auto account = es::aggregate<bank::Account>(bank::code);
  const es::SchemaReader schemas{bank.log};
  const auto predicate = es::Predicate::parse("cents >= 990 and event.data.cents == 1", account);
  REQUIRE(predicate);
  es::PredicateCheck check{*predicate, schemas};
  const auto used = bank.snapshots.counts().used;
  const auto found = es::bisect_halving(bank.log, schemas, account, bank.stream(), check, &bank.snapshots);
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->version == es::Version{991});
  CHECK(bank.snapshots.counts().used > used);
}

TEST_CASE("a search of a category gives streams in the order of their names for any number of threads", "[bisect]") {
  Market market;
  std::vector<string> expected;
  for (int i = 0; i < 700; ++i) {
    const auto stream = fmt::format("{}-{:04}", i % 2 == 0 ? "shop" : "kiosk", i);
    market.fill(stream, 1 + i % 5);
    if (i % 5 >= 2) expected.push_back(stream + "@3");
  }
  market.record("stand-1", Touched{3});
  std::sort(expected.begin(), expected.end());
  for (const unsigned threads : {1U, 2U, 8U}) {
    es::CategoryFound counts;
    CHECK(market.streams("big >= 3", {.threads = threads}, &counts) == expected);
    CHECK(counts.streams == 700);
    CHECK(counts.versions == 700 + 560 + 420);
  }
  CHECK(market.streams("big > 3", {.organization = "nobody"}).empty());
  CHECK(market.streams("big == 5", {.organization = "default"}).size() == 140);
}

TEST_CASE("a search for every version gives them in order and counts streams however many there are", "[bisect]") {
  Market market;
  std::vector<string> expected;
  for (int i = 0; i < 300; ++i) {
    const auto stream = fmt::format("shop-{:04}", i);
    const auto last = i % 100 == 7 ? 2'500 : 2;
    market.fill(stream, last);
    for (int version = 2; version <= last; ++version) expected.push_back(fmt::format("{}@{}", stream, version));
  }
  for (const unsigned threads : {1U, 2U, 8U}) {
    es::CategoryFound counts;
    CHECK(market.streams("big > 1", {.all_versions = true, .threads = threads}, &counts) == expected);
    CHECK(counts.found == 300);
    CHECK(counts.versions == 297 * 2 + 3 * 2'500);
  }
}

TEST_CASE("a search ends with the error of the first stream that has one", "[bisect]") {
  Market market;
  for (int i = 0; i < 400; ++i) {
    const auto stream = fmt::format("shop-{:04}", i);
    if (i % 100 == 50)
      market.record(stream, es::schema_of<Touched>(), es::as_bytes("x"), es::Codec::binary);
    else
      market.fill(stream, 1);
  }
  for (const unsigned threads : {1U, 8U}) {
    std::size_t found = 0;
    const auto all = es::bisect_category(market.log, market.schemas, type(), predicate_of("big == 1"),
                                         {.threads = threads}, [&](const es::FoundStep&) -> es::Result<void> {
                                           ++found;
                                           return {};
                                         });
    REQUIRE_FALSE(all);
    CHECK(found == 50);
    CHECK_THAT(all.error().message(), Catch::Contains("shop-0050"));
  }
}

TEST_CASE("a search ends with the error of whoever takes what it finds", "[bisect]") {
  Market market;
  for (int i = 0; i < 300; ++i) market.fill(fmt::format("shop-{:04}", i), 1);
  std::size_t found = 0;
  market.fill("shop-0001", 3'000);
  const auto all =
      es::bisect_category(market.log, market.schemas, type(), predicate_of("big >= 1"),
                          {.all_versions = true, .threads = 2}, [&](const es::FoundStep&) -> es::Result<void> {
                            if (++found == 7) return es::failure(Errc::stopped, "print", "", "enough");
                            return {};
                          });
  REQUIRE_FALSE(all);
  CHECK(all.error().code == Errc::stopped);
  CHECK(found == 7);
}

TEST_CASE("a search can be stopped", "[bisect]") {
  Market market;
  for (int i = 0; i < 300; ++i) market.fill(fmt::format("shop-{:04}", i), 2);
  std::stop_source stop;
  stop.request_stop();
  es::PredicateCheck check{predicate_of("big == 9"), market.schemas};
  const auto one = es::bisect(
      market.log, market.schemas, type(), *es::StreamId::parse("shop-0001"), check,
      [](const es::Step&) { return true; }, stop.get_token());
  REQUIRE_FALSE(one);
  CHECK(one.error().code == Errc::stopped);
  const auto all =
      es::bisect_category(market.log, market.schemas, type(), predicate_of("big == 9"), {.stop = stop.get_token()},
                          [](const es::FoundStep&) -> es::Result<void> { return {}; });
  REQUIRE_FALSE(all);
  CHECK(all.error().code == Errc::stopped);
}

}  // namespace bisect_test
