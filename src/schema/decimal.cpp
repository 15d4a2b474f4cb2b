#include "decimal.hpp"

#include <eventstore/schema/detail/json_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace eventstore {
inline namespace v1 {
namespace {

// An exponent of JSON has any length. No type holds a number with one beyond this.
constexpr std::int64_t exponent_most = 1'000'000'000;
// The exact value of a float64 has no more.
constexpr std::size_t exact_digits_most = 767;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view& rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - rest.begin());
  const auto digits = rest.substr(0, count);
  rest.remove_prefix(count);
  return digits;
}

bool take(std::string_view& rest, std::string_view any_of) {
  if (rest.empty() || any_of.find(rest.front()) == std::string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

// Nothing where there are no digits; what is too large is exponent_most.
std::optional<std::int64_t> take_exponent(std::string_view& rest) {
  const bool is_below = take(rest, "-");
  if (!is_below) take(rest, "+");
  const auto digits = take_digits(rest);
  if (digits.empty()) return std::nullopt;
  std::int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc{}) value = exponent_most;
  value = std::min(value, exponent_most);
  return is_below ? -value : value;
}

template <class Float> std::string shortest(Float value) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  Decimal made;
  made.is_negative_ = take(text, "-");
  const auto whole = take_digits(text);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return std::nullopt;
  made.digits_ = whole;
  made.exponent_ = static_cast<std::int64_t>(whole.size());
  if (take(text, ".")) {
    const auto fraction = take_digits(text);
    if (fraction.empty()) return std::nullopt;
    made.digits_ += fraction;
    made.is_written_whole_ = false;
  }
  if (take(text, "eE")) {
    const auto exponent = take_exponent(text);
    if (!exponent) return std::nullopt;
    made.exponent_ += *exponent;
    made.is_written_whole_ = false;
  }
  if (!text.empty()) return std::nullopt;
  made.digits_.erase(made.digits_.find_last_not_of('0') + 1);
  const auto zeros = std::min(made.digits_.find_first_not_of('0'), made.digits_.size());
  made.digits_.erase(0, zeros);
  made.exponent_ = made.digits_.empty() ? 0 : made.exponent_ - static_cast<std::int64_t>(zeros);
  return made;
}

template <class Integer> std::optional<Integer> Decimal::as_integer() const {
  if (!is_whole() || exponent_ > std::numeric_limits<Integer>::digits10 + 1) return std::nullopt;
  auto text = is_negative_ && !digits_.empty() ? "-" + digits_ : digits_;
  text.append(static_cast<std::size_t>(exponent_) - digits_.size(), '0');
  if (text.empty()) text = "0";
  Integer value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

template std::optional<std::int64_t> Decimal::as_integer() const;
template std::optional<std::uint64_t> Decimal::as_integer() const;

bool Decimal::is_too_large() const {
  if (is_written_whole_ && !as_integer<std::int64_t>() && !as_integer<std::uint64_t>()) return true;
  return std::isinf(rounded());
}

double Decimal::rounded() const {
  if (const auto value = nearest<double>()) return *value;
  const double limit = exponent_ > 0 ? std::numeric_limits<double>::infinity() : 0.0;
  return is_negative_ ? -limit : limit;
}

// Nothing beyond the largest one, and where what is not 0 would become 0.
template <class Float> std::optional<Float> Decimal::nearest() const {
  const auto text = fmt::format("0.{}e{}", digits_.empty() ? "0" : digits_, exponent_);
  Float value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || !std::isfinite(value) || (value == 0 && !digits_.empty())) return std::nullopt;
  return is_negative_ ? -value : value;
}

// Whether `value` is this number as far as it is written: its shortest text, or its exact one cut to as many digits.
template <class Float> bool Decimal::shows(Float value) const {
  if (parse(shortest(value)) == *this) return true;
  if (digits_.size() > exact_digits_most) return false;
  const auto exact =
      parse(fmt::format("{:.{}e}", static_cast<double>(value), std::max<std::size_t>(digits_.size(), 1) - 1));
  return exact == *this;
}

template <class Float> std::optional<Float> Decimal::as_real() const {
  const auto value = nearest<Float>();
  if (!value) return std::nullopt;
  const bool is_kept = !is_whole() && digits_.size() <= std::numeric_limits<Float>::max_digits10;
  const bool is_narrow = sizeof(Float) < sizeof(double) && nearest<double>() == static_cast<double>(*value);
  return is_kept || is_narrow || shows(*value) ? value : std::nullopt;
}

template std::optional<double> Decimal::as_real() const;
template std::optional<float> Decimal::as_real() const;

void Decimal::write_canonical(std::string& out) const {
  if (const auto whole = as_integer<std::int64_t>(); whole && (is_written_whole_ || std::abs(*whole) < (1LL << 53)))
    return append_json_number(out, *whole);
  if (const auto whole = as_integer<std::uint64_t>(); whole && is_written_whole_)
    return append_json_number(out, *whole);
  if (const auto real = as_real<double>()) return append_json_number(out, *real);
  out += fmt::format("{}{}.{}e{}", is_negative_ ? "-" : "", digits_.front(),
                     digits_.size() > 1 ? std::string_view{digits_}.substr(1) : "0", exponent_ - 1);
}

bool is_plain_number(std::string_view text) {
  std::string_view rest = text;
  const bool is_negative = take(rest, "-");
  const auto whole = take_digits(rest);
  if (rest.empty()) return whole.size() <= 18 && !(is_negative && whole == "0");
  if (!take(rest, ".")) return false;
  const auto fraction = take_digits(rest);
  if (!rest.empty() || whole.size() + fraction.size() > 15) return false;
  if (fraction == "0") return whole.size() <= 5 || whole.back() != '0';
  return fraction.back() != '0' && !(whole == "0" && fraction.front() == '0');
}

}  // namespace v1
}  // namespace eventstore
