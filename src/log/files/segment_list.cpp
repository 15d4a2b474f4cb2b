#include "segment_list.hpp"

#include <algorithm>
#include <cerrno>

#include "../bytes/log_end.hpp"
#include "commit_reader.hpp"

namespace eventstore::engine {
namespace {

// A stray where the file is certainly not the segment. What cannot be read now is not judged.
std::optional<StraySegment> stray_at(const StoreFiles& store, std::uint32_t number, const Uuid& store_id) {
  const auto header = store.read_segment_header(number, store_id);
  if (header) return std::nullopt;
  const auto& error = header.error();
  if (error.os_errno == EISDIR) return StraySegment{number, store.segment_path(number), "it is a directory"};
  if (error.code == Errc::not_found || error.os_errno == ELOOP)
    return StraySegment{number, store.segment_path(number), "it is a link that leads to no file"};
  if (error.code != Errc::corrupt_record) return std::nullopt;
  // An archive's error says what to do where the archive is the log's.
  constexpr std::string_view remedy{": restore a backup"};
  const auto bytes = error.detail.size() - (error.detail.ends_with(remedy) ? remedy.size() : 0);
  return StraySegment{number, error.where, error.detail.substr(0, bytes)};
}

// Whether its header may be damaged and the rest be the segment's.
bool has_commits(const StoreFiles& store, std::uint32_t number, const Uuid& store_id, std::uint32_t generation) {
  constexpr std::size_t bytes_looked_at = std::size_t{1} << 20;
  const auto file = store.files().open(store.segment_path(number), OpenMode::read);
  if (!file) return false;
  const auto bytes = read_whole(**file, bytes_looked_at);
  if (!bytes) return bytes.error().os_errno != EISDIR;
  const auto later = later_commits(
      *bytes,
      {.store_fold = format::fold(store_id), .location = format::Location{number, 0}, .generation = generation});
  return later.synced > format::Location{} || later.last > Position{0};
}

// Whether the segment has the commit with this checksum. Looked for from the end, where the finish mark is.
bool has_commit_with(BytesView segment, std::uint64_t checksum) {
  using format::CommitHeader;
  if (segment.size() < sizeof(format::SegmentHeader) + sizeof(CommitHeader)) return false;
  for (auto at = (segment.size() - sizeof(CommitHeader)) / 8 * 8; at >= sizeof(format::SegmentHeader); at -= 8) {
    const auto header = format::load<CommitHeader>(segment.data() + at);
    if (header.magic == format::commit_magic && header.checksum == checksum &&
        header.checksum == format::header_checksum(header))
      return true;
  }
  return false;
}

}  // namespace

std::uint32_t SegmentList::last_in_row() const {
  auto last = numbers.empty() ? 0 : numbers.back();
  for (const auto& stray : strays)
    if (stray.number == last + 1) ++last;
  return last;
}

Error SegmentList::unproven() const {
  const auto& stray = strays.front();
  return {Errc::corrupt_record, "open", stray.path,
          stray.what +
              "; the log may go on in this file: restore it from a backup or, if it is no file of this store, move it "
              "to another directory"};
}

Result<SegmentList> list_segments(const StoreFiles& store, const Uuid& store_id) {
  SegmentList list;
  EVENTSTORE_TRY_ASSIGN(list.numbers, store.segment_numbers());
  auto& numbers = list.numbers;
  auto& strays = list.strays;
  for (; !numbers.empty(); numbers.pop_back()) {
    auto stray = stray_at(store, numbers.back(), store_id);
    if (!stray) break;
    strays.insert(strays.begin(), std::move(*stray));
  }
  if (strays.empty()) return list;
  const auto take_up_to = [&](auto last) {
    for (auto stray = strays.begin(); stray != last; ++stray) numbers.push_back(stray->number);
    strays.erase(strays.begin(), last);
  };
  if (numbers.empty()) {
    take_up_to(strays.begin() + 1);
    return list;
  }
  const auto header = store.read_segment_header(numbers.back(), store_id);
  if (!header) return list;  // it counts, and its error is told when it is opened
  const auto last = std::find_if(strays.rbegin(), strays.rend(), [&](const StraySegment& stray) {
    return has_commits(store, stray.number, store_id, header->generation + stray.number - numbers.back());
  });
  take_up_to(last.base());
  return list;
}

Result<void> check_continued(const StoreFiles& store, std::uint32_t number, const format::SegmentHeader& next) {
  const auto segment = store.open_segment(number, next.store_id, OpenMode::read);
  if (!segment) return {};  // those who read it are told
  EVENTSTORE_TRY_ASSIGN(const auto size, (*segment)->file()->size());
  if (has_commit_with({(*segment)->data(), static_cast<std::size_t>(size)}, next.previous_checksum)) return {};
  CommitReader commits{**segment, ~std::uint64_t{0}};
  auto commit = commits.next();
  while (commit && !commit->empty()) commit = commits.next();
  if (commits.end().next_position <= next.first_position) return {};
  return failure(Error{Errc::corrupt_record, "open", store.segment_path(number + 1),
                       "offset 0: the segment does not continue the one before, which has later events: one of them is "
                       "of another copy of this store; restore a backup, or move that one to another directory",
                       Position{next.first_position}});
}

Result<void> check_free(const StoreFiles& store, std::uint32_t number, const Uuid& store_id) {
  const auto header = store.read_segment_header(number, store_id);
  if (!header && header.error().code == Errc::not_found) return {};
  const auto stray = header ? std::nullopt : stray_at(store, number, store_id);
  if (!header && !stray) return failure(header.error());
  const auto path = stray ? stray->path : store.segment_path(number);
  if (header) {
    EVENTSTORE_TRY_ASSIGN(const auto file, store.files().open(path, OpenMode::read));
    EVENTSTORE_TRY_ASSIGN(const auto size, file->size());
    if (size == sizeof(format::SegmentHeader)) return {};
  }
  return failure(Errc::io_failed, "begin a segment", path,
                 "a file that this log did not make has the name of the next segment: move it to another directory");
}

}  // namespace eventstore::engine
