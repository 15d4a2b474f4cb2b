#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/zone.hpp>

#include <eventstore/core/detail/time_text.hpp>

#include <fmt/format.h>

#include <chrono>
#include <optional>

namespace eventstore {
inline namespace v1 {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_hour = 3600 * micros_per_second;
constexpr std::int64_t micros_per_day = 24 * micros_per_hour;

constexpr Timestamp first_moment{-62'135'596'800 * micros_per_second};
constexpr Timestamp last_moment{253'402'300'800 * micros_per_second - 1};

constexpr std::int64_t floor_to(std::int64_t micros, std::int64_t unit) {
  const auto rest = micros % unit;
  return micros - (rest < 0 ? rest + unit : rest);
}

// Reads fixed-width decimal fields from the front of the text.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_{text} {}

  [[nodiscard]] bool number(std::size_t width, int& value) {
    if (rest_.size() < width) return false;
    value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return false;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(width);
    return true;
  }
  [[nodiscard]] bool one_of(std::string_view wanted, char& found) {
    if (rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos) return false;
    found = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] bool literal(char wanted) {
    char ignored = 0;
    return one_of({&wanted, 1}, ignored);
  }
  [[nodiscard]] std::int64_t fraction_micros() {
    std::int64_t micros = 0;
    std::int64_t unit = micros_per_second / 10;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1), unit /= 10)
      micros += (rest_.front() - '0') * unit;
    return micros;
  }
  [[nodiscard]] bool digit_next() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  [[nodiscard]] bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

struct Parts {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::int64_t fraction = 0;
  std::optional<std::chrono::seconds> offset{};  // none where the text names none
};

std::optional<std::chrono::minutes> read_offset(Fields& fields) {
  char sign = 0;
  if (!fields.one_of("Zz+-", sign)) return std::nullopt;
  if (sign == 'Z' || sign == 'z') return std::chrono::minutes{0};
  int hours = 0;
  int minutes = 0;
  if (!fields.number(2, hours)) return std::nullopt;
  (void)fields.literal(':');
  if (!fields.number(2, minutes)) return std::nullopt;
  if (hours > 23 || minutes > 59) return std::nullopt;
  return std::chrono::minutes{(sign == '-' ? -1 : 1) * (hours * 60 + minutes)};
}

bool read_parts(std::string_view text, Parts& parts) {
  Fields fields{text};
  char separator = 0;
  if (!fields.number(4, parts.year) || !fields.literal('-') || !fields.number(2, parts.month) || !fields.literal('-') ||
      !fields.number(2, parts.day) || !fields.one_of("Tt ", separator) || !fields.number(2, parts.hour) ||
      !fields.literal(':') || !fields.number(2, parts.minute) || !fields.literal(':') ||
      !fields.number(2, parts.second))
    return false;
  if (fields.literal('.')) {
    if (!fields.digit_next()) return false;
    parts.fraction = fields.fraction_micros();
  }
  if (fields.done()) return true;
  parts.offset = read_offset(fields);
  return parts.offset && fields.done();
}

std::chrono::year_month_day calendar_day(std::int64_t micros) {
  return sys_days{days{floor_to(micros, micros_per_day) / micros_per_day}};
}

std::string format_seconds(std::int64_t micros) {
  const auto date = calendar_day(micros);
  const auto second_of_day = (micros - floor_to(micros, micros_per_day)) / micros_per_second;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), second_of_day / 3600,
                     second_of_day / 60 % 60, second_of_day % 60);
}

std::int64_t fraction_of(std::int64_t micros) { return micros - floor_to(micros, micros_per_second); }

bool is_calendar_time(Timestamp time) { return time >= first_moment && time <= last_moment; }

// Writes the last `width` decimal digits of `value` and then the `mark`; gives the place behind them.
char* write_digits(char* out, std::int64_t value, int width, char mark) {
  for (int place = width - 1; place >= 0; --place, value /= 10) out[place] = static_cast<char>('0' + value % 10);
  out[width] = mark;
  return out + width + 1;
}

}  // namespace

Result<Timestamp> Timestamp::parse(std::string_view text, const Zone* zone) {
  const auto malformed = [&](std::string reason) {
    return failure(Errc::invalid_argument, "read time", std::string{text.substr(0, 64)}, std::move(reason));
  };
  Parts parts;
  if (!read_parts(text, parts)) return malformed("expected RFC 3339 like 2026-01-27T10:30:00Z");
  if (!parts.offset && zone == nullptr)
    return malformed("the time has no zone: write Z or an offset like +01:00 behind it");
  const std::chrono::year_month_day date{std::chrono::year{parts.year},
                                         std::chrono::month{static_cast<unsigned>(parts.month)},
                                         std::chrono::day{static_cast<unsigned>(parts.day)}};
  if (!date.ok() || parts.year == 0) return malformed("no such day");
  // A leap second is accepted and becomes the first moment of the next minute.
  if (parts.hour > 23 || parts.minute > 59 || parts.second > 60) return malformed("no such time of day");
  const std::chrono::seconds local = sys_days{date}.time_since_epoch() + std::chrono::hours{parts.hour} +
                                     std::chrono::minutes{parts.minute} + std::chrono::seconds{parts.second};
  if (!parts.offset) {
    const auto offset = zone->offset_at(std::chrono::local_seconds{local});
    if (!offset) return malformed(offset.error().detail);
    parts.offset = *offset;
  }
  const Timestamp moment{(local - *parts.offset).count() * micros_per_second + parts.fraction};
  if (moment < first_moment || moment > last_moment) return malformed("outside the years 0001 to 9999 in UTC");
  return moment;
}

Result<std::chrono::minutes> Timestamp::parse_zone(std::string_view text) {
  Fields fields{text};
  const auto offset = read_offset(fields);
  if (!offset || !fields.done())
    return failure(Errc::invalid_argument, "read zone", std::string{text.substr(0, 64)},
                   "expected Z, or an offset from UTC like +01:00");
  return *offset;
}

detail::TimeText::TimeText(Timestamp time) : text_{} {
  const auto date = calendar_day(time.micros);
  const auto second_of_day = (time.micros - floor_to(time.micros, micros_per_day)) / micros_per_second;
  char* out = text_.data();
  out = write_digits(out, static_cast<int>(date.year()), 4, '-');
  out = write_digits(out, static_cast<unsigned>(date.month()), 2, '-');
  out = write_digits(out, static_cast<unsigned>(date.day()), 2, 'T');
  out = write_digits(out, second_of_day / 3600, 2, ':');
  out = write_digits(out, second_of_day / 60 % 60, 2, ':');
  out = write_digits(out, second_of_day % 60, 2, '.');
  (void)write_digits(out, fraction_of(time.micros), 6, 'Z');
}

std::string Timestamp::to_string() const {
  if (is_calendar_time(*this)) return std::string{detail::TimeText{*this}.view()};
  return fmt::format("{}.{:06}Z", format_seconds(micros), fraction_of(micros));
}

std::string Timestamp::date() const { return to_string().substr(0, 10); }

std::int32_t Timestamp::hour() const {
  return static_cast<std::int32_t>((micros - floor_to(micros, micros_per_day)) / micros_per_hour);
}

Timestamp Timestamp::start_of_hour() const { return Timestamp{floor_to(micros, micros_per_hour)}; }

Timestamp Timestamp::start_of_day() const { return Timestamp{floor_to(micros, micros_per_day)}; }

}  // namespace v1
}  // namespace eventstore
