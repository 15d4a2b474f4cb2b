#pragma once
// Reads all that an index gives, in every way, into one text: two that read alike have the same.
#include <string>

#include "log/containers/name_table.hpp"
#include "log/index/segment_index.hpp"
#include "log/index/table.hpp"

namespace eventstore::fuzz {

using namespace engine;

inline void say(std::string& text, std::uint64_t number) { text += std::to_string(number) + ' '; }

inline void walk(std::string& text, const Matches& matches) {
  say(text, matches.count());
  for (auto at = matches.next(0); at; at = *at == ~0U ? std::nullopt : matches.next(*at + 1)) {
    say(text, *at);
    if (text.size() > 100'000) break;
  }
  std::uint32_t some[64];
  const auto count = matches.previous(~0U, some);
  for (std::size_t i = 0; i < count; ++i) say(text, some[i]);
}

/// Errors: of the index.
inline Result<std::string> walk(const SegmentIndex& index) {
  std::string text;
  say(text, index.count());
  say(text, index.extent().first_position.value);
  EVENTSTORE_TRY_ASSIGN(const auto offsets, index.offsets(0, index.count()));
  for (const auto offset : offsets) say(text, offset);
  EVENTSTORE_TRY_ASSIGN(const auto schemas, index.schemas());
  for (const auto& schema : schemas) say(text, schema.offset);
  EVENTSTORE_TRY_ASSIGN(const auto lost, index.lost());
  for (const auto& range : lost) say(text, range.first + std::uint64_t{range.count});
  for (const char* category : {"", "delivery", "campaign", "none"})
    for (const char* type : {"", "Created", "Closed"})
      for (const char* organization : {"", "north", "south"}) {
        EVENTSTORE_TRY_ASSIGN(const auto matches, index.matches({category, type, organization}));
        walk(text, *matches);
      }
  return text;
}

/// Errors: of the table.
inline Result<std::string> walk(const Table& table) {
  std::string text;
  say(text, table.stream_count());
  say(text, table.first_position().value);
  say(text, table.last_position().value);
  for (std::uint64_t rank = 0; rank < table.stream_count(); ++rank) {
    EVENTSTORE_TRY_ASSIGN(const auto entry, table.entry_by_rank(rank));
    text += std::string{entry.name} + '/' + std::string{entry.organization} + ' ';
    EVENTSTORE_TRY_ASSIGN(const auto found, table.find(entry.name));
    say(text, found ? found->rank : ~std::uint64_t{0});
    EVENTSTORE_TRY_ASSIGN(const auto bound, table.lower_bound(entry.name));
    say(text, bound);
    for (const auto number :
         {entry.first.value, entry.last.value, entry.first_position.value, entry.last_position.value})
      say(text, number);
    const auto count = entry.last.value - entry.first.value + 1;
    EVENTSTORE_TRY_ASSIGN(const auto locations, table.locations(entry, entry.first, count));
    for (const auto location : locations) say(text, location.value);
  }
  EVENTSTORE_TRY_ASSIGN(const auto absent, table.find("delivery-that-is-not-there"));
  say(text, absent.has_value());
  EVENTSTORE_TRY_ASSIGN(const auto ids, table.ids(0, table.id_count()));
  for (const auto& id : ids) {
    EVENTSTORE_TRY_ASSIGN(const auto candidates, table.candidates(id.hash));
    for (const auto& candidate : candidates) say(text, candidate.location.value);
  }
  return text;
}

}  // namespace eventstore::fuzz
