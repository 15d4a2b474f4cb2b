#pragma once
// Parsed JSON, behind a small interface that keeps the parser's headers out of other files.
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

enum class JsonKind : std::uint8_t { null, boolean, integer, large_integer, number, text, array, object };

/// A value in a JsonDocument. Lifetime: until the document parses again or goes away. Reading a value as another kind
/// than its own gives that kind's zero. Threads: any number of readers.
class JsonNode {
 public:
  [[nodiscard]] JsonKind kind() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::int64_t integer() const;
  /// Of a large_integer: one that only an unsigned 64-bit integer holds.
  [[nodiscard]] std::uint64_t large_integer() const;
  /// Of any of the three kinds of number; rounded, where it is no float64.
  [[nodiscard]] double number() const;
  /// Whether it is a number that is written plainly, with no more than the 15 digits that number() always has.
  [[nodiscard]] bool is_short() const;
  /// Of any of the three kinds of number: all of it, as it was written.
  [[nodiscard]] std::string number_text() const;
  [[nodiscard]] std::string_view text() const;
  /// An object's member; of several by one name, the first. Cost: linear in the members.
  [[nodiscard]] std::optional<JsonNode> find(std::string_view name) const;

  /// Calls `visit(JsonNode)` for each element of an array until it returns false; false then.
  template <class Visit> bool each_element(Visit visit) const {
    return walk([](void* context, std::string_view, JsonNode node) { return (*static_cast<Visit*>(context))(node); },
                &visit);
  }
  /// Calls `visit(name, JsonNode)` for each member of an object until it returns false; false then.
  template <class Visit> bool each_member(Visit visit) const {
    return walk(
        [](void* context, std::string_view name, JsonNode node) { return (*static_cast<Visit*>(context))(name, node); },
        &visit);
  }

  /// Appends the value as compact JSON, members in their own order and numbers as they were written.
  void write(std::string& out) const;
  /// Appends the value in canonical form: compact, members sorted by name, equal numbers alike.
  void write_canonical(std::string& out) const;

 private:
  friend class JsonDocument;
  friend struct JsonNodeAccess;
  using Visitor = bool (*)(void*, std::string_view, JsonNode);
  bool walk(Visitor visit, void* context) const;

  const void* document_ = nullptr;
  [[maybe_unused]] std::size_t index_ = 0;  // the two words of the parser's own node, which the source file takes whole
};

/// A parser and the last text that it parsed; its memory is used again. Threads: one at a time.
class JsonDocument {
 public:
  JsonDocument();
  ~JsonDocument();
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;

  /// Parses the whole of `text`; nodes of an earlier text are void. UTF-8 is checked.
  /// Errors: invalid_argument "malformed JSON" or "not UTF-8".
  Result<JsonNode> parse(std::string_view text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace v1
}  // namespace eventstore
