#pragma once
// Private to history: what a path of a predicate leads to, read in place: in a state, in stored bytes, or in JSON.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/value.hpp>
#include "scalar.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// Lifetime: views of the state, the bytes or the document that it comes from. Bytes that are no value of their type
/// are as if nothing were there.
class Item {
 public:
  using OnElement = FunctionRef<bool(std::string_view key, const Item& element)>;

  /// Nothing.
  Item() = default;
  Item(Value value, const Type& type)
      : source_{value.is_there() ? Source::memory : Source::none}, type_{&type}, value_{value} {}
  Item(BytesView bytes, const Type& type) : source_{Source::stored}, type_{&type}, bytes_{bytes} {}
  explicit Item(JsonNode node) : source_{Source::json}, node_{node} {}
  explicit Item(std::string_view text) : source_{Source::text}, bytes_{as_bytes(text)} {}

  [[nodiscard]] bool is_there() const { return source_ != Source::none; }
  /// Whether it is a secret, or an optional one with or without content. Of an item that was not opened.
  [[nodiscard]] bool is_secret() const;

  /// The content of optionals and of free data, which `document` parses; nothing for those without content, and for
  /// JSON's null. The members below are for items that were opened.
  [[nodiscard]] Item opened(JsonDocument& document) const;

  /// The field `name` of a record, of what a variant holds ("kind" is its alternative's name), or of a JSON object; the
  /// entry of a map.
  [[nodiscard]] Item member(std::string_view name) const;
  /// The field at a place that is known, of a record in memory.
  [[nodiscard]] Item field(std::size_t index) const { return {value_.field(index), type_->fields[index].type}; }
  [[nodiscard]] bool is_record_in_memory() const { return source_ == Source::memory && type_->kind == Kind::record; }
  /// An element of a list, an array or a JSON array; below 0 counts from the end.
  [[nodiscard]] Item element(std::int64_t index) const;
  /// The elements or entries; the characters of a text; the bytes of bytes. Absent for all else.
  [[nodiscard]] std::optional<std::uint64_t> size() const;
  /// False where `visit` ended the walk.
  bool each(OnElement visit) const;
  [[nodiscard]] bool has_entries() const;
  /// Whether the entries have keys, as those of a map and of a JSON object.
  [[nodiscard]] bool is_keyed() const;
  [[nodiscard]] Scalar scalar() const;

 private:
  enum class Source : std::uint8_t { none, memory, stored, json, text };

  [[nodiscard]] Item stored_field(std::string_view name) const;
  [[nodiscard]] Item stored_entry(std::string_view key) const;
  [[nodiscard]] Item held() const;
  [[nodiscard]] bool each_stored(OnElement visit) const;

  Source source_ = Source::none;
  const Type* type_ = nullptr;  // in memory and in stored bytes
  Value value_{};
  BytesView bytes_{};
  JsonNode node_{};
};

/// The characters of a text; absent for all else.
[[nodiscard]] std::optional<std::uint64_t> sized(const Scalar& scalar);

/// The form of the scalars of a kind; missing for kinds that have none.
[[nodiscard]] Form form_of(Kind kind);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
