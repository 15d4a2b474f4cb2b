#pragma once
// Private to the aggregate layer: the bytes of one snapshot's file. Layout: docs/adr/0012-snapshots.md.
#include <eventstore/aggregate/snapshot_store.hpp>

namespace eventstore {
inline namespace v1 {

Bytes snapshot_file(const StreamId& stream, const Snapshot& snapshot);

/// Errors: corrupt_record, for bytes that are not a whole snapshot of this format, of this stream at this version;
/// out_of_memory.
Result<Snapshot> read_snapshot_file(BytesView file, const StreamId& stream, Version version);

}  // namespace v1
}  // namespace eventstore
