#include <eventstore/app/find.hpp>
#include <eventstore/app/read.hpp>
#include <eventstore/schema/schema.hpp>

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

Result<void> check_type(const Store& store, const std::string& type) {
  if (type.empty()) return {};
  EVENTSTORE_TRY_ASSIGN(const auto names, known_types(store));
  if (std::find(names.begin(), names.end(), type) != names.end()) return {};
  EVENTSTORE_TRY_ASSIGN(const bool has, has_type(store.log(), type));
  if (has) return {};
  return failure(Errc::unknown_event_type, "find", type,
                 "no event of the store has this type, and this program does not know it: " + advice(type, names));
}

Result<void> check_category(const Store& store, const std::string& category) {
  if (category.empty()) return {};
  Names names;
  for (const auto& aggregate : store.model().aggregates) {
    if (aggregate.has_category(category)) return {};
    names.push_back(aggregate.category);
  }
  EVENTSTORE_TRY_ASSIGN(const auto streams, store.log().streams(category, {}, 1));
  if (!streams.empty()) return {};
  return failure(
      Errc::invalid_argument, "find", category,
      "no stream of the store has this category, and this program does not know it: " + advice(category, names));
}

}  // namespace

Result<EventQuery> query_of(const Model& model, const FindEvents& parameters) {
  EventQuery query;
  query.filter = {parameters.category, parameters.type, parameters.organization_id};
  if (!parameters.stream.empty()) {
    EVENTSTORE_TRY_ASSIGN(query.stream, parse_stream(model, parameters.stream));
  }
  if (parameters.from && parameters.to && *parameters.to < *parameters.from)
    return failure(Errc::invalid_argument, "find", "--from " + parameters.from->to_string(),
                   "it is after --to " + parameters.to->to_string() + ": give the earlier time as --from");
  query.from = parameters.from;
  query.to = parameters.to;
  query.by = parameters.by;
  query.user_id = parameters.user_id;
  query.correlation_id = parameters.correlation;
  query.causation_id = parameters.causation;
  for (const auto& text : parameters.where) {
    EVENTSTORE_TRY_ASSIGN(auto condition, parse_data_condition(text));
    query.where.push_back(std::move(condition));
  }
  query.text = parameters.text;
  query.backward_clocks = parameters.backward_clocks;
  query.direction = parameters.backward ? Direction::backward : Direction::forward;
  EVENTSTORE_TRY_ASSIGN(query.limit, limit_of(parameters.limit));
  return query;
}

Result<std::uint64_t> find(const Store& store, const EventQuery& query,
                           FunctionRef<Result<void>(const RecordedEvent&)> on_event, const OnProgress& on_progress) {
  EVENTSTORE_TRY(check_type(store, query.filter.type));
  EVENTSTORE_TRY(check_category(store, query.filter.category));
  const auto on_scanned = [&](std::uint64_t done, std::uint64_t whole) {
    if (on_progress) on_progress({done, static_cast<double>(done) / static_cast<double>(whole)});
  };
  return find_events(store.log(), store.schemas(), query, on_event, on_scanned);
}

}  // namespace eventstore::app
