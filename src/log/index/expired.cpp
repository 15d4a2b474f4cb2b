#include "expired.hpp"

#include <fmt/format.h>

namespace eventstore::engine {
namespace {

tl::unexpected<Error> contradiction(const std::string& path, std::string_view reason) {
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

DroppedEvents Expired::summary() const {
  DroppedEvents summary{last(), streams->stream_count(), streams->stream_count(), {}};
  if (kept == nullptr) return summary;
  summary.streams_unkept = kept->header().unkept_count;
  summary.origins = kept->origins();
  return summary;
}

Result<std::optional<StoredState>> Expired::stored_state(const StreamEntry& entry) const {
  if (kept == nullptr) return std::optional<StoredState>{};
  EVENTSTORE_TRY_ASSIGN(const auto place, kept->place(entry.rank));
  if (place == format::state_unkept || place == format::state_not_needed) return std::optional<StoredState>{};
  EVENTSTORE_TRY_ASSIGN(auto stored, kept->at(place));
  if (stored.stream() != entry.name || stored.header.version != entry.last.value ||
      stored.header.position != entry.last_position.value)
    return kept->damaged("a state contradicts the table of streams");
  return std::optional{std::move(stored)};
}

Result<std::optional<KeptState>> Expired::state_of(std::string_view stream) const {
  if (kept == nullptr) return std::optional<KeptState>{};
  EVENTSTORE_TRY_ASSIGN(const auto entry, streams->find(stream));
  if (!entry) return std::optional<KeptState>{};
  EVENTSTORE_TRY_ASSIGN(const auto stored, stored_state(*entry));
  if (!stored) return std::optional<KeptState>{};
  const auto& at = stored->header;
  const auto bytes = stored->state();
  return std::optional{KeptState{Version{at.version},
                                 Position{at.position},
                                 Timestamp{at.created_at},
                                 Timestamp{at.updated_at},
                                 Timestamp{at.latest_created_at},
                                 std::string{entry->organization},
                                 kept->origins()[at.origin],
                                 {bytes.begin(), bytes.end()}}};
}

Result<std::shared_ptr<const KeptStates>> open_kept_states(const StoreFiles& store, const Expired& expired) {
  if (!expired.states) return std::shared_ptr<const KeptStates>{};
  EVENTSTORE_TRY_ASSIGN(auto kept,
                        KeptStates::open(store.files(), store.path(kept_states_name(expired.last_segment()))));
  const auto& header = kept->header();
  const bool is_named = header.store_id == expired.header.store_id && header.last_segment == expired.last_segment() &&
                        header.file_bytes == expired.states->file_bytes &&
                        header.header_checksum == expired.states->header_checksum &&
                        (expired.streams == nullptr || header.stream_count == expired.streams->stream_count());
  if (!is_named) return kept->damaged("not the states that `expired` names");
  return kept;
}

namespace {

// Whether the error is of a file that is not there; a writer may have put another statement in the place of its own.
template <class T> bool is_missing(const Result<T>& opened) {
  return !opened && opened.error().code == Errc::not_found;
}

Result<void> open_streams(const StoreFiles& store, Expired& expired) {
  const auto path = store.path(expired_streams_name(expired.last_segment()));
  EVENTSTORE_TRY_ASSIGN(expired.streams, Table::open(store.files(), path));
  const auto checksum = format::load<format::IndexHeader>(expired.streams->file().bytes().data()).checksum;
  if (expired.streams->identity() != expired.streams_identity() || checksum != expired.header.streams_checksum)
    return contradiction(path, "not the table that `expired` names");
  return {};
}

Result<std::shared_ptr<const Expired>> load(const StoreFiles& store, const Uuid& store_id, bool with_states) {
  constexpr int tries = 3;
  for (int i = 1;; ++i) {
    EVENTSTORE_TRY_ASSIGN(auto statement, read_expired(store, store_id));
    if (!statement) return std::shared_ptr<const Expired>{};
    Expired expired{std::move(*statement), nullptr, nullptr};
    auto opened = open_streams(store, expired);
    if (opened && with_states) {
      auto kept = open_kept_states(store, expired);
      if (kept) expired.kept = std::move(*kept);
      if (!kept) opened = failure_of(kept);
    }
    if (opened) return std::make_shared<const Expired>(std::move(expired));
    if (!is_missing(opened)) return failure_of(opened);
    if (i == tries) return contradiction(opened.error().where, "the file is missing");
  }
}

}  // namespace

Result<std::shared_ptr<const Expired>> load_expired(const StoreFiles& store, const Uuid& store_id) {
  return load(store, store_id, true);
}

Result<std::shared_ptr<const Expired>> load_expired_streams(const StoreFiles& store, const Uuid& store_id) {
  return load(store, store_id, false);
}

}  // namespace eventstore::engine
