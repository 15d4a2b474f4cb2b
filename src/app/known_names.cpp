#include "known_names.hpp"

#include <eventstore/schema/schema.hpp>

#include <algorithm>

#include "likely_name.hpp"

namespace eventstore::app {
namespace {

using Names = std::vector<std::string>;

std::string advice(std::string_view word, const Names& names) {
  const auto likely = did_you_mean(word, names);
  return likely.empty() ? "stats lists all that the store has" : likely;
}

// Of the model and of recorded schemas; that of an event kept as JSON alone is in none of them.
Result<Names> known_types(const Store& store) {
  Names names;
  for (const auto& aggregate : store.model().aggregates)
    for (const auto* const event : aggregate.events) names.push_back(event->name);
  EVENTSTORE_TRY_ASSIGN(const auto recorded, store.log().schemas());
  for (const auto& each : recorded) {
    EVENTSTORE_TRY_ASSIGN(const Schema* schema, store.schemas().find(each.id));
    names.push_back(schema->name);
  }
  return names;
}

Result<bool> has_type(const EventLog& log, const std::string& type) {
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log.dropped());
  bool has = false;
  const auto look = [&](const RecordedEvent&) {
    has = true;
    return false;
  };
  for (ReadAll next{dropped.last.next(), Direction::forward, 1, {{}, type, {}}}; !has;) {
    EVENTSTORE_TRY_ASSIGN(const auto visited, log.visit_all(next, look));
    if (visited.at_end) break;
    next.from = Position{visited.next};
  }
  return has;
}

}  // namespace

Result<void> check_known_type(const Store& store, const std::string& type, std::string_view during) {
  if (type.empty()) return {};
  EVENTSTORE_TRY_ASSIGN(const auto names, known_types(store));
  if (std::find(names.begin(), names.end(), type) != names.end()) return {};
  EVENTSTORE_TRY_ASSIGN(const bool has, has_type(store.log(), type));
  if (has) return {};
  return failure(Errc::unknown_event_type, std::string{during}, type,
                 "no event of the store has this type, and this program does not know it: " + advice(type, names));
}

Result<void> check_known_category(const Store& store, const std::string& category, std::string_view during) {
  if (category.empty()) return {};
  Names names;
  for (const auto& aggregate : store.model().aggregates) {
    if (aggregate.has_category(category)) return {};
    names.push_back(aggregate.category);
  }
  EVENTSTORE_TRY_ASSIGN(const auto streams, store.log().streams(category, {}, 1));
  if (!streams.empty()) return {};
  return failure(
      Errc::invalid_argument, std::string{during}, category,
      "no stream of the store has this category, and this program does not know it: " + advice(category, names));
}

}  // namespace eventstore::app
