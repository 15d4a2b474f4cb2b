#include "edge_cases.hpp"

#include <eventstore/schema/detail/bytes_reader.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace eventstore {
inline namespace v1 {
namespace {

using What = EdgeCase::What;

class Finder {
 public:
  explicit Finder(BytesView bytes) : in_{bytes} {}

  void value(const Type& type) {
    switch (type.kind) {
      case Kind::boolean: return show(type, What::enumerator_or_flag, in_.number<std::uint8_t>());
      case Kind::int8: return number<std::int8_t>(type);
      case Kind::int16: return number<std::int16_t>(type);
      case Kind::int32: return number<std::int32_t>(type);
      case Kind::nanoseconds:
      case Kind::microseconds:
      case Kind::milliseconds:
      case Kind::seconds:
      case Kind::minutes:
      case Kind::hours:
      case Kind::days:
      case Kind::int64: return number<std::int64_t>(type);
      case Kind::uint8: return number<std::uint8_t>(type);
      case Kind::uint16: return number<std::uint16_t>(type);
      case Kind::uint32: return number<std::uint32_t>(type);
      case Kind::uint64: return number<std::uint64_t>(type);
      case Kind::float32: return number<float>(type);
      case Kind::float64: return number<double>(type);
      case Kind::text: return text(type);
      case Kind::bytes:
      case Kind::secret_text:
      case Kind::json: return length(type, in_.sized().size());
      case Kind::uuid: in_.value(type); return;
      case Kind::timestamp: return time(type);
      case Kind::enumeration: return enumerator(type);
      case Kind::optional:
        if (in_.number<std::uint8_t>() == 0) return show(type, What::absent);
        show(type, What::present);
        return value(type.element());
      case Kind::list:
      case Kind::set:
      case Kind::map: return elements(type);
      case Kind::array:
        for (std::uint32_t i = 0; i < type.count; ++i) value(type.element());
        return;
      case Kind::variant: return alternative(type);
      case Kind::record:
        for (const auto& field : type.fields) value(field.type);
    }
  }

  EdgeCases found{};

 private:
  void show(const Type& type, What what, std::uint32_t which = 0) {
    found.push_back({&type, static_cast<std::uint32_t>(what) + which});
  }
  void length(const Type& type, std::size_t bytes) {
    show(type, bytes == 0     ? What::empty
               : bytes <= 15  ? What::up_to_15_bytes
               : bytes <= 255 ? What::up_to_255_bytes
                              : What::longer);
  }
  void text(const Type& type) {
    const auto read = in_.text();
    length(type, read.size());
    const auto any = [&](auto is_it) { return std::any_of(read.begin(), read.end(), is_it); };
    if (any([](char c) { return c == '"' || c == '\\' || (c >= 0 && c < 0x20); })) show(type, What::with_escapes);
    if (any([](char c) { return c < 0; })) show(type, What::beyond_ascii);
  }
  template <class Number> void number(const Type& type) {
    using Limits = std::numeric_limits<Number>;
    const auto read = in_.number<Number>();
    if constexpr (std::is_floating_point_v<Number>) {
      if (std::isnan(read)) return show(type, What::not_a_number);
      if (std::isinf(read)) show(type, What::infinite);
      if (read != std::floor(read)) show(type, What::fraction);
      if (read == 0 && std::signbit(read)) return show(type, What::negative_zero);
    }
    if (read == Limits::max()) show(type, What::most);
    if (read == Limits::lowest() && read != 0) show(type, What::least);
    show(type, read == 0 ? What::zero : read > 0 ? What::positive : What::negative);
  }
  void time(const Type& type) {
    const auto micros = in_.number<std::int64_t>();
    show(type, micros == 0 ? What::zero : micros < 0 ? What::before_1970 : What::positive);
    if (micros % 1'000'000 != 0) show(type, What::parts_of_a_second);
  }
  void enumerator(const Type& type) {
    const auto& names = type.enumerators;
    const auto place = std::find(names.begin(), names.end(), in_.text()) - names.begin();
    show(type, What::enumerator_or_flag, static_cast<std::uint32_t>(place));
  }
  void alternative(const Type& type) {
    const auto* const held = in_.alternative(type);
    show(type, What::enumerator_or_flag, static_cast<std::uint32_t>(held - type.fields.data()));
    value(held->type);
  }
  void elements(const Type& type) {
    const auto count = in_.number<std::uint32_t>();
    show(type, count == 0 ? What::none_of : count == 1 ? What::one_of : What::several_of);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (type.kind == Kind::map) (void)in_.sized();
      value(type.element());
    }
  }

  BytesReader in_;
};

}  // namespace

std::optional<EdgeCases> edge_cases(const Type& type, BytesView bytes) {
  BytesReader reader{bytes};
  (void)reader.value(type);
  if (!reader.done()) return std::nullopt;
  Finder finder{bytes};
  finder.value(type);
  auto& found = finder.found;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return std::move(found);
}

}  // namespace v1
}  // namespace eventstore
