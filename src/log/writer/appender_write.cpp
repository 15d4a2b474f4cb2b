// How the appender writes one commit, and takes it into the index.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "appender.hpp"

namespace eventstore::engine {

using format::CommitHeader;
using format::Location;

namespace {

// So much is left to a sync at most, where many commits come without one.
constexpr std::uint64_t write_back_bytes = std::uint64_t{4} << 20;

}  // namespace

// Leaves nothing but bytes past the end, which the next commit overwrites, when it is refused.
Result<void> Appender::write_commit(const Commit& commit, const Admitted& admitted, Planned& planned) {
  if (planned.bytes > commit_bytes_max)
    return failure(Errc::too_large, "append", {},
                   fmt::format("commit is {} bytes, the limit is {}", planned.bytes, commit_bytes_max));
  auto where = place();
  EVENTSTORE_TRY_ASSIGN(const auto now, time_now());
  where.recorded_at = std::max(tail_.recorded_at, now);
  encode_commit(commit, admitted.receipt.events, planned.schemas, where, buffer_);
  auto written = [&]() -> Result<void> {  // not const: its error is moved, because a copy may need memory
    try {
      return write_all(*tail_.segment->file(), tail_.end.offset(), buffer_);
    } catch (const std::bad_alloc&) {
      return failure(Errc::out_of_memory, "append", {});
    }
  }();
  if (!written)
    return failure(may_stand_at_end() ? group_.fail(std::move(written.error())) : std::move(written.error()));
  tail_.recorded_at = where.recorded_at;
  held_ = std::move(planned.held);
  write_back();
  return {};
}

Result<std::int64_t> Appender::time_now() const {
  const auto now = clock_.now();
  const auto elapsed = elapsed_at_opening_ ? clock_.elapsed() : std::nullopt;
  if (!elapsed) return now.micros;
  const std::chrono::microseconds lead{now.micros - opened_at_.micros - (*elapsed - *elapsed_at_opening_).count()};
  if (lead <= options_.clock_lead_max) return now.micros;
  return failure(
      Errc::clock_ran_ahead, "append", {},
      fmt::format("the system's clock ran ahead by {} seconds while the log was open: set the clock right, or, "
                  "if it is right now, close and open the log",
                  std::chrono::duration_cast<std::chrono::seconds>(lead).count()));
}

// Whether the commit may be there whole although writing it failed: its last bytes may be zeros, and zeros stood there,
// on the disk or only in memory. To refuse it would be wrong then.
bool Appender::may_stand_at_end() {
  std::array<std::byte, 4096> there{};
  for (std::size_t at = 0; at < buffer_.size();) {
    const auto wanted = std::min(there.size(), buffer_.size() - at);
    const auto got = [&]() -> Result<std::size_t> {
      try {
        return tail_.segment->file()->read_some(tail_.end.offset() + at, std::span{there}.first(wanted));
      } catch (const std::bad_alloc&) {  // for what failed
        return failure(Errc::io_failed, "read", {});
      }
    }();
    if (!got) return true;
    if (*got == 0 || std::memcmp(there.data(), buffer_.data() + at, *got) != 0) return false;
    at += *got;
  }
  return true;
}

void Appender::write_back() {
  const auto from = std::max(written_back_, synced_);
  const auto end = tail_.end.value + buffer_.size();
  if (end - from.value < write_back_bytes) return;
  tail_.segment->file()->start_write_back(from.offset(), end - from.value);
  written_back_ = Location{end};
}

Result<void> Appender::take_written(const Admitted& admitted) {
  const auto begin = tail_.end;
  tail_.end = Location{begin.value + buffer_.size()};
  tail_.checksum = format::load<CommitHeader>(buffer_.data()).checksum;
  tail_.next_position += admitted.receipt.events.size();
  tail_.needs_mark = true;
  try {
    add_admitted(admitted, buffer_.data(), begin, index_);
  } catch (const std::bad_alloc&) {
    return failure(group_.fail(Error{Errc::out_of_memory, "append"}));
  }
  return {};
}

}  // namespace eventstore::engine
