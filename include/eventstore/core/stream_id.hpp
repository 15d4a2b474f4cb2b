#pragma once
// The name of a stream: `<category>-<key>`, checked once, at birth.
#include <compare>
#include <eventstore/core/result.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Category: 1 to 64 bytes of a-z, 0-9 and '_'. Key: 1 to 200 bytes of printable UTF-8; it may contain '-'.
class StreamId {
 public:
  static constexpr std::size_t category_bytes_max = 64;
  static constexpr std::size_t key_bytes_max = 200;

  /// Reads "delivery-7". Errors: invalid_argument, saying which part is wrong.
  static Result<StreamId> parse(std::string_view text);
  /// Joins the two parts. Errors: as parse.
  static Result<StreamId> of(std::string_view category, std::string_view key);
  /// Takes text that was checked before it was stored.
  static StreamId trusted(std::string_view text) { return StreamId{std::string{text}}; }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view category() const { return std::string_view{text_}.substr(0, text_.find('-')); }
  [[nodiscard]] std::string_view key() const { return std::string_view{text_}.substr(text_.find('-') + 1); }

  friend auto operator<=>(const StreamId&, const StreamId&) = default;

 private:
  explicit StreamId(std::string text) : text_{std::move(text)} {}
  std::string text_;
};

/// Whether `category` may name a category. Errors: invalid_argument.
Result<void> check_category(std::string_view category);

}  // namespace v1
}  // namespace eventstore

template <> struct std::hash<eventstore::StreamId> {
  std::size_t operator()(const eventstore::StreamId& id) const noexcept { return std::hash<std::string>{}(id.text()); }
};
