#include "recorded_history.hpp"

namespace eventstore::testing::detail {

Result<void> RecordedHistory::append(const AggregateType& type, std::string_view key, const Schema& schema,
                                     BytesView data) {
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::of(type.category, key));
  if (known_.insert(type.category).second) schemas_.know(type.events);
  recorded_ = recorded_.next();
  Bytes tagged;
  encode_tagged(metadata, tagged);
  const EventId id{Uuid::v5(Uuid{}, "event " + std::to_string(recorded_.value))};
  const NewEvent event{stream, id,     schema.name, metadata.organization, clock.now(), schema.id, Codec::binary,
                       0,      tagged, data};
  const auto descriptor = schema.record();
  EVENTSTORE_TRY(log_.append({.events = {&event, 1}, .schemas = {&descriptor, 1}}));
  return {};
}

Result<void> RecordedHistory::give(const AggregateType& type, FunctionRef<Result<void>(const AnyChange&)> use) {
  EVENTSTORE_TRY_ASSIGN(const Page page, log_.read_all({.from = recorded_, .limit = 1}));
  const auto& recorded = page.events.front();
  EVENTSTORE_TRY_ASSIGN(const Metadata known, metadata_of(recorded));
  EVENTSTORE_TRY_ASSIGN(const auto around, states_.enter(recorded, known, type));
  return use(AnyChange{recorded, known, &type, *around.before, *around.after, schemas_});
}

}  // namespace eventstore::testing::detail
