#include <aggregates/customer/check_preferences.hpp>

#include <algorithm>
#include <string_view>

namespace domain {
namespace {

using eventstore::refuse;

constexpr std::size_t zone_bytes_max = 64;
constexpr std::size_t language_bytes_max = 35;  // RFC 5646

bool is_number(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The minutes of HH:MM since midnight.
std::optional<int> minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const auto place : {0U, 1U, 3U, 4U})
    if (!is_number(text[place])) return std::nullopt;
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  const bool is_time = minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0));
  return is_time ? std::optional{hours * 60 + minutes} : std::nullopt;
}

bool is_time_span(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return false;
  const auto begin = minutes_of(text.substr(0, 5));
  const auto end = minutes_of(text.substr(6));
  return begin && end && *begin < *end;
}

// Whether `is_part` holds for each of the parts between the separators.
template <class IsPart> bool all_parts(std::string_view text, char separator, IsPart is_part) {
  for (;;) {
    const auto end = text.find(separator);
    if (!is_part(text.substr(0, end))) return false;
    if (end == text.npos) return true;
    text.remove_prefix(end + 1);
  }
}

bool is_zone_name(std::string_view text) {
  const auto fits = [](char c) { return is_letter(c) || is_number(c) || c == '_' || c == '-' || c == '+'; };
  return text.size() <= zone_bytes_max && all_parts(text, '/', [&](std::string_view part) {
           return !part.empty() && is_letter(part.front()) && std::all_of(part.begin(), part.end(), fits);
         });
}

bool is_language(std::string_view text) {
  const auto fits = [](char c) { return is_letter(c) || is_number(c); };
  const auto first = text.substr(0, text.find('-'));
  return text.size() <= language_bytes_max && first.size() >= 2 && std::all_of(first.begin(), first.end(), is_letter) &&
         all_parts(text, '-', [&](std::string_view part) {
           return !part.empty() && part.size() <= 8 && std::all_of(part.begin(), part.end(), fits);
         });
}

bool has_twice(const std::vector<Weekday>& days) {
  for (auto day = days.begin(); day != days.end(); ++day)
    if (std::find(day + 1, days.end(), *day) != days.end()) return true;
  return false;
}

}  // namespace

std::optional<eventstore::Refusal> check_preferences(const CustomerPreferences& preferences) {
  const auto& times = preferences.preferred_times;
  if (!std::all_of(times.begin(), times.end(), is_time_span))
    return refuse("bad_time", "preferred_times are like 09:00-12:00, with the end after the beginning");
  if (has_twice(preferences.preferred_days)) return refuse("bad_days", "preferred_days has a day twice");
  if (!is_language(preferences.language)) return refuse("bad_language", "language is like en or pt-BR");
  if (!is_zone_name(preferences.timezone))
    return refuse("bad_timezone", "timezone is an IANA name like America/New_York");
  return std::nullopt;
}

}  // namespace domain
