#pragma once
// The reading half of an engine, shared by all engines whose bytes can be seen as memory.
#include <array>

#include "schema_book.hpp"
#include "view.hpp"

namespace eventstore::engine {

/// Threads: reads from any thread; exchange and publish take turns with one another, not with reads: a reader and a
/// writer meet only where one copies a pointer that the other exchanges, which happens when an index file is made, not
/// with an append.
class ReadSide {
 public:
  /// Of an empty log.
  ReadSide();

  [[nodiscard]] Result<Page> read_stream(const StreamId& stream, const ReadStream& options) const;
  [[nodiscard]] Result<Page> read_all(const ReadAll& options) const;
  Result<Visited> visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const;
  Result<Visited> visit_all(const ReadAll& options, Visitor visitor) const;
  [[nodiscard]] Result<Page> find(const StreamId& stream, const EventId& id) const;
  [[nodiscard]] Result<RecordedOutcome> find_outcome(const StreamId& stream, const Uuid& command_id) const;
  [[nodiscard]] Result<Version> head(const StreamId& stream) const;
  [[nodiscard]] Position expired() const { return view()->expired_last(); }
  [[nodiscard]] Position head() const {
    thread_step();
    return Position{published_.load(std::memory_order_acquire)};
  }
  [[nodiscard]] Result<StreamInfo> info(const StreamId& stream) const;
  [[nodiscard]] Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                                        std::size_t limit) const;
  [[nodiscard]] Result<BytesView> schema(const SchemaId& id) const;
  [[nodiscard]] Result<std::vector<SchemaRecord>> schemas() const;
  [[nodiscard]] Result<std::uint64_t> checksum_at(Position position) const;
  [[nodiscard]] DroppedEvents dropped() const;
  [[nodiscard]] Result<std::optional<KeptState>> kept_state(const StreamId& stream) const;

  /// Lets readers see all events up to `last`, which must be in the view, and all outcomes before `end`.
  void publish(Position last, format::Location end) {
    thread_step();
    published_end_.store(end.value, std::memory_order_release);
    thread_step();
    published_.store(last.value, std::memory_order_release);
  }
  /// Replaces the view. Both views must have all published events.
  void exchange(std::shared_ptr<const View> view);
  /// The present view.
  [[nodiscard]] std::shared_ptr<const View> view() const;
  [[nodiscard]] SchemaBook& schema_book() { return schemas_; }
  [[nodiscard]] const SchemaBook& schema_book() const { return schemas_; }

  /// Null: none was set.
  [[nodiscard]] const EventOpener* opener() const { return opener_.get(); }
  void open_with(std::shared_ptr<const EventOpener> opener) { opener_ = std::move(opener); }

 private:
  struct Reading;
  /// The result of `read` on one state. If an index file turns out to be damaged, makes it again and reads again.
  template <class Read> [[nodiscard]] auto with_view(Read read) const -> decltype(read(std::declval<Reading&>()));
  template <class Visit> [[nodiscard]] Result<Page> page(std::size_t reserved, bool as_stored, Visit visit) const;

  // Each thread has its slot, so that readers do not meet each other either.
  struct alignas(64) Slot {
    mutable Mutex mutex;
    std::shared_ptr<const std::shared_ptr<const View>> view;
  };
  [[nodiscard]] const Slot& own_slot() const;

  [[nodiscard]] const EventOpener& opener_or_none() const;

  std::shared_ptr<const EventOpener> opener_;
  std::atomic<std::uint64_t> published_{0};
  std::atomic<std::uint64_t> published_end_{0};
  std::array<Slot, 16> slots_;
  mutable SchemaBook schemas_;
};

}  // namespace eventstore::engine
