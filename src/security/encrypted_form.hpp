#pragma once
// The bytes of encrypted values, as they stand in a tagged field of an event's metadata: docs/reference/file-format.md,
// "Encrypted values".
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "crypto.hpp"

namespace eventstore::security {

/// The tag of the encrypted values in an event's metadata.
inline constexpr std::uint8_t encrypted_tag = 64;

/// A value whose offset is this or more stands in the metadata, under the tag that the last byte is.
inline constexpr std::uint32_t metadata_offset = 0xFFFF'FF00;

/// Where one value belongs: `blank_size` bytes at `offset` in the stored data become `clear_size` bytes.
struct ValuePlace {
  std::uint32_t offset = 0;
  std::uint32_t blank_size = 0;
  std::uint32_t clear_size = 0;
};

/// All values of one subject in an event: one message. Lifetime: views into the bytes that it was read from.
struct MessageView {
  Uuid key_id{};
  Nonce nonce{};
  Tag tag{};
  BytesView places{};     ///< as many ValuePlaces, without alignment
  BytesView paths{};      ///< each with a zero byte behind it
  BytesView encrypted{};  ///< the values one after another
  BytesView whole{};

  [[nodiscard]] std::size_t count() const { return places.size() / sizeof(ValuePlace); }
  [[nodiscard]] ValuePlace place(std::size_t i) const;
};

/// Appends a message.
void append_message(const MessageView& message, Bytes& out);

/// Takes the next message from the front of `rest`; absent where the bytes are none.
std::optional<MessageView> take_message(BytesView& rest);

/// Whether the two are the same message, wherever its values have their places.
bool is_same_message(const MessageView& one, const MessageView& other);

/// The paths of a message's values, in their order.
std::vector<std::string_view> paths_of(const MessageView& message);

/// The messages in an event's metadata; empty where it has none.
BytesView messages_in(BytesView metadata);

/// Of a tagged field: the tag and the size of its value.
inline constexpr std::size_t tagged_header_bytes = 1 + sizeof(std::uint32_t);

/// Appends a tagged field, as encode_tagged does.
void append_tagged(std::uint8_t tag, BytesView value, Bytes& out);

/// Calls visit(tag, value, whole field) for each tagged field; false where the bytes end within one.
template <class Visit> bool each_tagged(BytesView metadata, Visit visit) {
  while (!metadata.empty()) {
    std::uint32_t length = 0;
    if (metadata.size() >= tagged_header_bytes) std::memcpy(&length, metadata.data() + 1, sizeof length);
    if (metadata.size() < tagged_header_bytes || metadata.size() - tagged_header_bytes < length) return false;
    visit(std::to_integer<std::uint8_t>(metadata.front()), metadata.subspan(tagged_header_bytes, length),
          metadata.first(tagged_header_bytes + length));
    metadata = metadata.subspan(tagged_header_bytes + length);
  }
  return true;
}

}  // namespace eventstore::security
