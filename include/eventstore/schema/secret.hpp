#pragma once
// Text that nothing shows: a password's hash, a token.
#include <string>
#include <string_view>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// In JSON, in collections, in audit lines and on a terminal it is "sealed"; in a store's log and snapshots it is
/// encrypted under its subject's key, like personal data. JSON that comes in has its text.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_{std::move(text)} {}

  /// The text. Whoever calls it answers for where the text goes.
  [[nodiscard]] const std::string& reveal() const { return text_; }
  [[nodiscard]] std::string& reveal() { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }

  friend bool operator==(const Secret&, const Secret&) = default;

 private:
  std::string text_;
};

/// What stands for a secret wherever it would be shown.
inline constexpr std::string_view shown_secret = "sealed";
/// What stands for a value whose subject was erased, wherever it would be shown.
inline constexpr std::string_view shown_erased = "erased";

}  // namespace v1
}  // namespace eventstore
