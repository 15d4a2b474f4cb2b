#pragma once
// The descriptors of all schemas that the log recorded.
#include <atomic>
#include <eventstore/core/result.hpp>
#include <eventstore/log/event.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <functional>
#include <list>
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

  /// Sets a function that adds further schemas: it is called once, before the first look-up. What was said about damage
  /// is forgotten.
  void add_later(std::function<Result<void>()> rest);
  /// Call it before look-ups. Errors: those of the function given to add_later, until it succeeds.
  [[nodiscard]] Result<void> complete();
  [[nodiscard]] bool is_complete() const { return is_complete_.load(std::memory_order_acquire); }
  /// After a look-up that found nothing, or too little: has what the disk could not read read again, if there is any.
  /// Errors: as complete().
  [[nodiscard]] Result<void> read_again();
  /// A record of this schema is damaged: unless another one is added, nobody can have it.
  void add_damaged(const SchemaId& id, Error damage);
  /// A part of the log cannot be read, and may have records of schemas.
  void add_hidden(Error damage);

  /// The schemas recorded up to `last`, in the order of their records. Errors: the damage that hides a schema.
  [[nodiscard]] Result<std::vector<SchemaRecord>> all(format::Location last) const;
  /// The damage because of which find() may not have found the schema; success if there is none.
  [[nodiscard]] Result<void> check_not_hidden(const SchemaId& id) const;
  [[nodiscard]] std::optional<BytesView> find(const SchemaId& id, format::Location last) const;
  [[nodiscard]] bool knows(const SchemaId& id) const { return find(id, format::past_all).has_value(); }

 private:
  struct Entry {
    SchemaId id;
    Bytes descriptor;
    format::Location location;
  };
  struct Damaged {
    SchemaId id;
    Error damage;
  };
  using Entries = std::list<Entry>;
  void forget_damage();
  [[nodiscard]] bool may_read_more() const;
  Result<void> read_rest();
  [[nodiscard]] static bool has(const Entries& entries, const SchemaId& id);

  mutable Mutex mutex_;  // guards the next four
  Entries entries_;      // by location
  std::vector<Damaged> damaged_;
  std::optional<Error> hidden_;
  bool may_read_more_ = false;  // an error of the disk may have passed since
  Mutex rest_mutex_;            // guards rest_; taken before mutex_
  std::function<Result<void>()> rest_;
  std::atomic<bool> is_complete_{true};
};

}  // namespace eventstore::engine
