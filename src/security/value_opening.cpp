#include "value_opening.hpp"

#include <eventstore/log/event_opener.hpp>

#include <algorithm>

namespace eventstore::security {
namespace {

void append(BytesView bytes, Bytes& out) { out.insert(out.end(), bytes.begin(), bytes.end()); }

}  // namespace

void ValueOpening::begin() {
  values_.clear();
  clear_.clear();
  has_erased_ = false;
}

std::byte* ValueOpening::add(const MessageView& message) {
  const auto begin = clear_.size();
  auto at = begin;
  for (std::size_t i = 0; i < message.count(); ++i) {
    const auto place = message.place(i);
    values_.push_back({place, at, false});
    at += place.clear_size;
  }
  clear_.resize(at);
  return clear_.data() + begin;
}

void ValueOpening::add_erased(const MessageView& message) {
  for (std::size_t i = 0; i < message.count(); ++i) {
    const auto place = message.place(i);
    if (place.offset < metadata_offset) values_.push_back({place, 0, true});
  }
  has_erased_ = true;
}

void ValueOpening::order() {
  const auto is_before = [](const Value& a, const Value& b) { return a.place.offset < b.place.offset; };
  // One message may have them in another order too: it was encrypted under an older schema, and imported.
  if (!std::is_sorted(values_.begin(), values_.end(), is_before)) std::sort(values_.begin(), values_.end(), is_before);
}

bool ValueOpening::write(BytesView data, BytesView metadata, Bytes& memory) {
  order();
  memory.clear();
  memory.reserve(data.size() + clear_.size() + metadata.size() + values_.size() * 16);
  std::vector<std::uint32_t> erased;
  std::size_t copied = 0;
  auto value = values_.begin();
  for (; value != values_.end() && value->place.offset < metadata_offset; ++value) {
    const auto& place = value->place;
    if (place.offset < copied || place.offset > data.size() || place.blank_size > data.size() - place.offset)
      return false;
    append(data.subspan(copied, place.offset - copied), memory);
    copied = place.offset;
    if (value->is_erased) {
      erased.push_back(static_cast<std::uint32_t>(memory.size()));
      continue;  // the blank value stays
    }
    append(BytesView{clear_}.subspan(value->at, place.clear_size), memory);
    copied += place.blank_size;
  }
  append(data.subspan(copied), memory);
  data_size_ = memory.size();
  for (; value != values_.end(); ++value)
    append_tagged(static_cast<std::uint8_t>(value->place.offset & 0xFFU),
                  BytesView{clear_}.subspan(value->at, value->place.clear_size), memory);
  if (!erased.empty()) append_tagged(erased_tag, std::as_bytes(std::span{erased}), memory);
  append(metadata, memory);
  return true;
}

}  // namespace eventstore::security
