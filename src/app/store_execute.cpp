#include "store_parts.hpp"

#include <eventstore/schema/json_codec.hpp>

namespace eventstore {
inline namespace v1 {

Result<Executed> Store::execute(std::string_view stream, std::string_view command, std::string_view json,
                                const CommandOptions& options) {
  EVENTSTORE_TRY_ASSIGN(const StreamId asked, parse_stream(model(), stream));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(model(), asked.category()));
  EVENTSTORE_TRY_ASSIGN(const auto* const found, find_command(*type, command));
  EVENTSTORE_TRY_ASSIGN(const Bytes bytes, json_to_bytes(found->schema->type, json));
  EVENTSTORE_TRY(check_readable(log(), schemas(), *type, model().aggregates));
  return eventstore::execute(event_log(), schemas(), clock(), *type, asked, *found, bytes, options, snapshots(),
                             model().aggregates);
}

}  // namespace v1
}  // namespace eventstore
