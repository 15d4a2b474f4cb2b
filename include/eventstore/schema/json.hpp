#pragma once
// Free data in an event: JSON as it was given.
#include <string>

namespace eventstore {
inline namespace v1 {

/// The text of one JSON value, at most 64 KiB. An empty text stands for `null`.
struct Json {
  std::string text{};
  friend bool operator==(const Json&, const Json&) = default;
  friend auto operator<=>(const Json&, const Json&) = default;
};

}  // namespace v1
}  // namespace eventstore
