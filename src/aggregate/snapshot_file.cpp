#include "snapshot_file.hpp"

#include <xxhash.h>
#include <eventstore/schema/codec.hpp>

#include <cstring>

namespace eventstore {
inline namespace v1 {
namespace {

// The last two digits are the format's number; a file with another number counts as damaged, and is made again.
constexpr std::string_view magic = "ESSNAP01";
constexpr std::size_t header_bytes = magic.size() + sizeof(std::uint64_t);

struct Record {
  EVENTSTORE_FIELDS(Record, (std::string, stream), (std::uint64_t, version), (std::uint64_t, position),
                    (Uuid, store_id), (std::uint64_t, checksum), (std::string, fingerprint), (Timestamp, created_at),
                    (Timestamp, updated_at), (std::string, organization), (Bytes, state));
};

tl::unexpected<Error> damaged(const StreamId& stream, std::string reason) {
  return failure(Errc::corrupt_record, "read snapshot", stream.text(), std::move(reason));
}

}  // namespace

Bytes snapshot_file(const StreamId& stream, const Snapshot& snapshot) {
  const auto start = as_bytes(magic);
  Bytes file{start.begin(), start.end()};
  file.resize(header_bytes);
  encode(Record{stream.text(), snapshot.version.value, snapshot.position.value, snapshot.store_id, snapshot.checksum,
                snapshot.fingerprint, snapshot.created_at, snapshot.updated_at, snapshot.organization, snapshot.state},
         file);
  const std::uint64_t checksum = XXH3_64bits(file.data() + header_bytes, file.size() - header_bytes);
  std::memcpy(file.data() + magic.size(), &checksum, sizeof checksum);
  return file;
}

Result<Snapshot> read_snapshot_file(BytesView file, const StreamId& stream, Version version) {
  if (file.size() < header_bytes || as_text(file.first(magic.size())) != magic)
    return damaged(stream, "not a snapshot of this format");
  const auto body = file.subspan(header_bytes);
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, file.data() + magic.size(), sizeof checksum);
  if (XXH3_64bits(body.data(), body.size()) != checksum) return damaged(stream, "its checksum is wrong");
  EVENTSTORE_TRY_ASSIGN(Record record, decode<Record>(body));
  if (record.stream != stream.text() || record.version != version.value)
    return damaged(stream, "it belongs to another stream or version");
  return Snapshot{version,           Position{record.position},      record.store_id,
                  record.checksum,   std::move(record.fingerprint),  record.created_at,
                  record.updated_at, std::move(record.organization), std::move(record.state)};
}

}  // namespace v1
}  // namespace eventstore
