// What differs within the fields of a document.
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/projection/document_changes.hpp>

#include "collections/library.hpp"

namespace document_values_test {

using namespace library;

namespace {

void fill(es::MemoryCollections& collections, const es::CollectionShape& shape, const Book& document) {
  REQUIRE(collections.create(shape, shape.name, {es::Position{0}, 7, {}, "first", true}));
  const es::CollectionBatch batch{
      &shape, shape.name, {put("1", document)}, es::Position{0}, {es::Position{1}, 8, {}, "first", false}};
  REQUIRE(collections.commit({&batch, 1}));
}

// The changes of the one document; empty where it is the same.
string changes(const Book& before, const Book& after) {
  const auto shape = books();
  es::MemoryCollections was;
  es::MemoryCollections is;
  fill(was, shape, before);
  fill(is, shape, after);
  string found;
  const auto counts = es::each_document_change(was, is, shape, [&](const es::DocumentChange& change) {
    found = change.fields.to_json();
    return es::Result<void>{};
  });
  REQUIRE(counts);
  CHECK(counts->changed == (found.empty() ? 0 : 1));
  return found;
}

string notes(const string& before, const string& after) {
  auto was = book("Emma");
  auto is = was;
  was.notes = {before};
  is.notes = {after};
  return changes(was, is);
}

}  // namespace

TEST_CASE("of a map and a record in a document what differs is told alone", "[document-changes]") {
  auto was = book("Emma");
  was.pages["one"] = 1;
  was.pages["two"] = 2;
  was.binding = Binding{.material = "cloth", .fragile = true};
  auto is = was;
  is.pages["two"] = 3;
  is.pages["three"] = 3;
  is.binding->fragile = false;
  CHECK(changes(was, is) == R"({"before":{"pages":{"two":2,"three":null},"binding":{"fragile":true}},)"
                            R"("after":{"pages":{"two":3,"three":3},"binding":{"fragile":false}}})");
  CHECK(changes(was, was).empty());
}

TEST_CASE("a field of a document that has no value on one side is null there", "[document-changes]") {
  const auto was = book("Emma");
  auto is = was;
  is.subtitle = "A novel";
  is.binding = Binding{};
  CHECK(changes(was, is) == R"({"before":{"subtitle":null,"binding":null},)"
                            R"("after":{"subtitle":"A novel","binding":{"material":"paper","fragile":false}}})");
}

TEST_CASE("of a list in a document the elements between the equal ends are told by their places",
          "[document-changes]") {
  auto was = book("Emma");
  was.authors = {"a", "b", "z"};
  auto is = was;
  is.authors = {"a", "c", "d", "z"};
  CHECK(changes(was, is) == R"({"before":{"authors":{"1":"b","2":null}},"after":{"authors":{"1":"c","2":"d"}}})");
  is.authors = {};
  CHECK(changes(was, is) == R"({"before":{"authors":{"0":"a","1":"b","2":"z"}},)"
                            R"("after":{"authors":{"0":null,"1":null,"2":null}}})");
}

TEST_CASE("free data in a document is entered and nothing that differs is lost", "[document-changes]") {
  CHECK(notes(R"({"a":{"b":1,"c":[{"d":1}]}})", R"({"a":{"b":1,"c":[{"d":2}]}})") ==
        R"({"before":{"notes":{"a":{"c":{"0":{"d":1}}}}},"after":{"notes":{"a":{"c":{"0":{"d":2}}}}}})");
  CHECK(notes(R"({"a":null})", "{}") == R"({"before":{"notes":{"a":null}},"after":{"notes":{}}})");
  CHECK(notes(R"([null])", "[]") == R"({"before":{"notes":{"0":null}},"after":{"notes":{}}})");
  CHECK(notes(R"({"a":1})", "[1]") == R"({"before":{"notes":{"a":1}},"after":{"notes":[1]}})");
  CHECK(notes(R"({"a":1,"b":2})", R"({"b":2,"a":1})") ==
        R"({"before":{"notes":{"a":1,"b":2}},"after":{"notes":{"b":2,"a":1}}})");
  CHECK(notes(R"({"":"\u0000\""})", R"({"":""})") ==
        R"({"before":{"notes":{"":"\u0000\""}},"after":{"notes":{"":""}}})");
}

TEST_CASE("free data that is nested very deep is compared whole below a depth", "[document-changes]") {
  const auto deep = [](const string& core) {
    string text;
    for (int i = 0; i < 10'000; ++i) text += R"({"a":)";
    return text + core + string(10'000, '}');
  };
  const auto found = notes(deep("1"), deep("2"));
  CHECK(found == R"({"before":{"notes":)" + deep("1") + R"(},"after":{"notes":)" + deep("2") + "}}");
}

}  // namespace document_values_test
