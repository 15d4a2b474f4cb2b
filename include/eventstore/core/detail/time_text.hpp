#pragma once
// The text of a time without an allocation.
#include <array>
#include <eventstore/core/timestamp.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace detail {

/// Holds what Timestamp::to_string() gives. Lifetime: the view is into the object.
class TimeText {
 public:
  /// `time` lies in the years 0001 to 9999.
  explicit TimeText(Timestamp time);
  [[nodiscard]] std::string_view view() const { return {text_.data(), text_.size()}; }

 private:
  std::array<char, 27> text_;
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
