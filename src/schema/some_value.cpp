#include <eventstore/schema/detail/blank_value.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

// Writes values, of two kinds: `odd_` says which.
class SomeValue {
 public:
  SomeValue(bool odd, Bytes& out) : odd_{odd}, out_{out} {}

  void append(const Type& type) {
    switch (type.kind) {
      case Kind::boolean: return number(odd_ ? 1 : 0, 1);
      case Kind::int8:
      case Kind::uint8: return number(one(), 1);
      case Kind::int16:
      case Kind::uint16: return number(one(), 2);
      case Kind::int32:
      case Kind::uint32: return number(one(), 4);
      case Kind::int64:
      case Kind::uint64:
      case Kind::nanoseconds:
      case Kind::microseconds:
      case Kind::milliseconds:
      case Kind::seconds:
      case Kind::minutes:
      case Kind::hours:
      case Kind::days:
      case Kind::timestamp: return number(one(), 8);
      case Kind::float32: return number(odd_ ? 0x3F80'0000 : 0x4000'0000, 4);
      case Kind::float64: return number(odd_ ? 0x3FF0'0000'0000'0000 : 0x4000'0000'0000'0000, 8);
      case Kind::uuid: number(one(), 8); return number(one(), 8);
      case Kind::text:
      case Kind::secret_text: return sized(odd_ ? "erased" : "gone");
      case Kind::bytes:
      case Kind::json: return sized(odd_ ? "1" : "2");
      case Kind::optional: number(1, 1); return append(type.element());
      case Kind::list:
      case Kind::set: number(1, 4); return append(type.element());
      case Kind::map:
        number(1, 4);
        sized("erased");
        return append(type.element());
      case Kind::enumeration: return sized(odd_ ? type.enumerators.back() : type.enumerators.front());
      case Kind::array:
        for (std::uint32_t i = 0; i < type.count; ++i) append(type.element());
        return;
      case Kind::variant: {
        const auto& chosen = odd_ ? type.fields.back() : type.fields.front();
        sized(chosen.name);
        return append(chosen.type);
      }
      case Kind::record:
        for (const auto& field : type.fields) append(field.type);
        return;
    }
  }

 private:
  [[nodiscard]] std::uint64_t one() const { return odd_ ? 1 : 2; }
  void number(std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out_.push_back(static_cast<std::byte>(value >> (8 * i)));
  }
  void sized(std::string_view text) {
    number(text.size(), 4);
    const auto bytes = as_bytes(text);
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }

  const bool odd_;
  Bytes& out_;
};

}  // namespace

void append_some(const Type& type, const Bytes* default_value, Bytes& out) {
  Bytes blank;
  append_blank(type, default_value, blank);
  Bytes some;
  SomeValue{true, some}.append(type);
  if (some == blank) {
    some.clear();
    SomeValue{false, some}.append(type);
  }
  out.insert(out.end(), some.begin(), some.end());
}

}  // namespace v1
}  // namespace eventstore
