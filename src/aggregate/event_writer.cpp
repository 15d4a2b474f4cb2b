#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/detail/same_data.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>
#include <random>

namespace eventstore {
inline namespace v1 {
namespace {

bool is_personal(const Metadata& metadata) {
  return !metadata.ip_address.empty() || !metadata.user_agent.empty() || !metadata.extra.empty();
}

// Of an event in clear and an opened one, whose tagged fields may stand in another order.
bool has_same_metadata(const NewEvent& given, const RecordedEvent& opened) {
  const auto one = metadata_of(RecordedEvent{.metadata = given.metadata});
  auto other = metadata_of(RecordedEvent{.metadata = opened.metadata});
  return one && other && *one == *other;
}

// An event with values of an erased subject may only be a repeat.
Result<void> check_stored(const EventLog& log, const NewEvent& event) {
  auto found = log.find(event.stream, event.id);
  if (found) return {};
  if (found.error().code != Errc::not_found) return failure_of(found);
  return failure(Error{.code = Errc::refused,
                       .during = "append " + std::string{event.type},
                       .where = event.stream.text(),
                       .detail = "the person whom the event is about was erased: nothing new is recorded about them",
                       .refusal_code = "subject_erased"});
}

}  // namespace

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
                              const EventIdRule& ids, std::string_view subject) {
  has_personal_ = has_personal_ || is_personal(metadata);
  const auto& organization = organizations_.emplace_back(metadata.organization);
  auto& tagged = tagged_.emplace_back();
  encode_tagged(metadata, tagged);
  const auto is_its = [&](const NewEvent& event) { return event.stream == stream; };
  auto ordinal = static_cast<std::size_t>(std::count_if(events_.begin(), events_.end(), is_its));
  for (const auto& decided : events) {
    EVENTSTORE_TRY(check_value(decided.schema->type, decided.data));
    add(NewEvent{.stream = stream,
                 .id = ids.id(stream, ordinal++),
                 .type = decided.schema->name,
                 .organization = organization,
                 .created_at = metadata.created_at,
                 .metadata = tagged,
                 .data = decided.data},
        {decided.schema, true, std::string{subject}});
  }
  return {};
}

void EventWriter::add(const EventLine& line, std::string_view subject) {
  has_personal_ = has_personal_ || is_personal(line.metadata);
  add(NewEvent{.stream = line.stream,
               .id = line.metadata.event_id,
               .type = line.type,
               .organization = line.metadata.organization,
               .created_at = line.metadata.created_at,
               .encryption_key = line.is_encrypted ? encrypted_values : 0,
               .metadata = line.tagged,
               .data = line.data},
      {line.schema, line.states_time, std::string{subject}});
}

void EventWriter::add(const NewEvent& event, Source source) {
  events_.push_back(event);
  const auto* const schema = source.schema;
  sources_.push_back(std::move(source));
  auto& added = events_.back();
  if (schema == nullptr) {
    added.codec = Codec::json;
    return;
  }
  added.schema = schema->id;
  has_personal_fields_ = has_personal_fields_ || schema->has_encrypted;
  const auto is_its = [&](const SchemaRecord& record) { return record.id == schema->id; };
  if (std::none_of(schemas_.rbegin(), schemas_.rend(), is_its)) schemas_.push_back(schema->record());
}

Result<bool> EventWriter::is_same(std::size_t index, const NewEvent& given, const RecordedEvent& stored,
                                  BytesView stored_schema, const ValueCipher* cipher) const {
  const auto& source = sources_[index];
  const auto& clear = events_[index];
  const bool has_same_fields = given.type == stored.type && given.organization == stored.organization &&
                               (!source.states_time || given.created_at == stored.created_at);
  if (!has_same_fields) return false;
  if (clear.encryption_key != 0) return is_same_encrypted(source, clear, stored, stored_schema, cipher);
  if (stored.encryption_key == 0 || cipher == nullptr)
    return std::ranges::equal(clear.metadata, stored.metadata)
               ? has_same_data(clear, source.schema, stored, stored_schema)
               : false;
  auto opened = stored;
  Bytes memory;
  EVENTSTORE_TRY(cipher->open(opened, memory));
  if (opened.encryption_key != erased_values)
    return has_same_metadata(clear, opened) ? has_same_data(clear, source.schema, opened, stored_schema)
                                            : Result<bool>{false};
  // What was erased cannot be compared any more, and all else can.
  return has_encrypted_values_of(given.metadata, stored.metadata)
             ? has_same_data(given, source.schema, stored, stored_schema)
             : false;
}

// An event that came encrypted. Its messages are compared, which takes no key, where the stored one has any.
Result<bool> EventWriter::is_same_encrypted(const Source& source, const NewEvent& given, const RecordedEvent& stored,
                                            BytesView stored_schema, const ValueCipher* cipher) const {
  if (stored.encryption_key != 0)
    return has_encrypted_values_of(given.metadata, stored.metadata) &&
                   has_encrypted_values_of(stored.metadata, given.metadata) && has_same_metadata(given, stored)
               ? has_same_data(given, source.schema, stored, stored_schema)
               : Result<bool>{false};
  if (cipher == nullptr) return false;
  RecordedEvent opened{.stream = given.stream.text(),
                       .id = given.id,
                       .type = given.type,
                       .organization = given.organization,
                       .encryption_key = encrypted_values,
                       .metadata = given.metadata,
                       .data = given.data};
  Bytes memory;
  EVENTSTORE_TRY(cipher->open(opened, memory));
  auto in_clear = given;
  in_clear.data = opened.data;
  in_clear.metadata = opened.metadata;
  return has_same_metadata(in_clear, stored) ? has_same_data(in_clear, source.schema, stored, stored_schema)
                                             : Result<bool>{false};
}

Result<Receipt> EventWriter::append(EventLog& log, std::span<const NewEvent> events, const ValueCipher* cipher) const {
  const auto is_same = [&](const NewEvent& given, const RecordedEvent& stored, BytesView stored_schema) {
    return this->is_same(static_cast<std::size_t>(&given - events.data()), given, stored, stored_schema, cipher);
  };
  return log.append({.events = events,
                     .expectations = expectations_,
                     .schemas = schemas_,
                     .outcomes = outcomes_,
                     .is_same = is_same});
}

Result<Receipt> EventWriter::append_encrypted(EventLog& log, const ValueCipher& cipher) const {
  const auto names_nobody = [](const Source& source) { return source.subject.empty(); };
  std::vector<std::string> found;
  if (std::any_of(sources_.begin(), sources_.end(), names_nobody)) {
    EVENTSTORE_TRY_ASSIGN(found, cipher.subjects(log, events_));
  }
  std::vector<ClearEvent> clear;
  clear.reserve(events_.size());
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (events_[i].encryption_key != 0) continue;
    std::string_view subject = sources_[i].subject;
    if (subject.empty()) subject = found[i];
    if (subject.empty()) subject = events_[i].stream.key();
    clear.push_back({&events_[i], sources_[i].schema, subject});
  }
  EVENTSTORE_TRY_ASSIGN(const auto encrypted, cipher.encrypt(clear));
  auto events = events_;
  auto next = encrypted.begin();
  for (auto& event : events) {
    if (event.encryption_key != 0) continue;
    const auto& its_own = *next++;
    if (its_own.is_of_erased) EVENTSTORE_TRY(check_stored(log, event));
    if (!its_own.is_encrypted) continue;
    event.data = its_own.data;
    event.metadata = its_own.metadata;
    event.encryption_key = encrypted_values;
  }
  return append(log, events, &cipher);
}

Result<Receipt> EventWriter::append_to(EventLog& log) const {
  const auto* const cipher = value_cipher_of(log);
  if (cipher != nullptr && (has_personal_ || has_personal_fields_)) return append_encrypted(log, *cipher);
  if (cipher == nullptr && log.lasts() && has_personal_fields_)
    return failure(Errc::missing_key, "append", events_.front().stream.text(),
                   "an event has personal fields or secrets, and this log has no keys to encrypt them: open it as a "
                   "store");
  return append(log, events_, cipher);
}

}  // namespace v1
}  // namespace eventstore
