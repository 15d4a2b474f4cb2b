#pragma once
// Private to the schema layer: what a line is that is not one JSON object.
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// What `line` is instead of one JSON object, and what to do; empty where it cannot be told. For messages.
std::string_view other_form_of(std::string_view line);

}  // namespace v1
}  // namespace eventstore
