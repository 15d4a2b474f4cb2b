#pragma once
// Private to the projections: two values of one field of a document, compared as JSON.
#include <eventstore/schema/detail/change_writer.hpp>
#include <eventstore/schema/json_document.hpp>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Writes what differs between values, in the form of docs/reference/changes.md; objects are entered whatever type they
/// were made of, and their members found by name. Threads: one at a time.
class ValueChanges {
 public:
  /// Adds what differs between `was` and `is`, JSON or empty where there is no value, as `name`; nothing where the
  /// texts are equal. Values that differ in the order of members alone, or in blanks, are added whole. Throws
  /// std::bad_alloc. Cost: both texts, once for each depth at which they differ.
  void add(Changes& to, std::string_view name, const std::string& was, const std::string& is);

 private:
  JsonDocument was_{};
  JsonDocument is_{};
};

/// Adds a member to the text of an object; none, where `value` is empty.
void add_member(std::string& object, std::string_view name, std::string_view value);

}  // namespace v1
}  // namespace eventstore
