#pragma once
// The one answer to the question where the log ends for those who do not write to it: readers, backups, verification.
#include <atomic>
#include <chrono>

#include "commit_reader.hpp"
#include "published_end.hpp"

namespace eventstore::engine {

/// The end up to which the log may be read.
struct ReadableEnd {
  format::Location end{};     ///< of the next commit
  bool is_published = false;  ///< a writer published it
  /// Not published, and a later commit states that the bytes at `end` were on the disk: they are damage. No writer
  /// opens such a store.
  std::optional<Error> damage{};
  Position damaged_last{};                 ///< the last position that a commit behind the damage has
  std::uint64_t bytes_unacknowledged = 0;  ///< not published: bytes behind the end that are not zero
};

/// Finds the end that the writer publishes or, if no writer has opened the store since the machine was started, the end
/// of the last whole commit, by the rule that a writer would apply. A writer may open the store at any time. So the end
/// is first measured, then the published end is looked for again, and only then is the measured end an answer.
///
/// The file `head`, in which the writer publishes, may be deleted, replaced or put back from a copy at any time. A
/// writer that appends has the lock of the last segment: while it is held, no measured end is an answer, and the writer
/// makes the file again.
///
/// Threads: published(), word() and wait() from any thread, everything else one at a time. Lifetime: `store` outlives
/// this.
class EndFinder {
 public:
  EndFinder(const StoreFiles& store, const Uuid& store_id) : store_{store}, store_id_{store_id} {}

  /// The published end, or nothing where find() must be asked. Cost: one load.
  [[nodiscard]] std::optional<format::Location> published() const {
    const auto* const head = head_.load(std::memory_order_acquire);
    return head != nullptr ? head->end() : std::nullopt;
  }
  /// Whether the file `head` was not looked for so long that find() should be asked again.
  [[nodiscard]] bool is_due() const { return now() >= due_.load(std::memory_order_relaxed); }

  /// `known`, in segment `known_in`: where the measuring may begin, if it is in the last segment. Errors:
  /// corrupt_record, if the last segment cannot be opened, or a file behind it may be one; newer_format; io_failed.
  /// Cost: one look for a file if an end is published. Otherwise some system calls, and the first time, or after a
  /// writer came, reads the last segment from `known` on. Waits up to a second for a file `head` that is missing while
  /// a writer appends.
  Result<ReadableEnd> find(const CommitReader::End& known = {}, std::uint32_t known_in = 0);
  /// The position of the last event before the published end, or of a later one.
  [[nodiscard]] Position published_last() const;

  /// As those of PublishedEnd. Without a file, the word is 0, and wait() sleeps.
  [[nodiscard]] std::uint32_t word() const;
  void wait(std::uint32_t seen, std::chrono::milliseconds patience) const;

 private:
  static std::int64_t now() { return steady_time().count(); }
  Result<void> look_for_head();
  [[nodiscard]] Result<bool> is_appended_to(std::uint32_t number) const;
  struct Measured {
    ReadableEnd found;
    format::Location proven{};  // the latest synced end that a commit states
    bool is_finished = false;   // its last segment is
  };
  [[nodiscard]] Result<Measured> measure(std::uint32_t number, const CommitReader::End* known) const;
  [[nodiscard]] Result<void> look_behind(const Segment& segment, ReadableEnd& found) const;

  const StoreFiles& store_;
  const Uuid store_id_;
  std::atomic<const PublishedEnd*> head_{nullptr};
  std::atomic<std::int64_t> due_{0};
  std::vector<std::unique_ptr<const PublishedEnd>> heads_;  // replaced ones too: a thread may be waiting on one
  // The last measured answer. It holds as long as no writer has published an end, none appends, and the bytes behind
  // the end are the same: a writer may have come and gone, and `head` been deleted after it.
  struct Kept {
    std::uint32_t segment = 0;
    const PublishedEnd* head = nullptr;
    std::uint32_t word = 0;
    bool is_finished = false;
    Bytes behind{};
    ReadableEnd found{};
  };
  std::optional<Kept> kept_;
  [[nodiscard]] Result<Bytes> bytes_behind(format::Location end) const;
};

}  // namespace eventstore::engine
