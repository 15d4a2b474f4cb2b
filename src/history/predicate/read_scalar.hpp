#pragma once
// Private to history: scalars from a state, from stored bytes and from JSON.
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/value.hpp>
#include "scalar.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// Missing for records, lists and the like. Lifetime: the view's.
[[nodiscard]] Scalar read_scalar(const Value& value);
/// Missing also where the bytes are no value of `type`.
[[nodiscard]] Scalar read_scalar(BytesView bytes, const Type& type);
[[nodiscard]] Scalar read_scalar(const JsonNode& node);

/// Digits with a sign or none, as many as 128 bits hold in any case; absent for other text.
[[nodiscard]] std::optional<Wide> read_integer(std::string_view text);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
