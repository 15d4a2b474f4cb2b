#pragma once
// Private to the schema layer: a number as JSON writes it, exactly.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// A decimal number of any length: 0.DIGITS times ten to an exponent. Threads: any number of readers.
class Decimal {
 public:
  /// Nothing where `text` is no number in JSON's grammar.
  static std::optional<Decimal> parse(std::string_view text);

  /// The value, where it is a whole number that Integer (64 bits) holds.
  template <class Integer> [[nodiscard]] std::optional<Integer> as_integer() const;
  [[nodiscard]] bool is_whole() const { return exponent_ >= static_cast<std::int64_t>(digits_.size()); }
  /// Whether no float64 is as large, or, where it is written without a fraction and an exponent, no 64-bit integer.
  [[nodiscard]] bool is_too_large() const;
  /// The nearest float64; infinite, where no float64 is as large.
  [[nodiscard]] double rounded() const;

  /// The float64 or float32 nearest to the value, where that says the same: its own text is this number, or it has all
  /// digits that are written, or the number has a fraction and no more digits (17 or 9) than tell one Float from
  /// another, or it is a float64 that is a float32 too, as bytes_to_json() writes one.
  template <class Float> [[nodiscard]] std::optional<Float> as_real() const;

  /// Appends the value as JSON; equal values give equal texts. What a 64-bit integer or a float64 holds is written as
  /// append_json_number() writes it, whole numbers below 2^53 as integers.
  void write_canonical(std::string& out) const;

  /// By value: 1.10 is 1.1, and -0 is 0.
  friend bool operator==(const Decimal& a, const Decimal& b) {
    return a.digits_ == b.digits_ && a.exponent_ == b.exponent_ &&
           (a.is_negative_ == b.is_negative_ || a.digits_.empty());
  }

 private:
  template <class Float> [[nodiscard]] std::optional<Float> nearest() const;
  template <class Float> [[nodiscard]] bool shows(Float value) const;

  bool is_negative_ = false;
  bool is_written_whole_ = true;  // without a fraction and an exponent
  std::string digits_;            // neither begins nor ends with 0; empty for 0
  std::int64_t exponent_ = 0;
};

/// Whether append_json_number() gives `text`, a number in JSON's grammar, from the integer or float64 that it says.
/// May be false where it is so.
bool is_plain_number(std::string_view text);

}  // namespace v1
}  // namespace eventstore
