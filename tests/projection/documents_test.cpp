// A projection's documents, asked in its own words, from any engine.
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/projection/documents.hpp>

#include "projection/bank_worker.hpp"

namespace documents_test {

using namespace bank;

namespace {

using Document = Balances::Document;

template <class T> T good(es::Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}

void ask(es::Collections& collections) {
  Office office;
  office.make_up(20, 300);
  run(office, collections, {&office.balances});
  const es::Documents<Balances> even{collections, "even"};
  CHECK(good(even.count()) == 10);
  CHECK(good(es::Documents<Balances>{collections, "nobody"}.count()) == 0);
  const auto latest = good(even.newest<&Document::position>(3));
  REQUIRE(latest.documents.size() == 3);
  CHECK(latest.documents[0].position > latest.documents[1].position);
  const auto older = good(even.newest<&Document::position>(100, latest.next_cursor));
  CHECK(older.documents.size() == 7);
  CHECK(older.next_cursor.empty());
  CHECK(older.documents.front().position < latest.documents.back().position);
  const auto first = good(even.get("0"));
  REQUIRE(first);
  CHECK(good(even.where<&Document::position>(first->position).count()) == 1);
  CHECK(good(even.where_less<&Document::cents>(0).count()) + good(even.where_at_least<&Document::cents>(0).count()) ==
        10);
  const auto days = good(even.sums_by<es::Period::day, &Document::opened_at, &Document::version>());
  REQUIRE(days.size() == 1);
  CHECK(days.front().name == "2026-01-27");
  CHECK(days.front().documents == 10);
}

}  // namespace

TEST_CASE("a projection's documents are asked by their members", "[projection][documents]") {
  es::MemoryCollections in_memory;
  ask(in_memory);
  ask(*open_collections());
}

TEST_CASE("a worker brings collections in memory to where SQLite's are", "[projection][documents]") {
  Office office;
  office.make_up(7, 200);
  es::MemoryCollections in_memory;
  const auto in_sqlite = open_collections();
  run(office, in_memory, office.all(), 16);
  run(office, *in_sqlite, office.all(), 16);
  for (const auto* const projection : office.all())
    for (const auto* const organization : {"even", "odd", "default"}) {
      CAPTURE(projection->name(), organization);
      const auto from = [&](es::Collections& collections) {
        return good(collections.find(projection->shape, organization, {{}, {}, {}, 1000})).documents;
      };
      CHECK(from(in_memory) == from(*in_sqlite));
    }
}

}  // namespace documents_test
