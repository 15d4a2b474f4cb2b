#include <eventstore/security/encrypted_line.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "base64.hpp"
#include "encrypted_form.hpp"
#include "encrypted_places.hpp"

namespace eventstore {
inline namespace v1 {

using namespace security;
namespace {

tl::unexpected<Error> refused(std::string where, std::string detail) {
  return failure(Errc::invalid_argument, "read event line", std::move(where), std::move(detail));
}

constexpr std::string_view metadata_prefix = "metadata.";

std::uint32_t metadata_place(std::string_view path) {
  path.remove_prefix(metadata_prefix.size());
  return metadata_offset | (path == "ip_address" ? 2U : path == "user_agent" ? 3U : 6U);
}

// Makes the messages of a line, whose values have their places where the line has them.
class LineMessages {
 public:
  explicit LineMessages(const EventLine& line) {
    for (const auto& each : line.encrypted) values_.push_back({&each, false});
    for (const auto& each : line.encrypted_metadata) values_.push_back({&each, true});
  }

  Result<Bytes> make() {
    Bytes messages;
    for (std::size_t i = 0; i < values_.size(); ++i)
      if (!values_[i].json->message.empty()) EVENTSTORE_TRY(add(i, messages));
    for (const auto& value : values_)
      if (!value.is_used)
        return refused(where(value), fmt::format("an encrypted value without its message, which belongs at {}",
                                                 value.json->with.empty() ? "it" : value.json->with));
    return messages;
  }

 private:
  struct Value {
    const EncryptedJson* json;
    bool is_metadata;
    bool is_used = false;
  };

  static std::string where(const Value& value) {
    return value.is_metadata ? value.json->path : "event_data." + value.json->path;
  }

  Result<void> add(std::size_t first, Bytes& messages) {
    const auto bytes = from_base64(values_[first].json->message);
    BytesView rest{bytes};
    auto message = take_message(rest);
    if (!message || !rest.empty()) return refused(where(values_[first]), "the encrypted value is damaged");
    const auto paths = paths_of(*message);
    if (paths.size() != message->count() || paths.empty() || paths.front() != values_[first].json->path)
      return refused(where(values_[first]), "the encrypted value belongs to another field");
    std::vector<ValuePlace> places;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      auto place = message->place(i);
      auto* const value = i == 0 ? &values_[first] : find(paths[i], paths.front(), place.offset >= metadata_offset);
      if (value == nullptr || value->is_used)
        return refused(
            where(values_[first]),
            fmt::format("the encrypted value has one for {} with it, and the line has none there", paths[i]));
      value->is_used = true;
      place.offset =
          value->is_metadata ? metadata_place(value->json->path) : static_cast<std::uint32_t>(value->json->offset);
      place.blank_size = static_cast<std::uint32_t>(value->json->blank_size);
      places.push_back(place);
    }
    message->places = std::as_bytes(std::span{places});
    append_message(*message, messages);
    return {};
  }

  Value* find(std::string_view path, std::string_view with, bool is_metadata) {
    const auto found = std::ranges::find_if(values_, [&](const Value& value) {
      return value.is_metadata == is_metadata && value.json->path == path && value.json->with == with;
    });
    return found == values_.end() ? nullptr : &*found;
  }

  std::vector<Value> values_;
};

// A line in which one personal value is in clear beside encrypted ones was put together by somebody.
Result<void> check_nothing_clear(const EventLine& line) {
  static constexpr std::string_view reason =
      "in clear beside encrypted values: a line has all its personal values encrypted, or none";
  if (!line.metadata.ip_address.empty()) return refused("metadata.ip_address", std::string{reason});
  if (!line.metadata.user_agent.empty()) return refused("metadata.user_agent", std::string{reason});
  if (!line.metadata.extra.empty()) return refused("metadata", std::string{reason});
  if (line.schema == nullptr) return {};
  EVENTSTORE_TRY_ASSIGN(const auto places, encrypted_places(*line.schema, line.data));
  for (const auto& place : places)
    if (!is_blank(place, line.data)) return refused("event_data." + place.path, std::string{reason});
  return {};
}

// Whether the values are this event's, and of the types that the line's schema has.
Result<void> check_values(const EventLine& line, const ValueCipher& cipher) {
  RecordedEvent event{.stream = line.stream.text(),
                      .id = line.metadata.event_id,
                      .type = line.type,
                      .organization = line.metadata.organization,
                      .encryption_key = encrypted_values,
                      .metadata = line.tagged,
                      .data = line.data};
  Bytes memory;
  if (auto opened = cipher.open(event, memory); !opened) {
    auto& error = opened.error();
    if (error.code == Errc::corrupt_record) error.code = Errc::invalid_argument;
    return failure(std::move(error));
  }
  if (line.schema == nullptr || encrypted_places(*line.schema, event.data)) return {};
  return refused(
      "event_data",
      "its values were encrypted under a schema whose fields had other types: import lines of export --clear");
}

}  // namespace

Result<void> take_encrypted_values(EventLine& line, const ValueCipher* cipher) {
  if (!line.has_encrypted()) return {};
  if (cipher == nullptr)
    return failure(Errc::missing_key, "read event line", line.stream.text(),
                   "the line has encrypted values, and this log has no keys");
  EVENTSTORE_TRY(check_nothing_clear(line));
  EVENTSTORE_TRY_ASSIGN(const Bytes messages, LineMessages{line}.make());
  append_tagged(encrypted_tag, messages, line.tagged);
  EVENTSTORE_TRY(check_values(line, *cipher));
  line.is_encrypted = true;
  return {};
}

}  // namespace v1
}  // namespace eventstore
