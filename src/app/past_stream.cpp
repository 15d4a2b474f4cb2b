#include "past_stream.hpp"

#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>

namespace eventstore::app {

Result<const AggregateType*> past_category(const Store& store, std::string_view category) {
  const auto found = find_aggregate(store.model(), category);
  if (!found)
    return failure(Errc::invalid_argument, "replay", std::string{category},
                   found.error().detail + "; log, find, trace and export need no state, and take any category");
  if ((*found)->state_schema == nullptr)
    return failure(Errc::invalid_argument, "replay", std::string{category},
                   "the events of this category make no state: use log, find, trace or export, which need none");
  EVENTSTORE_TRY(check_readable(store.log(), store.schemas(), **found, store.model().aggregates));
  return *found;
}

Result<PastStream> past_stream(const Store& store, std::string_view text) {
  EVENTSTORE_TRY_ASSIGN(const StreamId asked, parse_stream(store.model(), text));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, past_category(store, asked.category()));
  EVENTSTORE_TRY_ASSIGN(StreamId stream, stream_of(store.log(), *type, asked.key()));
  return PastStream{type, std::move(stream)};
}

}  // namespace eventstore::app
