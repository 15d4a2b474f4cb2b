#include "named_zone.hpp"

#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace eventstore::app {
namespace {

using std::chrono::seconds;

bool same_letters(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return small(x) == small(y); });
}

// ICU has abbreviations too, with a meaning of its own: BST is Bangladesh, AST is Alaska.
bool is_whole_name(std::string_view name) {
  return name.find('/') != std::string_view::npos || name == "UTC" || name == "GMT";
}

std::string spelling_of(std::string_view name) {
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> names{
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, code)};
  if (U_FAILURE(code) || names == nullptr) return {};
  while (const char* const each = names->next(nullptr, code))
    if (is_whole_name(each) && same_letters(each, name)) return each;
  return {};
}

std::string shown(seconds offset) {
  const auto size = std::chrono::abs(offset).count();
  return fmt::format("{}{:02}:{:02}", offset < seconds{0} ? '-' : '+', size / 3600, size / 60 % 60);
}

class NamedZone final : public Zone {
 public:
  NamedZone(std::string name, std::unique_ptr<icu::TimeZone> rules)
      : name_{std::move(name)}, rules_{std::move(rules)} {}

  // No zone of the tz database has set its clocks twice within six days, so one change at most is between the two
  // moments here, and no clock is as far from UTC as they are from `local`.
  [[nodiscard]] Result<seconds> offset_at(std::chrono::local_seconds local) const override {
    const seconds utc = local.time_since_epoch();
    const auto before = offset_at_utc(utc - std::chrono::days{1});
    const auto after = offset_at_utc(utc + std::chrono::days{1});
    if (before == after) return before;
    const bool is_before = offset_at_utc(utc - before) == before;
    const bool is_after = offset_at_utc(utc - after) == after;
    if (is_before != is_after) return is_before ? before : after;
    return refused(is_before ? "comes twice" : "does not exist", before, after);
  }

  [[nodiscard]] seconds offset_at(Timestamp moment) const override {
    return offset_at_utc(std::chrono::floor<seconds>(moment.to_sys()).time_since_epoch());
  }

 private:
  [[nodiscard]] seconds offset_at_utc(seconds utc) const {
    std::int32_t standard = 0;
    std::int32_t summer = 0;
    UErrorCode code = U_ZERO_ERROR;
    rules_->getOffset(static_cast<UDate>(utc.count()) * U_MILLIS_PER_SECOND, static_cast<UBool>(false), standard,
                      summer, code);
    return seconds{(standard + summer) / U_MILLIS_PER_SECOND};
  }

  [[nodiscard]] tl::unexpected<Error> refused(std::string_view what, seconds before, seconds after) const {
    const bool can_be_written = before.count() % 60 == 0 && after.count() % 60 == 0;  // not so in early years
    return failure(Errc::invalid_argument, "read time", name_,
                   fmt::format("this time {} in {}: write {}", what, name_,
                               can_be_written ? fmt::format("{} or {} behind it", shown(before), shown(after))
                                              : "it in UTC, with Z behind it"));
  }

  std::string name_;
  std::unique_ptr<icu::TimeZone> rules_;
};

}  // namespace

std::shared_ptr<const Zone> named_zone(std::string_view name) {
  auto spelling = spelling_of(name);
  if (spelling.empty()) return nullptr;
  std::unique_ptr<icu::TimeZone> rules{icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(spelling))};
  if (rules == nullptr) return nullptr;
  return std::make_shared<const NamedZone>(std::move(spelling), std::move(rules));
}

}  // namespace eventstore::app
