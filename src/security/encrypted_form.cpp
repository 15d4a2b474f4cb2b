#include "encrypted_form.hpp"

#include <eventstore/schema/detail/bytes_reader.hpp>

#include <algorithm>

namespace eventstore::security {
namespace {

void append_bytes(BytesView bytes, Bytes& out) { out.insert(out.end(), bytes.begin(), bytes.end()); }

template <class Number>
requires std::is_arithmetic_v<Number>
void append_number(Number number, Bytes& out) { append_bytes(std::as_bytes(std::span{&number, 1}), out); }

}  // namespace

ValuePlace MessageView::place(std::size_t i) const {
  ValuePlace place;
  std::memcpy(&place, places.data() + i * sizeof place, sizeof place);
  return place;
}

void append_message(const MessageView& message, Bytes& out) {
  append_bytes(std::as_bytes(std::span{message.key_id.octets}), out);
  append_bytes(message.nonce, out);
  append_bytes(message.tag, out);
  append_number(static_cast<std::uint16_t>(message.count()), out);
  append_number(static_cast<std::uint16_t>(message.paths.size()), out);
  append_number(static_cast<std::uint32_t>(message.encrypted.size()), out);
  append_bytes(message.places, out);
  append_bytes(message.paths, out);
  append_bytes(message.encrypted, out);
}

std::optional<MessageView> take_message(BytesView& rest) {
  BytesReader in{rest};
  MessageView message;
  const auto copy = [&](auto& array) {
    if (const auto bytes = in.take(array.size()); in.ok()) std::memcpy(array.data(), bytes.data(), bytes.size());
  };
  copy(message.key_id.octets);
  copy(message.nonce);
  copy(message.tag);
  const auto count = in.number<std::uint16_t>();
  const auto path_bytes = in.number<std::uint16_t>();
  const auto size = in.number<std::uint32_t>();
  message.places = in.take(std::size_t{count} * sizeof(ValuePlace));
  message.paths = in.take(path_bytes);
  message.encrypted = in.take(size);
  if (!in.ok()) return std::nullopt;
  std::uint64_t clear = 0;
  for (std::size_t i = 0; i < message.count(); ++i) clear += message.place(i).clear_size;
  if (clear != size) return std::nullopt;
  message.whole = rest.first(rest.size() - in.remaining());
  rest = rest.subspan(message.whole.size());
  return message;
}

bool is_same_message(const MessageView& one, const MessageView& other) {
  return one.key_id == other.key_id && one.nonce == other.nonce && one.tag == other.tag &&
         std::ranges::equal(one.paths, other.paths) && std::ranges::equal(one.encrypted, other.encrypted);
}

std::vector<std::string_view> paths_of(const MessageView& message) {
  std::vector<std::string_view> paths;
  for (auto rest = as_text(message.paths); !rest.empty();) {
    const auto end = rest.find('\0');
    paths.push_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return paths;
}

BytesView messages_in(BytesView metadata) {
  BytesView found;
  each_tagged(metadata, [&](std::uint8_t tag, BytesView value, BytesView) {
    if (tag == encrypted_tag) found = value;
  });
  return found;
}

void append_tagged(std::uint8_t tag, BytesView value, Bytes& out) {
  out.push_back(std::byte{tag});
  append_number(static_cast<std::uint32_t>(value.size()), out);
  append_bytes(value, out);
}

}  // namespace eventstore::security
