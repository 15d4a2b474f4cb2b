#include "document.hpp"

#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

namespace eventstore::engine::memory {
namespace {

std::optional<JsonNode> follow(JsonNode node, std::string_view path) {
  while (!path.empty()) {
    const auto part = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (node.kind() != JsonKind::object) return std::nullopt;
    const auto found = node.find(part);
    if (!found) return std::nullopt;
    node = *found;
  }
  return node;
}

QueryValue value_of(JsonNode node, const QueriedField& field) {
  const bool real = field.has_kind(Kind::float32) || field.has_kind(Kind::float64);
  switch (node.kind()) {
    case JsonKind::boolean: return node.boolean();
    case JsonKind::integer:
      if (real) return node.number();
      return node.integer();
    case JsonKind::large_integer: return static_cast<std::int64_t>(node.large_integer());
    case JsonKind::number: return node.number();
    case JsonKind::text: break;
    default: return std::monostate{};
  }
  if (field.has_kind(Kind::timestamp))
    if (const auto time = Timestamp::parse(node.text())) return *time;
  return std::string{node.text()};
}

}  // namespace

std::string json_of(const Column& column, const Bytes& value) {
  BytesView bytes{value};
  if (column.nullable) {
    if (bytes.empty() || bytes.front() == std::byte{0}) return {};
    bytes = bytes.subspan(1);
  }
  std::string json;
  (void)bytes_to_json(column.type, bytes, json);  // columns_of has checked them
  return json;
}

std::string json_of(const CollectionShape& shape, const Document& document) {
  std::string json{"{\"_id\":"};
  append_json_string(json, document.id);
  json += ",\"organization_id\":";
  append_json_string(json, document.organization);
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    const auto value = json_of(shape.columns[i], document.columns[i]);
    if (value.empty()) continue;
    json += ',';
    append_json_string(json, shape.columns[i].name);
    json += ':' + value;
  }
  return json + '}';
}

QueryValue value_of(const CollectionShape& shape, const Document& document, const QueriedField& field) {
  if (field.is_id()) return document.id;
  const auto place = shape.column(field.column->name);
  const auto json = json_of(shape.columns[place], document.columns[place]);
  JsonDocument parser;
  const auto root = parser.parse(json);
  if (!root) return std::monostate{};
  const auto found = follow(*root, field.path);
  return found ? value_of(*found, field) : QueryValue{std::monostate{}};
}

bool comes_before(const QueriedField& field, const QueryValue& a, const QueryValue& b) {
  const auto* const left = std::get_if<std::string>(&a);
  const auto* const right = std::get_if<std::string>(&b);
  if (left != nullptr && right != nullptr && field.has_kind(Kind::enumeration))
    return rank_of(*field.type, *left) < rank_of(*field.type, *right);
  return a < b;
}

}  // namespace eventstore::engine::memory
