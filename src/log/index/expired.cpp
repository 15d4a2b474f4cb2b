#include "expired.hpp"

#include <fmt/format.h>

namespace eventstore::engine {
namespace {

tl::unexpected<Error> damaged(const std::string& path, std::string_view reason) {
  return failure(Errc::corrupt_record, "open", path, std::string{reason} + ": restore a backup");
}

}  // namespace

FinishedSegment Expired::place() const {
  FinishedSegment place;
  place.number = header.last_segment;
  place.generation = header.generation;
  place.first_position = 1;
  place.count = header.last_position;
  place.end = header.end;
  place.checksum = header.checksum;
  place.first_recorded_at = header.first_recorded_at;
  place.last_recorded_at = header.last_recorded_at;
  return place;
}

IndexIdentity Expired::streams_identity() const {
  return {header.store_id, 1, header.last_segment, header.generation, header.end, header.checksum, true};
}

Error expired_version(std::string_view stream, Version last, Version head) {
  if (last == head)
    return {Errc::expired, "read", std::string{stream},
            fmt::format("retention dropped all its events: the last one was version {}", last.value)};
  return {Errc::expired, "read", std::string{stream},
          fmt::format("retention dropped the versions up to {}: begin at version {}", last.value, last.next().value)};
}

Result<std::shared_ptr<const Expired>> load_expired(const StoreFiles& store, const Uuid& store_id) {
  constexpr int tries = 3;
  for (int i = 1;; ++i) {
    EVENTSTORE_TRY_ASSIGN(auto statement, read_expired(store, store_id));
    if (!statement) return std::shared_ptr<const Expired>{};
    Expired expired{std::move(*statement), nullptr};
    const auto path = store.path(expired_streams_name(expired.last_segment()));
    auto streams = Table::open(store.files(), path);
    // A writer may have put another statement, and another table, in its place.
    if (!streams && streams.error().code == Errc::not_found && i < tries) continue;
    if (!streams && streams.error().code == Errc::not_found) return damaged(path, "the file is missing");
    if (!streams) return failure_of(streams);
    const auto checksum = format::load<format::IndexHeader>((*streams)->file().bytes().data()).checksum;
    if ((*streams)->identity() != expired.streams_identity() || checksum != expired.header.streams_checksum)
      return damaged(path, "not the table that `expired` names");
    expired.streams = std::move(*streams);
    return std::make_shared<const Expired>(std::move(expired));
  }
}

}  // namespace eventstore::engine
