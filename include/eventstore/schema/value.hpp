#pragma once
// A value in memory, read without its C++ type and without writing its bytes: a field of a state costs what it costs to
// go there.
#include <cstddef>
#include <cstdint>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/type.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace detail {
struct ValueTable;
}  // namespace detail

/// A view of a value of a described type. Each member below is for the kinds that it names, and must not be called for
/// others. Lifetime: the object's, until it is changed. Threads: as reading the object.
class Value {
 public:
  /// Called with an element of a list, an array or a set, and an empty key; or with an entry of a map. False ends the
  /// walk.
  using OnElement = FunctionRef<bool(std::string_view key, Value element)>;

  /// No value.
  constexpr Value() = default;
  constexpr Value(const void* object, const detail::ValueTable& table) : object_{object}, table_{&table} {}

  /// Whether there is a value. Only this may be asked where there is none.
  [[nodiscard]] bool is_there() const { return object_ != nullptr; }
  [[nodiscard]] Kind kind() const;

  [[nodiscard]] bool boolean() const;
  /// Of int8 to int64, and of durations, in their own unit.
  [[nodiscard]] std::int64_t integer() const;
  /// Of uint8 to uint64.
  [[nodiscard]] std::uint64_t natural() const;
  /// Of float32 and float64.
  [[nodiscard]] double number() const;
  /// Of text, json, bytes and enumerations, which give the enumerator's name.
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] Timestamp time() const;
  [[nodiscard]] Uuid uuid() const;

  /// Of an optional: its content, which may not be there.
  [[nodiscard]] Value content() const;
  /// Of a record: the field at this place in the type's fields.
  [[nodiscard]] Value field(std::size_t index) const;
  /// Of a variant: the place of its alternative in the type's fields.
  [[nodiscard]] std::size_t alternative() const;
  /// Of a variant: the record that it holds.
  [[nodiscard]] Value held() const;
  /// The elements of a list, an array, a set or a map.
  [[nodiscard]] std::size_t size() const;
  /// Of a list or an array, with an index below size(). Cost: constant, in an es::List logarithmic.
  [[nodiscard]] Value at(std::size_t index) const;
  /// Of a map: not there without such a key. Cost: logarithmic.
  [[nodiscard]] Value find(std::string_view key) const;
  /// Of a list, an array, a set or a map, in order. False where `visit` ended it.
  bool each(OnElement visit) const;

 private:
  const void* object_ = nullptr;
  const detail::ValueTable* table_ = nullptr;
};

}  // namespace v1
}  // namespace eventstore
