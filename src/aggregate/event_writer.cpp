#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/detail/same_data.hpp>
#include <eventstore/schema/event_line.hpp>

#include <algorithm>
#include <random>

namespace eventstore {
inline namespace v1 {

Uuid new_uuid(const Clock& clock) {
  thread_local std::mt19937_64 source{[] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    return std::mt19937_64{seed};
  }()};
  return Uuid::v7(clock.now(), source(), source());
}

EventId EventIdRule::id(const StreamId& stream, std::size_t ordinal) const {
  if (clock_ != nullptr) return EventId{new_uuid(*clock_)};
  return EventId{Uuid::v5(command_id_, stream.text() + "\n" + std::to_string(ordinal))};
}

Result<void> EventWriter::add(const StreamId& stream, std::span<const DecidedEvent> events, const Metadata& metadata,
                              const EventIdRule& ids) {
  auto& tagged = tagged_.emplace_back();
  encode_tagged(metadata, tagged);
  const auto is_its = [&](const NewEvent& event) { return event.stream == stream; };
  auto ordinal = static_cast<std::size_t>(std::count_if(events_.begin(), events_.end(), is_its));
  for (const auto& decided : events) {
    EVENTSTORE_TRY(check_value(decided.schema->type, decided.data));
    add(NewEvent{.stream = stream,
                 .id = ids.id(stream, ordinal++),
                 .type = decided.schema->name,
                 .organization = metadata.organization,
                 .created_at = metadata.created_at,
                 .metadata = tagged,
                 .data = decided.data},
        {decided.schema});
  }
  return {};
}

void EventWriter::add(const EventLine& line) {
  add(NewEvent{.stream = line.stream,
               .id = line.metadata.event_id,
               .type = line.type,
               .organization = line.metadata.organization,
               .created_at = line.metadata.created_at,
               .metadata = line.tagged,
               .data = line.data},
      {line.schema, line.states_time});
}

void EventWriter::add(const NewEvent& event, Source source) {
  events_.push_back(event);
  sources_.push_back(source);
  auto& added = events_.back();
  const auto* const schema = source.schema;
  if (schema == nullptr) {
    added.codec = Codec::json;
    return;
  }
  added.schema = schema->id;
  const auto is_its = [&](const SchemaRecord& record) { return record.id == schema->id; };
  if (std::none_of(schemas_.rbegin(), schemas_.rend(), is_its)) schemas_.push_back(schema->record());
}

Result<bool> EventWriter::is_same(const NewEvent& given, const RecordedEvent& stored, BytesView stored_schema) const {
  const auto& source = sources_[static_cast<std::size_t>(&given - events_.data())];
  const bool has_same_fields = given.type == stored.type && given.organization == stored.organization &&
                               (!source.states_time || given.created_at == stored.created_at) &&
                               std::ranges::equal(given.metadata, stored.metadata);
  if (!has_same_fields) return false;
  return has_same_data(given, source.schema, stored, stored_schema);
}

Result<Receipt> EventWriter::append_to(EventLog& log) const {
  const auto is_same = [this](const NewEvent& given, const RecordedEvent& stored, BytesView stored_schema) {
    return this->is_same(given, stored, stored_schema);
  };
  return log.append({.events = events_,
                     .expectations = expectations_,
                     .schemas = schemas_,
                     .outcomes = outcomes_,
                     .is_same = is_same});
}

}  // namespace v1
}  // namespace eventstore
