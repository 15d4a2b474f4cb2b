#include <eventstore/core/stream_id.hpp>

#include <eventstore/core/detail/utf8.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> malformed(std::string_view text, std::string reason) {
  std::string shown{is_printable_utf8(text) ? text.substr(0, 300) : std::string_view{"(not printable)"}};
  return failure(Errc::invalid_argument, "read stream id", std::move(shown), std::move(reason));
}

std::string why_no_key(std::string_view key) {
  if (!key.empty() && key.size() <= StreamId::key_bytes_max && is_utf8(key))
    return "the character " + find_hidden(key)->describe() + " cannot be seen: a key has only characters that show";
  return "a key is 1 to 200 bytes of printable UTF-8";
}

}  // namespace

Result<void> check_category(std::string_view category) {
  const bool named = std::all_of(category.begin(), category.end(),
                                 [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  if (category.empty() || category.size() > StreamId::category_bytes_max || !named)
    return malformed(category, "a category is 1 to 64 of a-z, 0-9 and _");
  return {};
}

Result<StreamId> StreamId::parse(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return malformed(text, "a stream is named <category>-<key>");
  return of(text.substr(0, dash), text.substr(dash + 1));
}

Result<StreamId> StreamId::of(std::string_view category, std::string_view key) {
  EVENTSTORE_TRY(check_category(category));
  if (key.empty() || key.size() > key_bytes_max || !is_printable_utf8(key)) return malformed(key, why_no_key(key));
  std::string text;
  text.reserve(category.size() + 1 + key.size());
  text.append(category).append(1, '-').append(key);
  return StreamId{std::move(text)};
}

}  // namespace v1
}  // namespace eventstore
