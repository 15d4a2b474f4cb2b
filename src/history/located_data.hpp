#pragma once
// Private to this layer: the value at a path, found in the bytes of data without making all of its JSON.
#include <eventstore/history/data_path.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/type.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace eventstore {
inline namespace v1 {

/// Bytes of a value of a type. Lifetime: those of the data and its schema.
struct LocatedBytes {
  const Type* type;
  BytesView bytes;
};
/// Free data, and the steps that are left within its JSON.
struct LocatedJson {
  std::string_view text;
  std::span<const DataStep> rest;
};
struct Missing {};
struct Damaged {};
using LocatedData = std::variant<Missing, Damaged, std::string_view, LocatedBytes, LocatedJson>;

/// What `bytes`, a value of the type of a recorded schema, have at `path`: what their JSON has there. Such a type knows
/// neither defaults nor flattened records. A std::string_view is a text by itself,
/// the name of a variant's alternative.
LocatedData locate(const Type& type, BytesView bytes, std::span<const DataStep> path);

/// The value at `path` in `node`.
std::optional<JsonNode> locate(JsonNode node, std::span<const DataStep> path);

}  // namespace v1
}  // namespace eventstore
