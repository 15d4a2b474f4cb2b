// Indexes of every kind: that they are there, are used, and follow what is written.
#include "collections/library.hpp"

using namespace library;

namespace {

std::vector<string> find_words(const Library& library, const string& words) {
  return library.texts(
      "SELECT title FROM books WHERE _row IN (SELECT rowid FROM books_text WHERE books_text MATCH ?1) ORDER BY title",
      {words});
}

std::vector<string> find_near(const Library& library, double longitude, double latitude) {
  return library.texts(
      "SELECT title FROM books JOIN books_location ON id = _row WHERE min_longitude >= ?1 - 0.5 AND max_longitude <= "
      "?1 + "
      "0.5 AND min_latitude >= ?2 - 0.5 AND max_latitude <= ?2 + 0.5 ORDER BY title",
      {longitude, latitude});
}

string plan_of(const Library& library, const string& sql) {
  const auto steps = library.collections->rows("EXPLAIN QUERY PLAN " + sql);
  if (!steps) FAIL(steps.error().message());
  string plan;
  for (const auto& step : *steps) plan += std::get<string>(step.back()) + "; ";
  return plan;
}

Book placed(string title, double longitude, double latitude) {
  auto made = book(std::move(title));
  made.place = Place{longitude, latitude};
  return made;
}

}  // namespace

TEST_CASE("every plain index but that of _id starts with organization_id", "[collections][index]") {
  const Library library;
  const auto names = library.texts(
      "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND name <> 'books_by__id' ORDER BY "
      "name");
  CHECK(names == std::vector<string>{"books_by_binding_fragile", "books_by_created_at", "books_by_demand_rank",
                                     "books_by_publisher_edition_year"});
  for (const auto& name : names)
    CHECK(library.texts("SELECT name FROM pragma_index_info(?1) WHERE seqno = 0", {name}) ==
          std::vector<string>{"organization_id"});
}

TEST_CASE("queries of an organization use the indexes", "[collections][index]") {
  const Library library;
  const string from = "SELECT title FROM books WHERE organization_id = 'org-1' AND ";
  CHECK_THAT(plan_of(library, from + "created_at >= '2026'"), Catch::Contains("books_by_created_at"));
  CHECK_THAT(plan_of(library, from + "publisher = 'x' AND edition_year > 3"),
             Catch::Contains("books_by_publisher_edition_year"));
  CHECK_THAT(plan_of(library, from + "demand_rank >= 2"), Catch::Contains("books_by_demand_rank"));
  CHECK_THAT(plan_of(library, from + "json_extract(binding, '$.fragile') = 1"),
             Catch::Contains("books_by_binding_fragile"));
  CHECK_THAT(plan_of(library, "SELECT title FROM books WHERE _id = 'x'"), Catch::Contains("USING INDEX"));
}

TEST_CASE("full text is found without case and accents", "[collections][index]") {
  Library library;
  library.write({put("1", book("Crème Brûlée für Anfänger")), put("2", book("Cooking with fire"))});
  for (const auto* const words : {"creme", "CRÈME", "\"brulee fur\"", "anfanger", "brûlée AND crème"}) {
    CAPTURE(words);
    CHECK(find_words(library, words) == std::vector<string>{"Crème Brûlée für Anfänger"});
  }
  CHECK(find_words(library, "creme OR fire").size() == 2);
  CHECK(find_words(library, "bru").empty());
}

TEST_CASE("full text follows updates, patches and removals", "[collections][index]") {
  Library library;
  library.write({put("1", book("alpha")), put("2", book("beta")), put("3", book("gamma"))});
  library.write({put("1", book("delta")), removal("2")});
  library.write(
      {{es::DocumentWrite::Kind::patch, "3", "org-1", {}, {field(library.shape, "title", string{"epsilon"})}}});
  CHECK(find_words(library, "alpha OR beta OR gamma").empty());
  CHECK(find_words(library, "delta OR epsilon") == std::vector<string>{"delta", "epsilon"});
  CHECK(library.collections->rows("INSERT INTO books_text(books_text) VALUES ('integrity-check')"));
}

TEST_CASE("a place is found by a box, and follows what is written", "[collections][index]") {
  Library library;
  library.write({put("1", placed("hamburg", 9.99, 53.55)), put("2", placed("sydney", 151.21, -33.87)),
                 put("3", book("nowhere"))});
  CHECK(find_near(library, 10, 53.5) == std::vector<string>{"hamburg"});
  library.write({put("1", placed("moved to sydney", 151.2, -33.9)), put("3", placed("arrived", 10, 53.4))});
  CHECK(find_near(library, 10, 53.5) == std::vector<string>{"arrived"});
  CHECK(find_near(library, 151, -34) == std::vector<string>{"moved to sydney", "sydney"});
  library.write({removal("2"), put("3", book("gone again"))});
  CHECK(find_near(library, 10, 53.5).empty());
  CHECK(find_near(library, 151, -34) == std::vector<string>{"moved to sydney"});
}

TEST_CASE("a rank orders an enumeration as it was declared", "[collections][index]") {
  Library library;
  for (const auto demand : {Demand::normal, Demand::high, Demand::low}) {
    auto each = book(string{to_string(demand)});
    each.demand = demand;
    library.write({put(each.title, each)});
  }
  CHECK(library.texts("SELECT title FROM books ORDER BY demand_rank DESC") ==
        std::vector<string>{"high", "normal", "low"});
}

TEST_CASE("a nested flag is found through its index", "[collections][index]") {
  Library library;
  auto fragile = book("fragile");
  fragile.binding = Binding{"glass", true};
  auto sturdy = book("sturdy");
  sturdy.binding = Binding{};
  library.write({put("1", fragile), put("2", sturdy), put("3", book("unbound"))});
  CHECK(library.texts(
            "SELECT title FROM books WHERE organization_id = 'org-1' AND json_extract(binding, '$.fragile') = 1") ==
        std::vector<string>{"fragile"});
}

TEST_CASE("indexes made after the documents know them all", "[collections][index]") {
  Library library{false};
  CHECK(
      library.texts("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'books_parts_%'").empty());
  library.write({put("1", placed("hamburg", 9.99, 53.55)), put("2", book("elsewhere"))});
  REQUIRE(library.collections->finish(library.shape,
                                      library.collections->checkpoint(library.shape.name)->value().position));
  CHECK_FALSE((*library.collections->checkpoint("books"))->building);
  CHECK(find_words(library, "elsewhere").size() == 1);
  CHECK(find_near(library, 10, 53.5) == std::vector<string>{"hamburg"});
  library.write({put("1", book("not hamburg"))});
  CHECK(find_near(library, 10, 53.5).empty());
}

TEST_CASE("VACUUM does no harm to words and places", "[collections][index]") {
  Library library;
  for (int n = 0; n < 50; ++n) library.write({put(std::to_string(n), placed("title " + std::to_string(n), n, n))});
  for (int n = 0; n < 50; n += 2) library.write({removal(std::to_string(n))});
  REQUIRE(library.collections->rows("VACUUM"));
  CHECK(find_words(library, "41") == std::vector<string>{"title 41"});
  CHECK(find_words(library, "40").empty());
  CHECK(find_near(library, 31, 31) == std::vector<string>{"title 31"});
  library.write({put("41", placed("renamed", 31, 31))});
  CHECK(find_words(library, "41").empty());
  CHECK(find_near(library, 31, 31) == std::vector<string>{"renamed", "title 31"});
}
