#include "retention.hpp"

#include <algorithm>

#include "../evidence/seal_files.hpp"
#include "../files/archive.hpp"
#include "../files/copy_file.hpp"
#include "../index/index_writer.hpp"
#include "../index/table_trim.hpp"

namespace eventstore::engine {

using format::Location;

Result<RetentionReport> Retention::run(const RetentionPolicy& policy) {
  if (!policy.dry_run) EVENTSTORE_TRY(go_on());
  EVENTSTORE_TRY_ASSIGN(const auto segments, choose(policy));
  EVENTSTORE_TRY_ASSIGN(auto report, describe(segments, policy));
  if (!segments.empty() && !policy.dry_run) {
    if (policy.action == RetentionPolicy::Action::drop) {
      auto dropped = seal_and_drop(segments, policy.state_of);
      if (!dropped && dropped.error().code == Errc::out_of_space) {
        make_room(segments);
        dropped = seal_and_drop(segments, policy.state_of);
      }
      EVENTSTORE_TRY(std::move(dropped));
    } else {
      EVENTSTORE_TRY(maintenance_.complete_seals());
      EVENTSTORE_TRY_ASSIGN(report.archived_bytes, archive(segments));
    }
  }
  report.expired = view()->expired_last();
  if (const auto& expired = view()->expired; expired != nullptr)
    report.streams_unkept = expired->summary().streams_unkept;
  return report;
}

// Completes a drop that an earlier call stated and did not complete.
Result<void> Retention::go_on() {
  EVENTSTORE_TRY_ASSIGN(auto stated, load_expired(store_, store_id_));
  if (stated == nullptr) return {};
  const auto known = view()->expired;
  const bool is_new = known == nullptr || known->last_segment() < stated->last_segment();
  if (is_new) {
    // It may have failed because the statement's name could not be synced: nothing is told to be gone that a power cut
    // would bring back.
    EVENTSTORE_TRY(store_.write_again("expired"));
    EVENTSTORE_TRY(take_in(stated));
  }
  return store_.remove_expired(stated->last_segment(), is_new);
}

// recorded_at never decreases, so they are the oldest ones. One that is damaged, and so not in order, ends them too.
Result<Retention::Segments> Retention::choose(const RetentionPolicy& policy) const {
  const auto now = view();
  auto next = now->expired == nullptr ? 1 : now->expired->last_segment() + 1;
  Segments chosen;
  for (const auto& segment : now->segments) {
    if (!segment->is_finished() || segment->number() != next++) break;
    if (segment->place().last_recorded_at >= policy.before.micros || segment->last() > policy.last_most) break;
    if (policy.action == RetentionPolicy::Action::archive) {
      EVENTSTORE_TRY_ASSIGN(const bool is_done, is_archived(segment->number()));
      if (is_done) continue;
    }
    chosen.push_back(segment);
  }
  return chosen;
}

Result<bool> Retention::is_archived(std::uint32_t number) const {
  auto file = store_.files().open(store_.segment_path(number), OpenMode::read);
  if (file) return false;
  if (file.error().code == Errc::not_found) return true;
  return failure_of(file);
}

Result<RetentionReport> Retention::describe(const Segments& segments, const RetentionPolicy& policy) const {
  RetentionReport report;
  report.action = policy.action;
  report.dry_run = policy.dry_run;
  report.segments = segments.size();
  const auto now = clock_.now().micros;
  for (const auto& segment : view()->segments)
    if (segment->is_finished() && segment->place().last_recorded_at > now) ++report.ahead_of_clock;
  if (segments.empty()) return report;
  report.first = segments.front()->first();
  report.last = segments.back()->last();
  report.first_recorded_at = Timestamp{segments.front()->place().first_recorded_at};
  report.last_recorded_at = Timestamp{segments.back()->place().last_recorded_at};
  for (const auto& segment : segments) {
    EVENTSTORE_TRY_ASSIGN(const bool is_packed, is_archived(segment->number()));
    const auto path = is_packed ? store_.archive_path(segment->number()) : store_.segment_path(segment->number());
    EVENTSTORE_TRY_ASSIGN(const auto file, store_.files().open(path, OpenMode::read));
    EVENTSTORE_TRY_ASSIGN(const auto size, file->size());
    report.bytes += size;
  }
  return report;
}

Result<void> Retention::seal_and_drop(const Segments& segments, const StateSource& state_of) {
  EVENTSTORE_TRY(maintenance_.complete_seals());
  return drop(segments, state_of);
}

// A full disk has no room for the files that a drop needs before it removes any. The index files of what is to be
// dropped can go at once: they are made again if the drop fails after all.
void Retention::make_room(const Segments& segments) const {
  const auto last = segments.back()->number();
  for (const auto& segment : segments) (void)store_.files().remove(store_.index_path(segment->number()));
  for (const auto& table : view()->tables)
    if (table->place().last_segment <= last) (void)store_.files().remove(table->path());
}

// First come the files that are needed afterwards, the states of streams among them, then the statement, then the
// removal. Before the statement is written nothing has changed; after that, the next opening of the store completes the
// drop.
Result<void> Retention::drop(const Segments& segments, const StateSource& state_of) {
  const auto before = view()->expired;
  const auto last = segments.back()->number();
  const bool is_stated = before != nullptr && before->last_segment() >= last;  // by a try that found no room afterwards
  if (!is_stated) {
    EVENTSTORE_TRY(index_.schemas().complete());
    EVENTSTORE_TRY_ASSIGN(auto expired, state(segments, before.get(), state_of));
    EVENTSTORE_TRY(trim(last));
    EVENTSTORE_TRY(write_index_file(store_.files(), store_.path("expired"), encode(expired)));
    EVENTSTORE_TRY(take_in(std::make_shared<const Expired>(std::move(expired))));
  }
  EVENTSTORE_TRY(maintenance_.write_catalog(is_locked_));
  maintenance_.remove_unused(is_locked_);
  return store_.remove_expired(last, true);
}

Result<void> Retention::take_in(std::shared_ptr<const Expired> expired) {
  maintenance_.change(is_locked_, [&] { index_.expire(std::move(expired)); });
  return {};
}

// Writes the states and the table of streams, which mean nothing until they are named.
Result<Expired> Retention::state(const Segments& segments, const Expired* before, const StateSource& state_of) const {
  DroppedStreams streams{before};
  Expired expired;
  if (before != nullptr) {
    expired.header = before->header;
    expired.seals = before->seals;
  }
  for (const auto& segment : segments) {
    // Opened only here, so that the unpacked archive leaves the memory again.
    EVENTSTORE_TRY(streams.add(*segment->closed()));
    EVENTSTORE_TRY_ASSIGN(const auto seal, seal_of(segment->number()));
    if (seal) expired.seals.push_back(*seal);
  }
  const auto& place = segments.back()->place();
  auto& header = expired.header;
  header.store_id = store_id_;
  header.last_segment = place.number;
  header.generation = place.generation;
  header.end = streams.end();
  header.last_position = segments.back()->last().value;
  header.checksum = place.checksum;
  if (streams.last_event_checksum() != 0) header.last_event_checksum = streams.last_event_checksum();
  if (before == nullptr) header.first_recorded_at = segments.front()->place().first_recorded_at;
  header.last_recorded_at = place.last_recorded_at;
  header.stated_at = clock_.now().micros;
  const auto path = store_.path(expired_streams_name(place.number));
  EVENTSTORE_TRY_ASSIGN(const auto all, streams.all());
  EVENTSTORE_TRY_ASSIGN(expired.states, keep_states(store_, expired, before, all, state_of));
  EVENTSTORE_TRY(write_table(all, expired.streams_identity(), store_.files(), path));
  EVENTSTORE_TRY_ASSIGN(expired.streams, Table::open(store_.files(), path));
  const auto* const table = expired.streams->file().bytes().data();
  header.streams_checksum = format::load<format::IndexHeader>(table).checksum;
  EVENTSTORE_TRY_ASSIGN(expired.kept, open_kept_states(store_, expired));
  return expired;
}

Result<std::optional<format::ExpiredSeal>> Retention::seal_of(std::uint32_t number) const {
  const auto seal = SealFiles{store_}.read_header(number, store_id_);
  if (!seal && seal.error().code == Errc::not_found) return std::nullopt;
  if (!seal) return tl::unexpected<Error>{seal.error()};
  format::ExpiredSeal kept;
  kept.number = number;
  kept.bytes = sizeof seal->header;
  const auto bytes = format::bytes_of(seal->header);
  std::copy(bytes.begin(), bytes.end(), kept.seal.begin());
  return std::optional{kept};
}

// A table that has dropped and remaining segments is replaced by one of the remaining ones. A damaged table is made of
// them when it is needed.
Result<void> Retention::trim(std::uint32_t last) {
  const auto now = view();
  const auto table = std::find_if(now->tables.begin(), now->tables.end(), [&](const auto& slot) {
    return slot->place().first_segment <= last && last < slot->place().last_segment;
  });
  if (table == now->tables.end() || !(*table)->is_on_disk()) return {};
  EVENTSTORE_TRY((*table)->table());
  const auto from = (*table)->shared_table();
  const auto position_of = [&](Location location) -> Result<Position> {
    EVENTSTORE_TRY_ASSIGN(const auto* const record, now->record(location));
    return format::event_at(record).position;
  };
  const auto path = store_.table_path(last + 1, (*table)->place().last_segment);
  auto trimmed = trim_table(*from, last + 1, position_of, store_.files(), path);
  return !trimmed && trimmed.error().code == Errc::corrupt_record ? Result<void>{} : trimmed;
}

Result<std::uint64_t> Retention::archive(const Segments& segments) {
  EVENTSTORE_TRY(store_.files().make_directories(store_.archive_directory()));
  // Its name may be there from a try that ended before it was synced.
  EVENTSTORE_TRY(store_.files().sync_directory(store_.directory()));
  std::uint64_t bytes = 0;
  for (const auto& segment : segments) {
    EVENTSTORE_TRY_ASSIGN(const auto archived, archive(*segment->closed()));
    bytes += archived;
    EVENTSTORE_TRY(store_.files().remove(store_.segment_path(segment->number())));
    // So that nothing holds on to the file.
    const std::array fresh{segment->closed()};
    maintenance_.change(is_locked_, [&] { index_.reopen(fresh); });
    EVENTSTORE_TRY(store_.files().sync_directory(store_.path("segments")));
  }
  return bytes;
}

// The segment's own file stays until the archive was read back and found to hold all of it.
Result<std::uint64_t> Retention::archive(const IndexedSegment& segment) const {
  EVENTSTORE_TRY_ASSIGN(const auto from, segment.to_scan());
  const auto pass = [](const std::byte*, std::uint32_t) {};
  EVENTSTORE_TRY_ASSIGN(const auto scanned, scan_segment(from.bytes, from.path, from.range, pass, [](Position) {}));
  if (!scanned.damages.empty()) return failure(scanned.damages.front().error);
  const auto content = from.bytes.first(scanned.end);
  const auto path = store_.archive_path(segment.number());
  const auto name = path.substr(store_.archive_directory().size() + 1);
  EVENTSTORE_TRY_ASSIGN(const auto bytes, write_archive(store_.files(), store_.archive_directory(), name, content));
  EVENTSTORE_TRY_ASSIGN(const bool is_same, holds(store_.files(), path, content));
  if (is_same) return bytes;
  return failure(Errc::io_failed, "archive", path,
                 "the archive differs from the segment when it is read back: the segment was not changed");
}

}  // namespace eventstore::engine
