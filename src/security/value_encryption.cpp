#include "value_encryption.hpp"

#include <algorithm>

namespace eventstore::security {
namespace {

// The tagged fields of metadata that tell about a person: see log/metadata.hpp.
constexpr std::uint8_t user_id_tag = 1;
struct PersonalTag {
  std::uint8_t tag;
  std::string_view path;
};
constexpr PersonalTag personal_tags[]{{2, "metadata.ip_address"}, {3, "metadata.user_agent"}, {6, "metadata.extra"}};

const PersonalTag* personal_tag(std::uint8_t tag) {
  for (const auto& each : personal_tags)
    if (each.tag == tag) return &each;
  return nullptr;
}

BytesView bytes_of(const EventId& id) { return std::as_bytes(std::span{id.uuid.octets}); }

constexpr std::size_t values_max = 65'535;

}  // namespace

void write_context(std::string_view stream, const EventId& id, std::string_view type, const MessageView& message,
                   Bytes& out) {
  static constexpr std::string_view form = "eventstore values 1";
  static constexpr std::byte end{0};
  out.clear();
  const auto add = [&](BytesView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); };
  for (const auto text : {form, stream, type}) {
    add(as_bytes(text));
    out.push_back(end);
  }
  add(bytes_of(id));
  add(message.paths);
  // The sizes, too: two values that stand in a row could be cut elsewhere. Offsets may change with the schema.
  for (std::size_t i = 0; i < message.count(); ++i) {
    const auto size = message.place(i).clear_size;
    add(std::as_bytes(std::span{&size, 1}));
  }
}

Result<EventEncryption> EventEncryption::of(const ClearEvent& event) {
  EventEncryption encryption{*event.event};
  if (event.schema != nullptr && event.schema->has_encrypted) {
    EVENTSTORE_TRY_ASSIGN(const auto places, encrypted_places(*event.schema, event.event->data));
    if (places.size() > values_max)
      return failure(Errc::too_large, "encrypt", event.event->stream.text(),
                     "an event has at most 65535 personal values: describe the list as one personal field");
    encryption.add_data(places, event.subject);
  }
  encryption.add_metadata(event.subject);
  for (const auto& message : encryption.messages_) {
    std::size_t bytes = 0;
    for (const auto& value : message.values) bytes += value.path.size() + 1;
    if (bytes > values_max)
      return failure(Errc::too_large, "encrypt", event.event->stream.text(),
                     "the paths of an event's personal values have at most 65535 bytes: describe the list as one "
                     "personal field");
  }
  return encryption;
}

EventEncryption::Message& EventEncryption::message_of(std::string_view subject) {
  for (auto& message : messages_)
    if (message.subject == subject) return message;
  return messages_.emplace_back(Message{std::string{subject}, {}});
}

void EventEncryption::add_data(const std::vector<EncryptedPlace>& places, std::string_view subject) {
  const auto data = event_->data;
  blank_data_.reserve(data.size());
  std::size_t copied = 0;
  const auto copy_to = [&](std::size_t end) {
    blank_data_.insert(blank_data_.end(), data.begin() + static_cast<std::ptrdiff_t>(copied),
                       data.begin() + static_cast<std::ptrdiff_t>(end));
    copied = end;
  };
  for (const auto& found : places) {
    copy_to(found.offset);
    ValuePlace place{static_cast<std::uint32_t>(blank_data_.size()), 0, static_cast<std::uint32_t>(found.size)};
    append_blank(found, blank_data_);
    place.blank_size = static_cast<std::uint32_t>(blank_data_.size()) - place.offset;
    const auto clear = data.subspan(found.offset, found.size);
    copied += found.size;
    // A value that says nothing tells about nobody.
    if (std::ranges::equal(clear, BytesView{blank_data_}.last(place.blank_size))) continue;
    auto& values = message_of(found.subject.empty() ? subject : std::string_view{found.subject}).values;
    if (values.empty()) values.reserve(places.size());
    values.push_back({place, found.path, clear});
  }
  copy_to(data.size());
  has_blank_data_ = true;
}

void EventEncryption::add_metadata(std::string_view subject) {
  std::string_view user;
  each_tagged(event_->metadata, [&](std::uint8_t tag, BytesView value, BytesView) {
    if (tag == user_id_tag) user = as_text(value);
  });
  each_tagged(event_->metadata, [&](std::uint8_t tag, BytesView value, BytesView) {
    if (const auto* const found = personal_tag(tag))
      message_of(user.empty() ? subject : user)
          .values.push_back(
              {{metadata_offset | tag, 0, static_cast<std::uint32_t>(value.size())}, std::string{found->path}, value});
  });
}

void EventEncryption::add_subjects(std::vector<Subject>& to) const {
  for (const auto& message : messages_) to.push_back({std::string{event_->organization}, message.subject});
}

void EventEncryption::append(const Message& message, const SubjectCipher& held, Bytes& out) const {
  // Memory that is used again for each event of the thread.
  thread_local Bytes places;
  thread_local Bytes paths;
  thread_local Bytes values;
  thread_local Bytes context;
  for (auto* const memory : {&places, &paths, &values}) memory->clear();
  for (const auto& value : message.values) {
    const auto place = std::as_bytes(std::span{&value.place, 1});
    places.insert(places.end(), place.begin(), place.end());
    const auto path = as_bytes(value.path);
    paths.insert(paths.end(), path.begin(), path.end());
    paths.push_back(std::byte{0});
    values.insert(values.end(), value.clear.begin(), value.clear.end());
  }
  MessageView form{.key_id = held.id, .places = places, .paths = paths, .encrypted = values};
  write_context(event_->stream.text(), event_->id, event_->type, form, context);
  const auto code = held.cipher->code({context, values});
  std::copy_n(code.begin(), form.nonce.size(), form.nonce.begin());
  form.tag = held.cipher->encrypt(form.nonce, context, values, values.data());
  append_message(form, out);
}

EncryptedEvent EventEncryption::run(std::span<const SubjectCipher> held) && {
  EncryptedEvent stored;
  if (messages_.empty()) return stored;
  stored.is_encrypted = true;
  if (has_blank_data_)
    stored.data = std::move(blank_data_);
  else
    stored.data.assign(event_->data.begin(), event_->data.end());
  thread_local Bytes messages;
  messages.clear();
  for (std::size_t i = 0; i < messages_.size(); ++i) {
    if (held[i].cipher == nullptr)
      stored.is_of_erased = true;
    else
      append(messages_[i], held[i], messages);
  }
  stored.metadata.reserve(event_->metadata.size() + tagged_header_bytes + messages.size());
  each_tagged(event_->metadata, [&](std::uint8_t tag, BytesView, BytesView whole) {
    if (personal_tag(tag) == nullptr) stored.metadata.insert(stored.metadata.end(), whole.begin(), whole.end());
  });
  append_tagged(encrypted_tag, messages, stored.metadata);
  return stored;
}

}  // namespace eventstore::security
