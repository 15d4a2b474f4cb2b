#include <functions/cursor.hpp>

#include <fmt/format.h>

#include <charconv>

namespace domain {

namespace es = eventstore;

namespace {

constexpr std::int64_t limit_max = 10'000;
constexpr std::int64_t period_max = 100'000;  // days: 273 years

tl::unexpected<es::Error> not_a_cursor(const std::string& cursor) {
  return es::failure(es::Errc::invalid_argument, "read cursor", cursor, "not a cursor that an earlier page gave");
}

}  // namespace

es::Result<std::int64_t> number_in(const std::string& cursor) {
  std::int64_t number = 0;
  const auto* const end = cursor.data() + cursor.size();
  const auto read = std::from_chars(cursor.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || number < 1) return not_a_cursor(cursor);
  return number;
}

es::Result<void> check_limit(std::int64_t limit) {
  if (limit < 0 || limit > limit_max)
    return es::failure(es::Errc::invalid_argument, "read list", "limit", fmt::format("expected 0 to {}", limit_max));
  return {};
}

es::Result<void> check_period(const char* name, std::int64_t count) {
  if (count < 1 || count > period_max)
    return es::failure(es::Errc::invalid_argument, "read period", name, fmt::format("expected 1 to {}", period_max));
  return {};
}

es::Result<std::optional<es::Cursor>> time_cursor(const std::optional<std::string>& text) {
  if (!text) return std::optional<es::Cursor>{};
  const auto space = text->find(' ');
  if (space == std::string::npos) return not_a_cursor(*text);
  const auto moment = es::Timestamp::parse(text->substr(0, space));
  if (!moment) return not_a_cursor(*text);
  EVENTSTORE_TRY_ASSIGN(const std::int64_t position, number_in(text->substr(space + 1)));
  return std::optional{es::Cursor{{*moment, position}, {}}};
}

std::string time_cursor_text(const es::Cursor& cursor) {
  const auto* const moment = std::get_if<es::Timestamp>(&cursor.values.front());
  const auto* const position = std::get_if<std::int64_t>(&cursor.values.back());
  if (moment == nullptr || position == nullptr) return {};  // every document has both
  return fmt::format("{} {}", moment->to_string(), *position);
}

}  // namespace domain
