// Two collections in different places, and documents of one stream.
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/projection/document_changes.hpp>
#include <eventstore/projection/stream_documents.hpp>

#include "projection/bank_worker.hpp"

namespace document_changes_test {

using namespace bank;

namespace {

struct Found {
  es::DocumentCounts counts{};
  std::vector<std::string> lines{};
};

Found compare(es::Collections& before, es::Collections& after, const es::ProjectionType& projection) {
  Found found;
  const auto add = [&](const es::DocumentChange& change) -> es::Result<void> {
    found.lines.push_back(std::string{to_string(change.kind)} + " " + change.organization + " " +
                          change.fields.to_json());
    return {};
  };
  const auto counts = es::each_document_change(before, after, projection.shape, add);
  if (!counts) FAIL(counts.error().message());
  found.counts = *counts;
  return found;
}

}  // namespace

TEST_CASE("collections of one log are the same in any place over many pages", "[document-changes]") {
  Office office;
  office.make_up(1700, 3000);
  es::MemoryCollections memory;
  const auto file = open_collections();
  run(office, memory, office.all());
  run(office, *file, office.all());
  for (const auto* const projection : office.all()) {
    const auto found = compare(memory, *file, *projection);
    CHECK(found.lines.empty());
    CHECK(found.counts.same == *file->count(projection->name()));
  }
}

TEST_CASE("documents that differ are told by field and those of one side with all fields", "[document-changes]") {
  Office office;
  office.record("ada", Opened{.owner = "o"});
  office.record("bob", Opened{.owner = "o"}, "other");
  es::MemoryCollections before;
  run(office, before, {&office.balances});
  office.record("ada", Deposited{5});
  office.record("cy", Opened{.owner = "o"});
  es::MemoryCollections after;
  run(office, after, {&office.balances});
  auto found = compare(before, after, office.balances);
  std::ranges::sort(found.lines);
  CHECK(found.counts.same == 1);
  CHECK(found.lines ==
        std::vector<std::string>{R"(added default {"before":{},"after":{"cents":0,"cents_before":0,"version":1,)"
                                 R"("opened_at":"2026-01-27T12:00:04.000000Z","position":4}})",
                                 R"(changed default {"before":{"cents":0,"version":1,"position":1},)"
                                 R"("after":{"cents":5,"version":2,"position":3}})"});
  found = compare(after, before, office.balances);
  CHECK(found.counts.removed == 1);
  CHECK(found.counts.changed == 1);
}

TEST_CASE("an error of the caller ends the comparison and a collection that is missing is one", "[document-changes]") {
  Office office;
  office.make_up(5, 5);
  es::MemoryCollections before;
  es::MemoryCollections nothing;
  run(office, before, {&office.balances});
  const auto full = [](const es::DocumentChange&) { return es::Result<void>{}; };
  const auto missing = es::each_document_change(before, nothing, office.balances.shape, full);
  CHECK(missing.error().code == es::Errc::not_found);
  Office empty;
  run(empty, nothing, {&office.balances});
  const auto refuse = [](const es::DocumentChange&) -> es::Result<void> {
    return es::failure(es::Errc::out_of_space, "write", "rows");
  };
  CHECK(es::each_document_change(before, nothing, office.balances.shape, refuse).error().code ==
        es::Errc::out_of_space);
}

TEST_CASE("the documents of one stream are its share of those that others write too", "[document-changes]") {
  Office office;
  office.record("ada", Opened{.owner = "o"});
  office.record("bob", Opened{.owner = "o"});
  office.record("ada", Deposited{15});
  office.record("bob", Deposited{25});
  es::MemoryCollections ada;
  const auto stream = *es::StreamId::of("account", "ada");
  REQUIRE(es::make_stream_documents(office.log, office.aggregates, office.totals, stream, ada).has_value());
  const auto shown = scanned_documents(ada, office.totals);
  REQUIRE(shown.size() == 1);
  CHECK_THAT(shown.front(), Catch::Contains(R"(1 0.15 "ada")"));
  std::stop_source stop;
  stop.request_stop();
  es::MemoryCollections none;
  CHECK(es::make_stream_documents(office.log, office.aggregates, office.totals, stream, none, stop.get_token())
            .error()
            .code == es::Errc::stopped);
}

}  // namespace document_changes_test
