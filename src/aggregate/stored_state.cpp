#include <eventstore/aggregate/stored_state.hpp>
#include <eventstore/aggregate/subject_of.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// No state begins like this: as a length it is none, and as a number it is one of many.
constexpr std::string_view encrypted_state_magic =
    "\xFF\xFF\xFF\xFF"
    "ESSTATE01\xFF\xFF\xFF";

// What stands for an event's type where there is none.
constexpr std::string_view state_type = "state";

// Each state has a place of its own, of which its values cannot be taken to another.
EventId id_of(const StreamId& stream, Version version) {
  return EventId{Uuid::v5(eventstore_namespace, "state\n" + stream.text() + "\n" + std::to_string(version.value))};
}

void append_part(BytesView part, Bytes& out) {
  const auto size = static_cast<std::uint32_t>(part.size());
  const auto number = std::as_bytes(std::span{&size, 1});
  out.insert(out.end(), number.begin(), number.end());
  out.insert(out.end(), part.begin(), part.end());
}

}  // namespace

Result<Bytes> stored_state(const EventLog& log, const AggregateType& type, const StreamId& stream,
                           const AnyState& state) {
  Bytes clear;
  state.encode_to(clear);
  const auto* const cipher = value_cipher_of(log);
  if (cipher == nullptr || type.state_schema == nullptr || !type.state_schema->has_encrypted) return clear;
  const auto subject = subject_of(type, state, stream);
  const NewEvent event{.stream = stream,
                       .id = id_of(stream, state.version),
                       .type = state_type,
                       .organization = state.organization,
                       .data = clear};
  const ClearEvent given{&event, type.state_schema, subject};
  EVENTSTORE_TRY_ASSIGN(const auto encrypted, cipher->encrypt({&given, 1}));
  const auto& form = encrypted.front();
  if (!form.is_encrypted) return clear;
  const auto magic = as_bytes(encrypted_state_magic);
  Bytes stored{magic.begin(), magic.end()};
  append_part(form.data, stored);
  append_part(form.metadata, stored);
  return stored;
}

Result<BytesView> opened_state(const EventLog& log, const StreamId& stream, Version version, BytesView stored,
                               Bytes& memory) {
  const auto magic = as_bytes(encrypted_state_magic);
  if (stored.size() < magic.size() || !std::ranges::equal(stored.first(magic.size()), magic)) return stored;
  const auto* const cipher = value_cipher_of(log);
  if (cipher == nullptr)
    return failure(Errc::missing_key, "read state", stream.text(),
                   "the kept state has encrypted values, and this log has no keys");
  BytesReader in{stored.subspan(magic.size())};
  RecordedEvent event{.stream = stream.text(), .id = id_of(stream, version), .type = state_type};
  event.encryption_key = encrypted_values;
  event.data = in.sized();
  event.metadata = in.sized();
  if (!in.done()) return failure(Errc::corrupt_record, "read state", stream.text(), "the kept state is damaged");
  EVENTSTORE_TRY(cipher->open(event, memory));
  return event.data;
}

}  // namespace v1
}  // namespace eventstore
