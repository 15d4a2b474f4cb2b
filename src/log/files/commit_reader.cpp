#include "commit_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::engine {
namespace {

using format::CommitHeader;

}  // namespace

CommitReader::CommitReader(const Segment& segment, std::uint64_t limit)
    : CommitReader{segment, limit,
                   End{.offset = sizeof(format::SegmentHeader),
                       .chain = segment.header().previous_checksum,
                       .next_position = segment.header().first_position,
                       .recorded_at = segment.header().recorded_at}} {}

CommitReader::CommitReader(const Segment& segment, std::uint64_t limit, const End& known)
    : segment_{segment}, header_{segment.header()}, limit_{std::min(limit, header_.capacity)}, end_{known} {}

Result<BytesView> CommitReader::next() {
  if (end_.is_finished || end_.offset >= limit_) return BytesView{};
  const ExpectedCommit expected{
      .store_fold = format::fold(header_.store_id),
      .location = format::Location{static_cast<std::uint32_t>(header_.number), static_cast<std::uint32_t>(end_.offset)},
      .generation = header_.generation,
      .next_position = end_.next_position,
      .previous_checksum = end_.chain};
  EVENTSTORE_TRY_ASSIGN(auto bytes, bytes_at_end(sizeof(CommitHeader)));
  const auto header = commit_header(bytes, expected);
  if (header) {
    EVENTSTORE_TRY_ASSIGN(bytes, bytes_at_end(header->length));
  }
  const auto flaw = check_commit(bytes, expected);
  if (!flaw.text.empty()) return flawed(flaw);
  end_.last_commit = end_.offset;
  end_.offset += header->length;
  end_.chain = header->checksum;
  end_.next_position += header->event_count;
  end_.recorded_at = std::max(end_.recorded_at, header->recorded_at);
  end_.is_finished = header->kind == format::CommitKind::finish;
  return bytes.first(header->length);
}

Result<BytesView> CommitReader::bytes_at_end(std::size_t wanted) {
  return ahead_.bytes(*segment_.file(), end_.offset, wanted, limit_);
}

tl::unexpected<Error> CommitReader::flawed(const Flaw& flaw) const {
  const auto code = flaw.is_newer_format ? Errc::newer_format : Errc::corrupt_record;
  return failure(Error{code, "read", segment_.path(), fmt::format("offset {}: {}", end_.offset, flaw.text),
                       Position{end_.next_position}});
}

}  // namespace eventstore::engine
