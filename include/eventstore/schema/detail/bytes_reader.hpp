#pragma once
// Walks the bytes of values by their types.
#include <cstring>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/type.hpp>
#include <type_traits>

namespace eventstore {
inline namespace v1 {

/// Whether `time` lies in the years that a Timestamp can stand for, 0001 to 9999.
[[nodiscard]] constexpr bool is_calendar_time(Timestamp time) {
  constexpr std::int64_t micros_per_second = 1'000'000;
  return time.micros >= -62'135'596'800 * micros_per_second && time.micros < 253'402'300'800 * micros_per_second;
}

/// Reads from the front. Once a read did not fit, `ok()` is false and every read gives zeros.
/// Lifetime: views it gives live as long as the bytes it reads.
class BytesReader {
 public:
  explicit BytesReader(BytesView bytes) : rest_{bytes} {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }
  [[nodiscard]] std::size_t remaining() const { return rest_.size(); }

  template <class Number>
  requires std::is_arithmetic_v<Number> Number number() {
    Number value{};
    if (const auto bytes = take(sizeof value); ok_) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  BytesView take(std::size_t count) {
    if (!ok_ || count > rest_.size()) {
      ok_ = false;
      return {};
    }
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  /// A length of 4 bytes and that many bytes.
  BytesView sized() { return take(number<std::uint32_t>()); }
  std::string_view text() { return as_text(sized()); }

  /// Takes the name that a value of a variant begins with; the alternative of that name, null where there is none.
  const Field* alternative(const Type& variant);

  /// Takes a whole value of `type`; its bytes. Not ok() where the bytes are not such a value.
  BytesView value(const Type& type);

 private:
  void skip(const Type& type, int depth);

  BytesView rest_;
  bool ok_ = true;
};

}  // namespace v1
}  // namespace eventstore
