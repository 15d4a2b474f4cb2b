#pragma once
// Private to the schema layer: values and fields in messages about JSON.
#include <span>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// The value as a message quotes it: whole, unless it is longer than any name or number, which ends in "…" then.
std::string shown_value(std::string_view value);

/// "missing field; also missing: limit, address.city", of which the first stands in Error::where.
std::string describe_missing(std::span<const std::string> paths);
/// "; also missing: limit, address.city" behind another message; empty where there are none.
std::string also_missing(std::span<const std::string> paths);

}  // namespace v1
}  // namespace eventstore
