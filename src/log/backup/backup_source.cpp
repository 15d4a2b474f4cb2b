#include "backup_source.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../files/end_finder.hpp"
#include "../files/segment_list.hpp"

namespace eventstore::engine {

using format::Location;

Result<BackupSource> BackupSource::open(FileSystem& files, const std::string& directory) {
  BackupSource source{files, directory};
  auto manifest = source.store_.read_manifest();
  if (!manifest && manifest.error().code == Errc::not_found)
    return failure(Errc::not_found, "back up", source.store_.path("manifest"), "there is no store in this directory");
  if (!manifest) return failure_of(manifest);
  source.manifest_ = *manifest;
  return source;
}

Result<void> BackupSource::find_end() {
  EndFinder finder{store_, manifest_.store_id};
  EVENTSTORE_TRY_ASSIGN(auto found, finder.find());
  if (found.damage) return failure(std::move(*found.damage));
  end_ = found.end;
  EVENTSTORE_TRY_ASSIGN(auto list, list_segments(store_, manifest_.store_id));
  numbers_ = std::move(list.numbers);
  return {};
}

bool BackupSource::has_segment(std::uint32_t number) const {
  return std::binary_search(numbers_.begin(), numbers_.end(), number);
}

Result<std::uint64_t> BackupSource::limit_of(const Segment& segment) const {
  const auto number = segment.header().number;
  return number == end_.segment() ? Result<std::uint64_t>{end_.offset()} : segment.file()->size();
}

Result<std::shared_ptr<Segment>> BackupSource::open_segment(std::uint32_t number) const {
  auto segment = store_.open_segment(number, manifest_.store_id, OpenMode::read);
  if (!segment && segment.error().code == Errc::not_found)
    segment.error() = {Errc::corrupt_record, "read", store_.segment_path(number), "the file is missing"};
  return segment;
}

tl::unexpected<Error> BackupSource::refused(const std::string& reason) const {
  return failure(Errc::invalid_argument, "back up", store_.directory(), reason + ": back up to another directory");
}

Result<void> BackupSource::check_continues(const BackupManifest& previous) const {
  if (previous.store_id != manifest_.store_id)
    return refused(fmt::format("the backup in this directory is of another store, {}", previous.store_id.to_string()));
  const auto& last = *previous.last_segment();
  const auto position = last.next_position - 1;
  const auto forked = [&] {
    return refused(fmt::format("the store no longer has the history that was backed up to position {}", position));
  };
  const auto past_end = Location{last.number, static_cast<std::uint32_t>(last.bytes)};
  if (end_ < past_end) return forked();
  if (has_segment(last.number)) {
    EVENTSTORE_TRY_ASSIGN(const bool is_held, holds_last_commit(last));
    return is_held ? Result<void>{} : forked();
  }
  if (last.is_finished == 0 || !has_segment(last.number + 1))
    return refused(fmt::format("the store dropped events after position {} that were not backed up yet", position));
  EVENTSTORE_TRY_ASSIGN(const auto next, open_segment(last.number + 1));
  const auto header = next->header();
  return header.previous_checksum == last.chain && header.first_position == last.next_position ? Result<void>{}
                                                                                               : forked();
}

// The chained checksum of one commit stands for all the history before it.
Result<bool> BackupSource::holds_last_commit(const CopiedFile& last) const {
  EVENTSTORE_TRY_ASSIGN(const auto segment, open_segment(last.number));
  const auto header = segment->header();
  if (header.generation != last.generation || header.first_position != last.first_position) return false;
  if (last.last_commit == 0) return header.previous_checksum == last.chain;
  // The header alone would not do: behind the finish mark of a torn tail there may be whole commits that were
  // discarded.
  EVENTSTORE_TRY_ASSIGN(const auto limit, limit_of(*segment));
  CommitReader commits{*segment, limit};
  while (commits.end().offset < last.bytes) {
    EVENTSTORE_TRY_ASSIGN(const auto read, commits.next());
    if (read.empty()) break;
  }
  return commits.end().offset == last.bytes && commits.end().chain == last.chain;
}

}  // namespace eventstore::engine
