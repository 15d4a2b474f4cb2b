// What makes a ready-made collection stale: the library's code and the program's aggregates.
#include <set>

#include "projection/library_domain.hpp"

namespace ready_made_staleness_test {

using namespace library;
using Health = es::ProjectionStatus::Health;

namespace {

es::ProjectionStatus status_of(const Town& town, const es::ProjectionType& projection) {
  es::ProjectionWorker worker{town.log, town.aggregates, *town.collections};
  auto status = worker.status(projection);
  if (!status) FAIL(status.error().message());
  return std::move(*status);
}

struct Books : es::AggregateDocuments<Book> {
  static constexpr auto name = "books";
  static std::vector<es::Index> indexes() { return {es::index_on({"title"}), es::full_text_on("reader")}; }
};

// A town whose collections are made, by aggregates with these hashes.
struct MadeTown : Town {
  MadeTown() {
    aggregates = {es::aggregate<bank::Account>("a"), es::aggregate<Book>("b")};
    record("ada", bank::Deposited{7});
    tell("book-1", BookBought{"Emma"});
    (void)rows("SELECT 1");
  }
};

}  // namespace

TEST_CASE("a changed measure makes the collections of everything stale, and the aggregate is named",
          "[projection][ready]") {
  MadeTown town;
  for (const auto& type : town.ready) CHECK(status_of(town, type).health == Health::live);
  town.aggregates = {es::aggregate<bank::Account>("a, measuring otherwise"), es::aggregate<Book>("b")};
  for (const auto& type : town.ready) {
    CAPTURE(type.name());
    const auto found = status_of(town, type);
    const bool reads_it = type.reads_everything();
    CHECK(found.health == (reads_it ? Health::stale : Health::live));
    CHECK(found.reason == (reads_it ? "aggregate account changed" : ""));
  }
  town.aggregates = {es::aggregate<bank::Account>("a"), es::aggregate<Book>("b, evolving otherwise")};
  CHECK(status_of(town, town.ready.back()).reason == "aggregate book changed");
}

TEST_CASE("changed code of the library makes a ready-made collection stale", "[projection][ready]") {
  MadeTown town;
  for (auto type : town.ready) {
    CAPTURE(type.name());
    REQUIRE_FALSE(type.source_hash.empty());
    type.source_hash = es::Uuid::v5(es::Uuid{}, "the code of a later release").to_string();
    const auto found = status_of(town, type);
    CHECK(found.health == Health::stale);
    CHECK(found.reason == "its code changed");
  }
}

TEST_CASE("each ready-made collection goes by a hash of its own code", "[projection][ready]") {
  std::set<string> hashes;
  for (const auto& type : Town{}.ready) hashes.insert(type.source_hash);
  CHECK(hashes.size() == 4);
}

TEST_CASE("the library's hash is counted besides that of a program's own projection", "[projection][ready]") {
  CHECK(es::projection<Books>().source_hash == es::documents<Book>("books").source_hash);
  CHECK(es::projection<Books>("mine").source_hash == "mine+" + es::projection<Books>().source_hash);
}

TEST_CASE("documents of an aggregate in one line are those of a struct with that name and those indexes",
          "[projection][ready]") {
  const std::vector<es::AggregateType> aggregates{es::aggregate<Book>("b")};
  const auto line = es::documents<Book>("books", es::index_on({"title"}), es::full_text_on("reader"));
  CHECK(line.name() == "books");
  CHECK(line.fingerprint(aggregates) == es::projection<Books>().fingerprint(aggregates));
  CHECK(line.passes_over_unknown);
}

}  // namespace ready_made_staleness_test
