#pragma once
// A value that a record of another type keeps as JSON, as a timer keeps its command: its personal values and secrets
// are encrypted under their persons' keys, as if the value stood in an event of its own.
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/schema.hpp>
#include <eventstore/security/encrypted_texts.hpp>

namespace eventstore {
inline namespace v1 {

/// The JSON of `data`, a value of `schema`. Where it has personal values or secrets that say something, it is
/// {"$encrypted":"…","data":{…}} with {"$encrypted":0}, {"$encrypted":1,"secret":true} and so on in their places.
/// `subject` is whom they are about where their record names nobody. Absent where one of the persons was erased. In a
/// log without keys it is the value's JSON in clear. Errors: corrupt_record, where it is no such value; as
/// encrypted_texts.
Result<std::optional<std::string>> kept_json(const EventLog& log, const TextPlace& place, const Schema& schema,
                                             BytesView data, std::string_view subject);

/// The JSON in clear that `kept` was made of; of JSON that was kept in clear, as earlier builds did, that itself.
/// Absent where one of the persons was erased. Errors: missing_key, where the key of a value, or of the log, is
/// missing; as decrypted_texts.
Result<std::optional<std::string>> opened_json(const EventLog& log, const TextPlace& place, std::string_view kept,
                                               ShownSecrets secrets = ShownSecrets::revealed);

/// The encrypted texts in `kept`, for has_texts_of; empty where it is in clear.
[[nodiscard]] std::string encrypted_part(std::string_view kept);

}  // namespace v1
}  // namespace eventstore
