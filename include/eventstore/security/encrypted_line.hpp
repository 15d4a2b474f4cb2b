#pragma once
// Event lines with encrypted values: what a store exports, and imports again as the same bytes.
#include <eventstore/schema/event_line.hpp>
#include <eventstore/security/value_cipher.hpp>

namespace eventstore {
inline namespace v1 {

/// Appends `event`, which was read as it is stored, as a line. An encrypted value is {"$encrypted":"…"}, with the
/// message of its subject's values in base64, or {"$encrypted":{"with":"…"}}, with the path of the value that has the
/// message. Errors: as append_event_line; corrupt_record, where the messages are damaged.
Result<void> append_encrypted_line(const RecordedEvent& event, const SchemaReader& schemas, std::string& out);

/// Brings a line with encrypted values into the form in which its event is stored; `cipher` is that of the log, null
/// where it has none. Errors: invalid_argument: a personal value is in clear, a message lacks a value or has more, was
/// altered or is another event's, its values do not fit the line's schema; missing_key, where the key of a message is
/// not there; those of the key store. The line is then void.
Result<void> take_encrypted_values(EventLine& line, const ValueCipher* cipher);

}  // namespace v1
}  // namespace eventstore
