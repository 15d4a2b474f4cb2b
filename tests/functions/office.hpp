#pragma once
// The functions of one organization over a log in memory, as a program binds them.
#include <functions/functions.hpp>

#include "projections/domain_log.hpp"

namespace domain {

struct Office : DomainLog {
  es::SchemaReader schemas{log};
  es::EventTypes event_types;

  Office() {
    for (const auto& type : aggregates)
      for (const auto* const schema : type.events) event_types.add(type.category, *schema);
  }

  [[nodiscard]] es::RecordContext context(const string& organization = "org-1", bool with_collections = true) {
    return {log, schemas, event_types, clock, with_collections ? collections.get() : nullptr, organization, {}};
  }
  [[nodiscard]] OrganizationFunctions functions(const string& organization = "org-1") {
    return OrganizationFunctions{context(organization)};
  }
  /// Event types of a stream, in order.
  [[nodiscard]] std::vector<string> types(const string& stream) const {
    const auto page = log.read_stream(*es::StreamId::parse(stream));
    if (!page) FAIL(page.error().message());
    std::vector<string> all;
    for (const auto& event : page->events) all.emplace_back(event.type);
    return all;
  }
};

template <class T> T good(es::Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}
template <class T> es::Errc code(const es::Result<T>& result) {
  if (result) FAIL("expected an error");
  return result.error().code;
}

/// The field of each document, as text.
inline std::vector<string> fields(const std::vector<string>& documents, const char* name) {
  std::vector<string> all;
  for (const auto& document : documents) {
    es::JsonDocument parser;
    const auto root = parser.parse(document);
    if (!root) FAIL(root.error().message());
    const auto found = root->find(name);
    REQUIRE(found);
    string text;
    found->write_canonical(text);
    if (text.front() == '"') text = text.substr(1, text.size() - 2);
    all.push_back(text);
  }
  return all;
}

/// All pages of a list, by their cursors.
template <class Parameters>
std::vector<string> all_pages(const OrganizationFunctions& functions,
                              es::Result<Documents> (OrganizationQuestions::*list)(const Parameters&) const,
                              Parameters parameters, const char* name, bool oldest_first) {
  std::vector<string> all;
  for (int pages = 0; pages < 1000; ++pages) {
    const auto page = good((functions.*list)(parameters));
    REQUIRE(page.documents.size() <= static_cast<std::size_t>(parameters.limit));
    const auto names = fields(page.documents, name);
    all.insert(oldest_first ? all.begin() : all.end(), names.begin(), names.end());
    if (page.next_cursor.empty()) return all;
    REQUIRE(page.documents.size() == static_cast<std::size_t>(parameters.limit));
    parameters.cursor = page.next_cursor;
  }
  FAIL("the pages do not end");
  return {};
}

}  // namespace domain
