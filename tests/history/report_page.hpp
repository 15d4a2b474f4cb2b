#pragma once
// A page that was written, taken apart.
#include <catch2/catch.hpp>
#include <eventstore/history/report.hpp>
#include <eventstore/schema/json_document.hpp>
#include <string>

#include "ledger.hpp"

namespace ledger {

/// The text between two marks; the test fails where they are not there.
inline string between(const string& text, std::string_view from, std::string_view to) {
  const auto begin = text.find(from);
  REQUIRE(begin != string::npos);
  const auto end = text.find(to, begin + from.size());
  REQUIRE(end != string::npos);
  return text.substr(begin + from.size(), end - begin - from.size());
}

struct WrittenPage {
  string text{};
  es::ReportMade made{};

  [[nodiscard]] string data() const {
    return between(text, R"(<script type="application/json" id="report-data">)", "</script>");
  }
  [[nodiscard]] string script() const { return between(text, R"(<script type="module">)", "</script>"); }
  [[nodiscard]] string style() const { return between(text, "<style>", "</style>"); }
};

inline es::Result<WrittenPage> write_page(const Book& book, const es::ReportOptions& options = {}) {
  WrittenPage page;
  const auto take = [&](std::string_view piece) {
    page.text += piece;
    return es::Result<void>{};
  };
  EVENTSTORE_TRY_ASSIGN(page.made, es::write_report(book.log, book.schemas, book.type, book.stream, options, take));
  return page;
}

inline WrittenPage page_of(const Book& book, const es::ReportOptions& options = {}) {
  auto page = write_page(book, options);
  if (!page) FAIL(page.error().message());
  CHECK(page->made.bytes == page->text.size());
  return std::move(*page);
}

inline es::JsonNode member(es::JsonNode object, std::string_view name) {
  const auto found = object.find(name);
  if (!found) FAIL("no member " << name);
  return *found;
}
inline string json_of(es::JsonNode node) {
  string text;
  node.write(text);
  return text;
}

}  // namespace ledger
