// Nothing that was stored can act in the page.
#include <eventstore/schema/detail/json_text.hpp>

#include <openssl/sha.h>

#include <array>

#include "report_page.hpp"

namespace report_safety_test {

using namespace ledger;

namespace {

// 'sha256-…' as a Content-Security-Policy writes it.
string source_of(const string& text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  ::SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  string quoted;
  es::append_json_bytes(quoted, {reinterpret_cast<const char*>(digest.data()), digest.size()});
  return "'sha256-" + quoted.substr(1, quoted.size() - 2) + "'";
}

const string hostile = "</script><script>alert(1)</script><!-- \"quoted\" & \\\xE2\x80\xA8\x01";

struct HostileBook : Book {
  HostileBook() { record(Written{hostile, 1, 0}); }
};

}  // namespace

TEST_CASE("a page allows its own script and style and nothing else", "[report]") {
  const auto page = page_of(HostileBook{});
  const auto policy = between(page.text, R"(<meta http-equiv="Content-Security-Policy" content=")", "\">");
  CHECK_THAT(policy, Catch::StartsWith("default-src 'none'; script-src " + source_of(page.script()) + "; style-src " +
                                       source_of(page.style()) + ";"));
  CHECK_THAT(policy, !Catch::Contains("unsafe"));
}

TEST_CASE("text of events ends no element of the page and is there whole", "[report]") {
  const auto page = page_of(HostileBook{});
  const auto data = page.data();
  CHECK(data.find('<') == string::npos);
  CHECK_THAT(data, Catch::Contains(R"(\u003c/script>\u003cscript>alert(1)\u003c/script>)"));
  es::JsonDocument document;
  const auto root = document.parse(data);
  REQUIRE(root);
  member(*root, "events").each_element([](es::JsonNode event) {
    CHECK(member(member(event, "data"), "text").text() == hostile);
    return true;
  });
}

TEST_CASE("a page needs nothing from elsewhere and runs nothing that is text", "[report]") {
  const auto page = page_of(HostileBook{});
  CHECK_THAT(page.text, Catch::StartsWith(string{es::report_mark}));
  CHECK(page.text.find("://") == string::npos);
  for (const auto* const word : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(",
                                 "import ", "fetch(", "@import", "url("})
    CHECK_THAT(page.script() + page.style(), !Catch::Contains(word));
  const auto markup = page.text.substr(page.text.find("<body>"), page.text.find("<script") - page.text.find("<body>"));
  for (const auto* const word : {" onclick", " onload", " onerror", " src=", "javascript:", " style="})
    CHECK_THAT(markup, !Catch::Contains(word));
}

TEST_CASE("an event whose data is no JSON ends the page with its position", "[report]") {
  HostileBook book;
  const string broken = "{\"text\":";
  const es::NewEvent event{book.stream,
                           es::EventId{es::new_uuid(book.clock)},
                           "EntryTorn",
                           "default",
                           book.clock.now(),
                           es::SchemaId{},
                           es::Codec::json,
                           0,
                           {},
                           es::as_bytes(broken)};
  REQUIRE(book.log.append(es::Commit{{&event, 1}, {}, {}}));
  const auto page = write_page(book);
  REQUIRE_FALSE(page);
  CHECK(page.error().code == es::Errc::corrupt_record);
  CHECK(page.error().at == es::Position{2});
}

}  // namespace report_safety_test
