#pragma once
// Archives over contiguous memory, after cereal's pattern: fixed-width little-endian numbers, lengths of 4 bytes.
// The bytes are described in docs/reference/file-format.md, "Payloads".
//
// The archives call the functions below by cereal's names. Their base is not cereal::InputArchive, which holds three
// hash tables: making those for each event would cost more than reading it.
#include <algorithm>
#include <bit>
#include <cereal/details/helpers.hpp>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/described.hpp>
#include <eventstore/schema/detail/alternatives.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/copy_bytes.hpp>
#include <eventstore/schema/detail/duration.hpp>
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/json.hpp>
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>
#include <eventstore/schema/secret.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace eventstore {
inline namespace v1 {

static_assert(std::endian::native == std::endian::little, "payloads are little-endian, and so must the machine be");

/// Appends to bytes that it borrows.
class BytesOut : public cereal::detail::OutputArchiveBase {
 public:
  explicit BytesOut(Bytes& out) : out_{out} {}

  template <class... T> BytesOut& operator()(const T&... values) {
    (CEREAL_SAVE_FUNCTION_NAME(*this, values), ...);
    return *this;
  }

  void write(const void* data, std::size_t size) {
    // Grown first and copied into: g++ 12 sees an overflow that is not there in vector::insert, once it is inlined.
    const auto end = out_.size();
    out_.resize(end + size);
    if (size != 0) std::memcpy(out_.data() + end, data, size);
  }
  void write_sized(BytesView bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    write(&size, sizeof size);
    write(bytes.data(), bytes.size());
  }

 private:
  Bytes& out_;
};

/// Thrown at a value that another build wrote and this build cannot hold: an enumerator, an alternative of a variant, a
/// duration that a finer unit cannot hold.
struct UnknownEnumerator : cereal::Exception {
  using cereal::Exception::Exception;
};

/// Reads bytes that it borrows. Too short or impossible input throws cereal::Exception; see codec.hpp.
class BytesIn : public cereal::detail::InputArchiveBase {
 public:
  explicit BytesIn(BytesView bytes) : at_{bytes.data()}, end_{at_ + bytes.size()} {}

  template <class... T> BytesIn& operator()(T&... values) {
    (CEREAL_LOAD_FUNCTION_NAME(*this, values), ...);
    return *this;
  }
  // Most fields are text, and g++ 12 would call a function for each.
  [[gnu::always_inline]] BytesIn& operator()(std::string& text);

  void read(void* data, std::size_t size) {
    if (size > remaining()) [[unlikely]]
      too_short();
    std::memcpy(data, at_, size);
    at_ += size;
  }
  BytesView read_sized() {
    std::uint32_t size = 0;
    read(&size, sizeof size);
    return take(size);
  }
  BytesView take(std::size_t size) {
    if (size > remaining()) [[unlikely]]
      too_short();
    const BytesView taken{at_, size};
    at_ += size;
    return taken;
  }
  [[nodiscard]] BytesView rest() const { return {at_, end_}; }
  [[nodiscard]] std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }

  [[noreturn]] static void too_short() { impossible("the bytes end too soon"); }
  [[noreturn]] static void unknown_enumerator(std::string_view name);
  [[noreturn]] static void unknown_alternative(std::string_view name);
  [[noreturn]] static void too_long_for_unit();
  [[noreturn]] static void impossible(const char* what);  // out of line: quick code has no throw

 private:
  const std::byte* at_;
  const std::byte* end_;
};

template <class Number>
requires std::is_arithmetic_v<Number>
void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const Number& value) { archive.write(&value, sizeof value); }
template <class Number>
requires std::is_arithmetic_v<Number>
void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, Number& value) {
  if constexpr (std::is_same_v<Number, bool>) {
    std::uint8_t stored = 0;
    archive.read(&stored, 1);
    if (stored > 1) BytesIn::impossible("a boolean is neither 0 nor 1");
    value = stored == 1;
  } else {
    archive.read(&value, sizeof value);
  }
}

inline void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const std::string& text) {
  archive.write_sized(as_bytes(text));
}
[[gnu::always_inline]] inline void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, std::string& text) {
  const auto taken = archive.read_sized();
  // An object that is used again mostly holds a text of the same length, an id: then it is overwritten where it is.
  if (taken.size() != text.size())
    text.assign(as_text(taken));
  else
    detail::copy_bytes(text.data(), taken);
}

inline BytesIn& BytesIn::operator()(std::string& text) {
  CEREAL_LOAD_FUNCTION_NAME(*this, text);
  return *this;
}

inline void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const Secret& value) {
  archive.write_sized(as_bytes(value.reveal()));
}
inline void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, Secret& value) { archive(value.reveal()); }

inline void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const Json& json) { archive.write_sized(as_bytes(json.text)); }
inline void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, Json& json) { archive(json.text); }

inline void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const Bytes& bytes) { archive.write_sized(bytes); }
inline void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, Bytes& bytes) {
  const auto taken = archive.read_sized();
  bytes.assign(taken.begin(), taken.end());
}

inline void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const Uuid& uuid) {
  archive.write(uuid.octets.data(), uuid.octets.size());
}
inline void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, Uuid& uuid) {
  archive.read(uuid.octets.data(), uuid.octets.size());
}

inline void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const Timestamp& time) {
  archive.write(&time.micros, sizeof time.micros);
}
inline void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, Timestamp& time) {
  archive.read(&time.micros, sizeof time.micros);
  if (!is_calendar_time(time)) BytesIn::impossible("a time outside the years 0001 to 9999");
}

template <DescribedEnum E> void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const E& value) {
  archive.write_sized(as_bytes(to_string(value)));
}
template <DescribedEnum E> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, E& value) {
  const auto name = as_text(archive.read_sized());
  const auto known = enum_from<E>(name);
  if (!known) BytesIn::unknown_enumerator(name);
  value = *known;
}

template <class T> void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const std::optional<T>& value) {
  archive(static_cast<std::uint8_t>(value.has_value()));
  if (value) archive(*value);
}
template <class T> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, std::optional<T>& value) {
  bool present = false;
  archive(present);
  if (!present) return value.reset();
  if (!value) value.emplace();
  archive(*value);
}

template <class T> void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const List<T>& list) {
  archive(static_cast<std::uint32_t>(list.size()));
  for (const T& element : list) archive(element);
}
template <class T> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, List<T>& list) {
  std::uint32_t count = 0;
  archive(count);
  if (count > archive.remaining()) BytesIn::too_short();  // every element takes a byte at least
  list.clear();
  for (std::uint32_t i = 0; i < count; ++i) archive(list.emplace_back());
}

template <class T>
requires(!std::is_same_v<T, std::byte>) void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const std::vector<T>& list) {
  archive(static_cast<std::uint32_t>(list.size()));
  for (const T& element : list) archive(element);
}
// Grows as the bytes arrive: a count that the bytes cannot back allocates next to nothing.
template <class T>
requires(!std::is_same_v<T, std::byte>) void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, std::vector<T>& list) {
  std::uint32_t count = 0;
  archive(count);
  if (count > archive.remaining()) BytesIn::too_short();  // every element takes a byte at least
  list.clear();
  list.reserve(std::min<std::size_t>(count, 64));
  for (std::uint32_t i = 0; i < count; ++i) archive(list.emplace_back());
}

template <class T> void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const std::map<std::string, T>& map) {
  archive(static_cast<std::uint32_t>(map.size()));
  for (const auto& [key, value] : map) archive(key, value);
}
template <class T> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, std::map<std::string, T>& map) {
  std::uint32_t count = 0;
  archive(count);
  map.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string key{as_text(archive.read_sized())};
    archive(map.emplace_hint(map.end(), std::move(key), T{})->second);
  }
}

template <class T> void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const PersistentMap<std::string, T>& map) {
  archive(static_cast<std::uint32_t>(map.size()));
  for (const auto& [key, value] : map) archive(key, value);
}
template <class T> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, PersistentMap<std::string, T>& map) {
  std::uint32_t count = 0;
  archive(count);
  map.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string key{as_text(archive.read_sized())};
    T value{};
    archive(value);
    map.append_or_assign(std::move(key), std::move(value));
  }
}

template <detail::DurationField T> void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const T& duration) {
  archive(static_cast<std::int64_t>(duration.count()));
}
template <detail::DurationField T> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, T& duration) {
  std::int64_t count = 0;
  archive(count);
  if (!std::in_range<typename T::rep>(count)) BytesIn::impossible("a duration that its type cannot hold");
  duration = T{static_cast<typename T::rep>(count)};
}

template <class T, std::size_t size>
void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const std::array<T, size>& array) {
  for (const T& element : array) archive(element);
}
template <class T, std::size_t size> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, std::array<T, size>& array) {
  for (T& element : array) archive(element);
}

template <class T> void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const std::set<T>& set) {
  archive(static_cast<std::uint32_t>(set.size()));
  for (const T& element : set) archive(element);
}
template <class T> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, std::set<T>& set) {
  std::uint32_t count = 0;
  archive(count);
  if (count > archive.remaining()) BytesIn::too_short();  // every element takes a byte at least
  set.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    T element{};
    archive(element);
    set.insert(set.end(), std::move(element));
  }
}

template <class... Alternatives>
void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const std::variant<Alternatives...>& variant) {
  std::visit(
      [&]<class Held>(const Held& held) {
        archive.write_sized(as_bytes(detail::alternative_name<Held>()));
        archive(held);
      },
      variant);
}
template <class... Alternatives>
void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, std::variant<Alternatives...>& variant) {
  const auto name = as_text(archive.read_sized());
  const auto load_as = [&]<class Wanted>(const Wanted*) {
    if (detail::alternative_name<Wanted>() != name) return false;
    archive(std::holds_alternative<Wanted>(variant) ? *std::get_if<Wanted>(&variant)
                                                    : variant.template emplace<Wanted>());
    return true;
  };
  if (!(load_as(static_cast<const Alternatives*>(nullptr)) || ...)) BytesIn::unknown_alternative(name);
}

template <Described T> void CEREAL_SAVE_FUNCTION_NAME(BytesOut& archive, const T& object) {
  with_fields(object, [&](const auto&... field) { (archive(field), ...); });
}
template <Described T> void CEREAL_LOAD_FUNCTION_NAME(BytesIn& archive, T& object) {
  with_fields(object, [&](auto&... field) { (archive(field), ...); });
}

namespace detail {

// Without the type, for code in a source file. Not inlined: one copy of a type's code serves all its callers.
template <class T> [[gnu::noinline]] void load_member(BytesIn& from, void* object) { from(*static_cast<T*>(object)); }
template <class T> [[gnu::noinline]] void save_member(BytesOut& to, const void* object) {
  to(*static_cast<const T*>(object));
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
