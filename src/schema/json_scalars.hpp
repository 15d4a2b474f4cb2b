#pragma once
// Private to the schema layer: the bytes of one plain value from JSON, with the message about what is wrong with it.
#include <eventstore/schema/json_codec.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// What writers of values from JSON share. On failure `error` holds the message and the path.
class JsonScalars {
 public:
  Error error{};
  std::vector<std::string> missing{};  ///< paths of fields that are required and not there: an error too

 protected:
  JsonScalars(Bytes& out, const JsonReading& reading) : out_{out}, reading_{reading} {}

  /// Writes a value of a kind that has no parts.
  bool scalar(const Type& type, JsonNode json);

  template <class Number> void put(Number number) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(&number);
    out_.insert(out_.end(), bytes, bytes + sizeof number);
  }
  bool sized(std::string_view text);
  bool fail(Errc code, std::string detail);
  bool wrong_type(const Type& type, JsonNode json);
  /// Called on the way out of a failure, innermost first.
  void prepend_path(std::string_view step);
  /// The same for the missing fields from the place `from` on.
  void prepend_missing(std::string_view step, std::size_t from);
  /// The same for the encrypted values.
  void prepend_encrypted(std::string_view step, std::size_t from);

  /// `text` in a message, which tells nothing of a value that is somebody's own.
  [[nodiscard]] std::string quoted(std::string_view text) const;

  Bytes& out_;
  const JsonReading& reading_;
  bool is_private_ = false;  // within a personal field

 private:
  bool does_not_fit(const Type& type, JsonNode json);
  template <class Number> bool integer(const Type& type, JsonNode json);
  template <class Number> bool real(const Type& type, JsonNode json);
  bool boolean(const Type& type, JsonNode json);
  bool text(const Type& type, JsonNode json);
  bool secret(const Type& type, JsonNode json);
  bool base64(const Type& type, JsonNode json);
  bool uuid(const Type& type, JsonNode json);
  bool timestamp(const Type& type, JsonNode json);
  bool free_data(JsonNode json);
  bool enumerator(const Type& type, JsonNode json);
};

}  // namespace v1
}  // namespace eventstore
