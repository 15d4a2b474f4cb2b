#pragma once
// The reading half of an engine, the same for all whose bytes can be seen as memory.
#include <mutex>
#include <shared_mutex>

#include "fair_shared_mutex.hpp"
#include "log_index.hpp"

namespace eventstore::inline v1 {

/// Threads: reads from any thread; publish takes turns with them, and its callers take turns with one another.
class ReadSide {
 public:
  [[nodiscard]] Result<Page> read_stream(const StreamId& stream, const ReadStream& options) const;
  [[nodiscard]] Result<Page> read_all(const ReadAll& options) const;
  [[nodiscard]] Result<Page> find(const StreamId& stream, const EventId& id) const;
  [[nodiscard]] Result<Version> head(const StreamId& stream) const;
  [[nodiscard]] Position head() const;
  [[nodiscard]] Result<StreamInfo> info(const StreamId& stream) const;
  [[nodiscard]] Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                                        std::size_t limit) const;
  [[nodiscard]] Result<BytesView> schema(const SchemaId& id) const;
  [[nodiscard]] std::vector<SchemaRecord> schemas() const;
  [[nodiscard]] Result<std::uint64_t> checksum_at(Position position) const;

  /// Changes the index while no reader looks: `change(LogIndex&)`.
  template <class Change> void publish(Change change) {
    const std::unique_lock exclusive{mutex_};
    change(index_);
  }
  /// For whoever publishes, who is the only one to change it.
  [[nodiscard]] const LogIndex& index() const { return index_; }

 private:
  struct Candidates;
  [[nodiscard]] Result<Candidates> candidates(Position from, Direction direction, std::size_t limit) const;
  void sort_names() const;

  mutable FairSharedMutex mutex_;  // guards index_; never held while reading or writing files
  LogIndex index_;
  mutable std::mutex listing_mutex_;           // guards sorted_; taken after mutex_
  mutable std::vector<std::uint32_t> sorted_;  // numbers of streams, by name, as far as they have been asked for
};

}  // namespace eventstore::inline v1
