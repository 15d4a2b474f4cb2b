#pragma once
// The bytes of a state that is kept beside the log, in a snapshot or by retention: personal values and secrets are
// encrypted in them as in events. Form: docs/reference/file-format.md, "Encrypted values".
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

/// The bytes to keep of `state`, that of `stream` at its version: those of AnyState::encode_to, unless the state has
/// something to encrypt and `log` has a cipher. Values of a subject that was erased are left out. Errors: as
/// ValueCipher::encrypt.
Result<Bytes> stored_state(const EventLog& log, const AggregateType& type, const StreamId& stream,
                           const AnyState& state);

/// The bytes that were kept, in clear: values of a subject that was erased have their defaults. Bytes that are not
/// encrypted are given as they are. Lifetime: views `stored` or `memory`. Errors: as EventOpener::open; missing_key,
/// where the log has no cipher.
Result<BytesView> opened_state(const EventLog& log, const StreamId& stream, Version version, BytesView stored,
                               Bytes& memory);

}  // namespace v1
}  // namespace eventstore
