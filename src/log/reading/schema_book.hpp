#pragma once
// The descriptors of all schemas that the log recorded.
#include <atomic>
#include <deque>
#include <eventstore/core/result.hpp>
#include <eventstore/log/event.hpp>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "../bytes/format.hpp"

namespace eventstore::engine {

/// Threads: every member from any thread. Lifetime: descriptors live as long as the book. The book has few entries, and
/// searches them one by one.
class SchemaBook {
 public:
  /// Adds a schema whose record is at `location`; passes over a known schema.
  void add(const SchemaId& id, BytesView descriptor, format::Location location);
  /// Adds the schemas of a checked commit.
  void add_commit(const std::byte* commit, format::Location location);

  /// Sets a function that adds further schemas: it is called once, before the first look-up.
  void add_later(std::function<Result<void>()> rest);
  /// Call it before look-ups. Errors: those of the function given to add_later, until it succeeds.
  [[nodiscard]] Result<void> complete();

  /// The schemas recorded up to `last`, in the order of their records.
  [[nodiscard]] std::vector<SchemaRecord> all(format::Location last) const;
  [[nodiscard]] std::optional<BytesView> find(const SchemaId& id, format::Location last) const;
  [[nodiscard]] bool knows(const SchemaId& id) const { return find(id, format::past_all).has_value(); }

 private:
  struct Entry {
    SchemaId id;
    Bytes descriptor;
    format::Location location;
  };
  mutable std::mutex mutex_;   // guards entries_
  std::deque<Entry> entries_;  // by location
  std::mutex rest_mutex_;      // guards rest_; taken before mutex_
  std::function<Result<void>()> rest_;
  std::atomic<bool> is_complete_{true};
};

}  // namespace eventstore::engine
