#include "end_finder.hpp"
#include <eventstore/os/detail/threads.hpp>

#include <algorithm>

#include "../bytes/log_end.hpp"
#include "segment_list.hpp"

namespace eventstore::engine {

using format::Location;

namespace {

constexpr std::chrono::milliseconds between_looks{500};  // for the file `head`
constexpr std::chrono::milliseconds head_patience{1000};
constexpr std::chrono::milliseconds head_poll{10};

}  // namespace

Result<ReadableEnd> EndFinder::find(const CommitReader::End& known, std::uint32_t known_in) {
  const auto until = steady_time() + head_patience;
  for (;;) {
    EVENTSTORE_TRY(look_for_head());
    if (const auto end = published()) return ReadableEnd{.end = *end, .is_published = true};
    const auto seen = word();
    EVENTSTORE_TRY_ASSIGN(const auto list, list_segments(store_, store_id_));
    if (list.numbers.empty())
      return failure(Errc::corrupt_record, "open", store_.path("segments"), "the store has a manifest but no segment");
    const auto number = list.numbers.back();
    EVENTSTORE_TRY_ASSIGN(const bool is_appending, is_appended_to(number));
    const auto* const head = head_.load(std::memory_order_relaxed);
    const bool may_keep = list.strays.empty() || (kept_ && !kept_->is_finished);
    if (!is_appending && may_keep && kept_ && kept_->segment == number && kept_->head == head && kept_->word == seen) {
      EVENTSTORE_TRY_ASSIGN(const auto behind, bytes_behind(kept_->found.end));
      if (behind == kept_->behind) return kept_->found;
    }
    if (const auto end = is_appending && head != nullptr ? head->end_of_writer() : std::nullopt)
      return ReadableEnd{.end = *end, .is_published = true};
    const bool has_patience = steady_time() < until;
    if (is_appending && has_patience) {
      sleep_thread(head_poll);
      continue;
    }
    EVENTSTORE_TRY_ASSIGN(auto measured, measure(number, number == known_in ? &known : nullptr));
    // A writer that opened the store before the end was measured has published its own by now.
    EVENTSTORE_TRY(look_for_head());
    EVENTSTORE_TRY_ASSIGN(const bool is_appending_now, is_appended_to(number));
    if (word() != seen || published()) continue;
    if (is_appending_now && has_patience) continue;
    if (!is_appending_now) {
      if (measured.is_finished && !list.strays.empty()) return failure(list.unproven());
      EVENTSTORE_TRY_ASSIGN(auto behind, bytes_behind(measured.found.end));
      kept_ = Kept{number,        head_.load(std::memory_order_relaxed), seen, measured.is_finished, std::move(behind),
                   measured.found};
      return std::move(measured.found);
    }
    // Its writer cannot make the file again. What was on the disk when a later commit was written is acknowledged.
    return ReadableEnd{.end = std::min(measured.found.end, measured.proven)};
  }
}

Result<void> EndFinder::look_for_head() {
  const auto* const head = head_.load(std::memory_order_relaxed);
  if (head != nullptr) {
    EVENTSTORE_TRY_ASSIGN(const bool is_in_place, head->is_in_place());
    if (is_in_place) {
      due_ = now() + std::chrono::nanoseconds{between_looks}.count();
      return {};
    }
  }
  EVENTSTORE_TRY_ASSIGN(auto found, PublishedEnd::open_to_follow(store_.files(), store_.path("head"), store_id_));
  if (found) heads_.push_back(std::make_unique<const PublishedEnd>(std::move(*found)));
  head_.store(found ? heads_.back().get() : nullptr, std::memory_order_release);
  due_ = now() + std::chrono::nanoseconds{between_looks}.count();
  return {};
}

// A segment that is finished or archived is not appended to; one that was dropped neither.
Result<bool> EndFinder::is_appended_to(std::uint32_t number) const {
  auto file = store_.files().open(store_.segment_path(number), OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return false;
  if (!file) return failure_of(file);
  return (*file)->is_locked();
}

// Where the header of the next commit would be.
Result<Bytes> EndFinder::bytes_behind(Location end) const {
  const auto file = store_.files().open(store_.segment_path(end.segment()), OpenMode::read);
  if (!file) return Bytes{};  // archived, or dropped since
  Bytes bytes(sizeof(format::CommitHeader));
  EVENTSTORE_TRY_ASSIGN(const auto got, read_all(**file, end.offset(), bytes));
  bytes.resize(got);
  return bytes;
}

Result<EndFinder::Measured> EndFinder::measure(std::uint32_t number, const CommitReader::End* known) const {
  auto segment = store_.open_segment(number, store_id_, OpenMode::read);
  if (!segment && segment.error().code == Errc::not_found)
    segment.error() = {Errc::corrupt_record, "open", store_.segment_path(number), "the file is missing"};
  if (!segment) return failure_of(segment);
  auto commits = known != nullptr ? CommitReader{**segment, ~std::uint64_t{0}, *known}
                                  : CommitReader{**segment, ~std::uint64_t{0}};
  Measured measured;
  measured.proven = Location{number, sizeof(format::SegmentHeader)};  // what is before was on the disk before it began
  auto commit = commits.next();
  for (; commit && !commit->empty(); commit = commits.next())
    measured.proven = std::max(measured.proven, format::load<format::CommitHeader>(commit->data()).synced_end);
  auto& found = measured.found;
  found.end = Location{number, static_cast<std::uint32_t>(commits.end().offset)};
  measured.is_finished = commits.end().is_finished;
  if (commit) return measured;
  if (commit.error().code != Errc::corrupt_record) return failure_of(commit);
  found.damage = std::move(commit.error());
  EVENTSTORE_TRY(look_behind(**segment, found));
  return measured;
}

// Whether the bytes behind the last whole commit are damage, or were never acknowledged.
Result<void> EndFinder::look_behind(const Segment& segment, ReadableEnd& found) const {
  constexpr std::size_t step_bytes = std::size_t{1} << 20;
  EVENTSTORE_TRY_ASSIGN(const auto size, segment.file()->size());
  LaterCommits later;
  std::uint64_t last_byte = found.end.offset();  // behind the last byte that is not zero
  Bytes bytes;
  for (std::uint64_t at = found.end.offset(); at < size; at += step_bytes) {
    // A header may begin at the last place of one step, and end in the next.
    bytes.resize(std::min<std::uint64_t>(step_bytes + sizeof(format::CommitHeader), size - at));
    EVENTSTORE_TRY_ASSIGN(const auto got, read_all(*segment.file(), at, bytes));
    bytes.resize(got);
    const auto here = later_commits(bytes, {.store_fold = format::fold(store_id_),
                                            .location = Location{found.end.value + (at - found.end.offset())},
                                            .generation = segment.header().generation});
    later.synced = std::max(later.synced, here.synced);
    later.last = std::max(later.last, here.last);
    const auto last = std::find_if(bytes.rbegin(), bytes.rend(), [](std::byte byte) { return byte != std::byte{0}; });
    if (last != bytes.rend()) last_byte = at + static_cast<std::uint64_t>(bytes.rend() - last);
  }
  found.damaged_last = later.last;
  if (later.prove(found.end)) return {};
  found.damage.reset();
  found.bytes_unacknowledged = last_byte - found.end.offset();
  return {};
}

Position EndFinder::published_last() const {
  const auto* const head = head_.load(std::memory_order_acquire);
  return head != nullptr ? head->last() : Position{0};
}

std::uint32_t EndFinder::word() const {
  const auto* const head = head_.load(std::memory_order_acquire);
  return head != nullptr ? head->word() : 0;
}

void EndFinder::wait(std::uint32_t seen, std::chrono::milliseconds patience) const {
  const auto* const head = head_.load(std::memory_order_acquire);
  if (head != nullptr) return head->wait(seen, patience);
  sleep_thread(patience);
}

}  // namespace eventstore::engine
