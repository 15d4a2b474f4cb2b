// search_messages: what a person types is never an error of the database.
#include "functions/office.hpp"

using namespace domain;

namespace {

struct Search : Office {
  Search() {
    int n = 0;
    for (const auto* const content :
         {"Your parcel is on its way", "Parcel delayed, sorry", "Délai de livraison", "on the way to you",
          "e-mail me: NEAR here", "50% off* today \"only\"", "Größe L (blue)"})
      record("conversation-c-1", sent("m-" + std::to_string(n++), content));
    metadata.organization = "org-2";
    record("conversation-c-2", sent("foreign", "parcel on its way"));
    run();
  }
  std::vector<string> find(const string& query) {
    auto found = fields(good(functions().search_messages({query, 20, {}})).documents, "message_id");
    std::sort(found.begin(), found.end());
    return found;
  }
};

}  // namespace

TEST_CASE("two words mean both, OR means either, quotes keep words together", "[functions][search]") {
  Search search;
  CHECK(search.find("parcel") == Rows{"m-0", "m-1"});
  CHECK(search.find("parcel way") == Rows{"m-0"});
  CHECK(search.find("way parcel") == Rows{"m-0"});
  CHECK(search.find("delayed OR way") == Rows{"m-0", "m-1", "m-3"});
  CHECK(search.find("\"on the way\"") == Rows{"m-3"});
  CHECK(search.find("\"its way\" OR \"parcel delayed\"") == Rows{"m-0", "m-1"});
  CHECK(search.find("\"its way\" parcel") == Rows{"m-0"});
  CHECK(search.find("\"delayed OR way\"").empty());
  CHECK(search.find("par").empty());
}

TEST_CASE("case and accents make no difference", "[functions][search]") {
  Search search;
  CHECK(search.find("PARCEL DELAYED") == Rows{"m-1"});
  CHECK(search.find("delai") == Rows{"m-2"});
  CHECK(search.find("DÉLAI livraison") == Rows{"m-2"});
  CHECK(search.find("größe") == Rows{"m-6"});
}

TEST_CASE("operators of the database are words here", "[functions][search]") {
  Search search;
  CHECK(search.find("NEAR") == Rows{"m-4"});
  CHECK(search.find("NEAR here") == Rows{"m-4"});
  CHECK(search.find("e-mail") == Rows{"m-4"});
  CHECK(search.find("parcel AND way").empty());
  CHECK(search.find("parcel NOT way").empty());
  CHECK(search.find("50% off*") == Rows{"m-5"});
  CHECK(search.find("(blue)") == Rows{"m-6"});
  CHECK(search.find("parcel -") == Rows{"m-0", "m-1"});
}

TEST_CASE("whatever is typed gives an answer, or says that no word is in it", "[functions][search]") {
  Search search;
  for (const string query : {"-",
                             "\"",
                             "\"\"\"",
                             "*",
                             "parcel*",
                             "^parcel",
                             "NEAR(",
                             "NEAR(a b, 2)",
                             "a:b",
                             "message_content:parcel",
                             "OR",
                             "OR OR",
                             "OR parcel",
                             "parcel OR",
                             "parcel OR OR way",
                             "parcel OR OR",
                             "AND",
                             "NOT x",
                             "(",
                             ")",
                             "{}",
                             "+",
                             "a + b",
                             "\\",
                             "'",
                             "'; DROP TABLE message_logs; --",
                             "\"unfinished",
                             "un\"finished",
                             "\t\n",
                             "😀",
                             "parcel \"",
                             "\"OR\"",
                             "x OR \"-\"",
                             "\"-\" OR \"*\""}) {
    CAPTURE(query);
    const auto found = search.functions().search_messages({query, 20, {}});
    if (!found) CHECK(found.error().during == "search_messages");
  }
  const string with_nul{"par\0cel \"a\0b\"", 13};
  CHECK(search.functions().search_messages({with_nul, 20, {}}));
  CHECK(code(search.functions().search_messages({"", 20, {}})) == es::Errc::invalid_argument);
  CHECK(code(search.functions().search_messages({" \" \" ", 20, {}})) == es::Errc::invalid_argument);
  CHECK(search.find("parcel OR OR delai") == Rows{"m-0", "m-1", "m-2"});
}

TEST_CASE("what is found comes newest first, page by page, of one organization", "[functions][search]") {
  Search search;
  const auto functions = search.functions();
  CHECK(fields(good(functions.search_messages({"parcel", 20, {}})).documents, "message_id") == Rows{"m-1", "m-0"});
  CHECK(all_pages(functions, &OrganizationFunctions::search_messages, {"way OR parcel", 1, {}}, "message_id", false) ==
        Rows{"m-3", "m-1", "m-0"});
  CHECK(fields(good(search.functions("org-2").search_messages({"parcel", 20, {}})).documents, "message_id") ==
        Rows{"foreign"});
}
