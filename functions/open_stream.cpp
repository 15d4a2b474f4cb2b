#include <functions/open_stream.hpp>

namespace domain {

namespace es = eventstore;

std::string key_of_new(const es::RecordContext& context, std::string_view category,
                       const std::optional<std::string>& given) {
  if (given) return *given;
  if (context.command_id.is_nil()) return es::new_uuid(context.clock).to_string();
  return es::Uuid::v5(context.command_id, category).to_string();
}

es::Result<std::unique_ptr<es::AnyState>> state_after(const es::RecordContext& context, const es::AggregateType& type,
                                                      const es::StreamId& stream, const es::AnyState* before,
                                                      const std::vector<es::DecidedEvent>& events) {
  auto state = before == nullptr ? type.new_state() : before->clone();
  auto metadata = context.metadata;
  metadata.organization = context.organization;
  metadata.created_at = context.clock.now();
  const auto text = stream.text();
  for (const auto& decided : events) {
    es::RecordedEvent event{};
    event.stream = text;
    event.version = state->version.next();
    event.type = decided.schema->name;
    event.organization = context.organization;
    event.created_at = metadata.created_at;
    event.schema = decided.schema->id;
    event.data = decided.data;
    EVENTSTORE_TRY(state->apply(event, metadata, context.schemas));
  }
  return state;
}

DocumentPlace place_of(const es::StreamId& stream, const es::AnyState& state) {
  return {std::string{stream.key()}, static_cast<std::int64_t>(state.version.value), state.created_at,
          state.updated_at};
}

}  // namespace domain
