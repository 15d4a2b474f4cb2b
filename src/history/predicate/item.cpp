#include "item.hpp"

#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/duration.hpp>
#include <eventstore/schema/detail/flattened.hpp>

#include <algorithm>

#include "read_scalar.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

bool is_sequence(Kind kind) { return kind == Kind::list || kind == Kind::array || kind == Kind::set; }

// The number of elements that stand at the front of the bytes.
std::uint32_t take_count(BytesReader& reader, const Type& type) {
  if (type.kind == Kind::array) return type.count;
  const auto count = reader.number<std::uint32_t>();
  return count > reader.remaining() ? 0 : count;  // as in BytesReader
}

bool each_of(const JsonNode& node, Item::OnElement visit) {
  if (node.kind() == JsonKind::array)
    return node.each_element([&](JsonNode element) { return visit({}, Item{element}); });
  return node.each_member([&](std::string_view key, JsonNode entry) { return visit(key, Item{entry}); });
}

std::uint64_t json_size(const JsonNode& node) {
  std::uint64_t count = 0;
  (void)each_of(node, [&](std::string_view, const Item&) { return ++count != 0; });
  return count;
}

}  // namespace

std::optional<std::uint64_t> sized(const Scalar& scalar) {
  if (scalar.form != Form::text) return std::nullopt;
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  return static_cast<std::uint64_t>(std::count_if(scalar.text.begin(), scalar.text.end(), begins));
}

Item Item::opened(JsonDocument& document) const {
  Item item = *this;
  while ((item.source_ == Source::memory || item.source_ == Source::stored) && item.type_->kind == Kind::optional) {
    const auto& content = item.type_->element();
    if (item.source_ == Source::memory)
      item = Item{item.value_.content(), content};
    else
      item = !item.bytes_.empty() && item.bytes_[0] == std::byte{1} ? Item{item.bytes_.subspan(1), content} : Item{};
  }
  if ((item.source_ == Source::memory || item.source_ == Source::stored) && item.type_->kind == Kind::json) {
    const auto text = item.source_ == Source::memory ? item.value_.text() : BytesReader{item.bytes_}.text();
    if (text.empty()) return {};
    const auto parsed = document.parse(text);
    item = parsed ? Item{*parsed} : Item{};
  }
  if (item.source_ == Source::json && item.node_.kind() == JsonKind::null) return {};
  return item;
}

bool Item::is_secret() const {
  if (source_ != Source::memory && source_ != Source::stored) return false;
  const auto* type = type_;
  while (type->kind == Kind::optional) type = &type->element();
  return type->kind == Kind::secret_text;
}

Item Item::held() const {
  if (source_ == Source::memory) return {value_.held(), type_->fields[value_.alternative()].type};
  BytesReader reader{bytes_};
  const auto* const chosen = reader.alternative(*type_);
  return chosen == nullptr ? Item{} : Item{bytes_.last(reader.remaining()), chosen->type};
}

Item Item::member(std::string_view name) const {
  if (source_ == Source::json) {
    const auto found = node_.kind() == JsonKind::object ? node_.find(name) : std::nullopt;
    return found ? Item{*found} : Item{};
  }
  if (source_ != Source::memory && source_ != Source::stored) return {};
  switch (type_->kind) {
    case Kind::variant:
      if (name != alternative_member) return held().member(name);
      if (source_ == Source::memory) return Item{type_->fields[value_.alternative()].name};
      return Item{BytesReader{bytes_}.text()};
    case Kind::map: return source_ == Source::memory ? Item{value_.find(name), type_->element()} : stored_entry(name);
    case Kind::record: break;
    default: return {};
  }
  if (source_ == Source::stored) return stored_field(name);
  for (std::size_t i = 0; i < type_->fields.size(); ++i)
    if (type_->fields[i].name == name && !is_flattened(type_->fields[i])) return field(i);
  for (std::size_t i = 0; i < type_->fields.size(); ++i)
    if (is_flattened(type_->fields[i]))
      if (const auto found = field(i).member(name); found.is_there()) return found;
  return {};
}

Item Item::stored_field(std::string_view name) const {
  BytesReader reader{bytes_};
  Item inner{};
  for (const auto& field : type_->fields) {
    const auto bytes = reader.value(field.type);
    if (!reader.ok()) return {};
    if (is_flattened(field)) {
      if (!inner.is_there()) inner = Item{bytes, field.type}.member(name);
    } else if (field.name == name) {
      return {bytes, field.type};
    }
  }
  return inner;
}

Item Item::stored_entry(std::string_view key) const {
  Item found{};
  (void)each_stored([&](std::string_view name, const Item& entry) {
    if (name == key) found = entry;
    return name != key;
  });
  return found;
}

Item Item::element(std::int64_t index) const {
  const auto count = source_ == Source::json ? (node_.kind() == JsonKind::array ? json_size(node_) : 0)
                     : has_entries() && type_->kind != Kind::map && type_->kind != Kind::set ? *size()
                                                                                             : 0;
  const auto place = index < 0 ? index + static_cast<std::int64_t>(count) : index;
  if (place < 0 || static_cast<std::uint64_t>(place) >= count) return {};
  if (source_ == Source::memory) return {value_.at(static_cast<std::size_t>(place)), type_->element()};
  Item found{};
  std::int64_t at = 0;
  (void)each([&](std::string_view, const Item& one) {
    if (at == place) found = one;
    return at++ != place;
  });
  return found;
}

bool Item::has_entries() const {
  if (source_ == Source::json) return node_.kind() == JsonKind::array || node_.kind() == JsonKind::object;
  if (source_ != Source::memory && source_ != Source::stored) return false;
  return is_sequence(type_->kind) || type_->kind == Kind::map;
}

std::optional<std::uint64_t> Item::size() const {
  if (has_entries()) {
    if (source_ == Source::json) return json_size(node_);
    if (source_ == Source::memory) return value_.size();
    BytesReader reader{bytes_};
    return take_count(reader, *type_);
  }
  if (source_ == Source::memory && type_->kind == Kind::bytes) return value_.text().size();
  if (source_ == Source::stored && type_->kind == Kind::bytes) return BytesReader{bytes_}.sized().size();
  return sized(scalar());
}

bool Item::is_keyed() const {
  if (source_ == Source::json) return node_.kind() == JsonKind::object;
  return has_entries() && type_->kind == Kind::map;
}

bool Item::each(OnElement visit) const {
  if (!has_entries()) return true;
  if (source_ == Source::stored) return each_stored(visit);
  if (source_ == Source::memory)
    return value_.each([&](std::string_view key, Value element) {
      return visit(key, Item{element, type_->element()});
    });
  return each_of(node_, visit);
}

bool Item::each_stored(OnElement visit) const {
  BytesReader reader{bytes_};
  for (auto left = take_count(reader, *type_); left > 0; --left) {
    const auto key = type_->kind == Kind::map ? reader.text() : std::string_view{};
    const auto bytes = reader.value(type_->element());
    if (!reader.ok()) return true;
    if (!visit(key, Item{bytes, type_->element()})) return false;
  }
  return true;
}

Scalar Item::scalar() const {
  switch (source_) {
    case Source::none: return {};
    case Source::memory: return read_scalar(value_);
    case Source::stored: return read_scalar(bytes_, *type_);
    case Source::json: return read_scalar(node_);
    case Source::text: return Scalar::of(as_text(bytes_));
  }
  return {};
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
