#pragma once
// Between a value's bytes and its JSON, by its type alone: no C++ struct is needed.
#include <eventstore/core/result.hpp>
#include <eventstore/core/zone.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/type.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The treatment of JSON fields that the type does not have.
enum class UnknownFields : std::uint8_t { refuse, pass_over };

/// What is done with a number that its type does not hold.
enum class InexactNumbers : std::uint8_t {
  refuse,
  round,  ///< to the nearest float32 or float64; a whole number is refused all the same
};

/// A personal value or a secret that JSON has encrypted: {"$encrypted":"…"}, with the message that its subject's values
/// are together, or {"$encrypted":{"with":"…"}}, with the path of the value that has the message.
struct EncryptedJson {
  std::size_t offset = 0;      ///< in the bytes, of what stands in the value's place
  std::size_t blank_size = 0;  ///< the number of bytes of that
  std::string path{};          ///< "address", "turns[2].message", "names[\"a\"]"
  std::string message{};       ///< in base64
  std::string with{};
};

/// Whether `json` has the form of an encrypted value, which then goes to `to`, without its place.
bool read_encrypted(JsonNode json, EncryptedJson& to);

/// The value of a person who was erased, in lines of events in clear: {"$erased":true}. Whoever reads the line takes it
/// for the value's default, as readers of the event itself do.
inline constexpr std::string_view erased_value_json = R"({"$erased":true})";

/// Whether `json` is such a value.
bool is_erased_value(JsonNode json);

/// How JSON is read.
struct JsonReading {
  UnknownFields unknown = UnknownFields::refuse;
  InexactNumbers inexact = InexactNumbers::refuse;
  const Zone* zone = nullptr;   ///< of times that name none; null: they are refused
  bool first_defaults = false;  ///< whether a missing field has the default that it had when it was first locked
  /// Takes the values that are encrypted, in the order of their bytes; null: they are refused, and erased ones too.
  std::vector<EncryptedJson>* encrypted = nullptr;
};

/// JSON that was taken once: what it says is history.
inline constexpr JsonReading stored_json{.unknown = UnknownFields::pass_over, .inexact = InexactNumbers::round};

/// Appends the bytes of `json` as a value of `type` to `out`.
/// A missing optional field has no value; a missing field with a default has the default.
/// Errors: invalid_argument, Error::where naming the path ("package_details.weight"), one message each for: unknown
/// field, missing field, wrong type, number that does not fit, no such enumerator, malformed time, UUID or base64;
/// too_large for free data over 64 KiB. `out` may then hold part of the value.
Result<void> json_to_bytes(const Type& type, JsonNode json, Bytes& out, const JsonReading& reading = {});

/// As above, from text. Unless unknown fields are passed over, a member that an object has twice is refused.
Result<Bytes> json_to_bytes(const Type& type, std::string_view json, const JsonReading& reading = {});

enum class EmptyOptionals : std::uint8_t { omit, write_null };

/// JSON in place of a personal field or of a secret.
struct StandIn {
  std::size_t offset = 0;  ///< of the value that it stands for, in the bytes
  std::string_view json{};
};

/// How secrets are written.
enum class ShownSecrets : std::uint8_t {
  sealed,               ///< "sealed" stands for each
  sealed_unless_empty,  ///< the same, and "" is written as it is
  revealed,
};

/// The stand-in for a value whose subject was erased.
inline constexpr std::string_view erased_json = "\"erased\"";

/// How JSON is written.
struct JsonWriting {
  EmptyOptionals empty = EmptyOptionals::omit;
  ShownSecrets secrets = ShownSecrets::sealed;
  std::span<const StandIn> stand_ins{};  ///< by ascending offsets
};

/// Appends the JSON of `bytes`, a whole value of `type`, to `out`.
/// Errors: corrupt_record where the bytes are not such a value; `out` may then hold part of it.
Result<void> bytes_to_json(const Type& type, BytesView bytes, std::string& out, const JsonWriting& writing = {});

}  // namespace v1
}  // namespace eventstore
