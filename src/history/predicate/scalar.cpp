#include "scalar.hpp"

#include <cmath>
#include <cstring>
#include <string>

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

constexpr Wide nanoseconds_per_microsecond = 1000;

bool is_numeric(const Scalar& scalar) { return scalar.form == Form::integer || scalar.form == Form::number; }

double as_real(const Scalar& scalar) {
  return scalar.form == Form::integer ? static_cast<double>(scalar.whole) : scalar.real;
}

std::partial_ordering compare_whole(Wide a, Wide b) {
  if (a == b) return std::partial_ordering::equivalent;
  return a < b ? std::partial_ordering::less : std::partial_ordering::greater;
}

// Exact: nothing is rounded.
std::partial_ordering compare_mixed(Wide a, double b) {
  constexpr double beyond = 0x1p127;
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= beyond) return std::partial_ordering::less;
  if (b < -beyond) return std::partial_ordering::greater;
  const double floor = std::floor(b);
  const auto order = compare_whole(a, static_cast<Wide>(floor));
  return order == 0 && floor < b ? std::partial_ordering::less : order;
}

std::partial_ordering compare_numbers(const Scalar& a, const Scalar& b) {
  if (a.form == Form::number && b.form == Form::number) return a.real <=> b.real;
  if (a.form == Form::integer && b.form == Form::integer) return compare_whole(a.whole, b.whole);
  if (a.form == Form::integer) return compare_mixed(a.whole, b.real);
  return 0 <=> compare_mixed(b.whole, a.real);
}

std::optional<std::partial_ordering> compare_texts(const Scalar& a, const Scalar& b) {
  if (a.reads_as_time != b.reads_as_time) {
    const auto& literal = a.reads_as_time ? a : b;
    if (const auto other = time_of((a.reads_as_time ? b : a).text); other.form == Form::time)
      return a.reads_as_time ? compare_whole(literal.whole, other.whole) : compare_whole(other.whole, literal.whole);
  }
  return a.text <=> b.text;
}

// `text` in the form of what it is compared with.
Scalar read_as(const Scalar& text, Form form) {
  if (form == Form::time) return time_of(text.text);
  const auto uuid = Uuid::parse(text.text);
  return uuid ? Scalar::of(*uuid) : Scalar{};
}

bool reads_texts(Form form) { return form == Form::time || form == Form::uuid; }

Scalar sum_of_numbers(const Scalar& a, const Scalar& b, bool negative) {
  if (a.form == Form::number || b.form == Form::number)
    return Scalar::of(negative ? as_real(a) - as_real(b) : as_real(a) + as_real(b));
  Scalar result = a;
  const bool overflows = negative ? __builtin_sub_overflow(a.whole, b.whole, &result.whole)
                                  : __builtin_add_overflow(a.whole, b.whole, &result.whole);
  return overflows ? Scalar{} : result;
}

// The form of a sum of times and durations; missing where there is none.
Form sum_form(Form a, Form b, bool negative) {
  if (a == Form::duration && b == Form::duration) return Form::duration;
  if (a == Form::time && b == Form::duration) return Form::time;
  if (a == Form::duration && b == Form::time && !negative) return Form::time;
  return a == Form::time && b == Form::time && negative ? Form::duration : Form::missing;
}

}  // namespace

Scalar Scalar::of(bool value) { return {Form::boolean, false, value ? 1 : 0, 0, {}}; }
Scalar Scalar::of(Wide integer) { return {Form::integer, false, integer, 0, {}}; }
Scalar Scalar::of(double number) { return {Form::number, false, 0, number, {}}; }
Scalar Scalar::of(std::string_view text) { return {Form::text, false, 0, 0, text}; }
Scalar Scalar::of(Timestamp time) {
  return {Form::time, false, Wide{time.micros} * nanoseconds_per_microsecond, 0, {}};
}
Scalar Scalar::of(const Uuid& uuid) {
  Scalar scalar{Form::uuid, false, 0, 0, {}};
  static_assert(sizeof scalar.whole == sizeof uuid.octets);
  std::memcpy(&scalar.whole, uuid.octets.data(), sizeof scalar.whole);
  return scalar;
}
Scalar Scalar::duration(Wide count, Wide unit) {
  Scalar scalar{Form::duration, false, 0, 0, {}};
  return __builtin_mul_overflow(count, unit, &scalar.whole) ? Scalar{} : scalar;
}

Scalar time_of(std::string_view text) {
  // What is no time is mostly seen at once, and then no error is made of it.
  constexpr std::string_view day = "2026-01-27";
  if (text.size() < day.size() || text.size() > 40 || text[4] != '-') return {};
  const auto time = Timestamp::parse(text.size() == day.size() ? std::string{text} + "T00:00:00Z" : std::string{text});
  return time ? Scalar::of(*time) : Scalar{};
}

std::optional<std::partial_ordering> compare(const Scalar& a, const Scalar& b) {
  if (is_numeric(a) && is_numeric(b)) return compare_numbers(a, b);
  if (a.form == Form::text && reads_texts(b.form)) {
    const auto read = read_as(a, b.form);
    return read.form == Form::missing ? std::nullopt : compare(read, b);
  }
  if (b.form == Form::text && reads_texts(a.form)) {
    const auto read = read_as(b, a.form);
    return read.form == Form::missing ? std::nullopt : compare(a, read);
  }
  if (a.form != b.form || a.form == Form::missing) return std::nullopt;
  if (a.form == Form::uuid) return std::memcmp(&a.whole, &b.whole, sizeof a.whole) <=> 0;
  return a.form == Form::text ? compare_texts(a, b) : compare_whole(a.whole, b.whole);
}

Scalar sum(Scalar a, Scalar b, bool negative) {
  if (is_numeric(a) && is_numeric(b)) return sum_of_numbers(a, b, negative);
  if (a.form == Form::text) a = time_of(a.text);
  if (b.form == Form::text) b = time_of(b.text);
  const auto form = sum_form(a.form, b.form, negative);
  if (form == Form::missing) return {};
  auto result =
      sum_of_numbers({Form::integer, false, a.whole, 0, {}}, {Form::integer, false, b.whole, 0, {}}, negative);
  if (result.form != Form::missing) result.form = form;
  return result;
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
