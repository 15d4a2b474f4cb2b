#include <eventstore/app/find.hpp>
#include <eventstore/app/read.hpp>

#include "known_names.hpp"

namespace eventstore::app {
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
  EVENTSTORE_TRY(check_known_type(store, query.filter.type, "find"));
  EVENTSTORE_TRY(check_known_category(store, query.filter.category, "find"));
  const auto on_scanned = [&](std::uint64_t done, std::uint64_t whole) {
    if (on_progress) on_progress({done, static_cast<double>(done) / static_cast<double>(whole)});
  };
  return find_events(store.log(), store.schemas(), query, on_event, on_scanned);
}

}  // namespace eventstore::app
