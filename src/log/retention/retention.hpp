#pragma once
// One call of FileLog::retain: chooses the segments, and drops or archives them.
#include <eventstore/file_log/retention.hpp>
#include <eventstore/os/clock.hpp>

#include "../maintenance/maintenance.hpp"
#include "keep_states.hpp"

namespace eventstore::engine {

/// For a function that Maintenance::alone runs. Threads: one at a time. Throws bad_alloc.
class Retention {
 public:
  Retention(const StoreFiles& store, LogIndex& index, const Uuid& store_id, const Clock& clock,
            Maintenance& maintenance, bool is_locked)
      : store_{store},
        index_{index},
        store_id_{store_id},
        clock_{clock},
        maintenance_{maintenance},
        is_locked_{is_locked} {}

  Result<RetentionReport> run(const RetentionPolicy& policy);

 private:
  using Segments = std::vector<std::shared_ptr<const IndexedSegment>>;

  Result<void> go_on();
  [[nodiscard]] Result<Segments> choose(const RetentionPolicy& policy) const;
  [[nodiscard]] Result<RetentionReport> describe(const Segments& segments, const RetentionPolicy& policy) const;

  Result<void> seal_and_drop(const Segments& segments, const StateSource& state_of);
  void make_room(const Segments& segments) const;
  Result<void> drop(const Segments& segments, const StateSource& state_of);
  [[nodiscard]] Result<Expired> state(const Segments& segments, const Expired* before,
                                      const StateSource& state_of) const;
  Result<void> trim(std::uint32_t last);
  [[nodiscard]] Result<std::optional<format::ExpiredSeal>> seal_of(std::uint32_t number) const;
  Result<void> take_in(std::shared_ptr<const Expired> expired);

  Result<std::uint64_t> archive(const Segments& segments);
  Result<std::uint64_t> archive(const IndexedSegment& segment) const;
  [[nodiscard]] Result<bool> is_archived(std::uint32_t number) const;
  [[nodiscard]] std::shared_ptr<const View> view() const { return maintenance_.view(is_locked_); }

  const StoreFiles& store_;
  LogIndex& index_;
  const Uuid store_id_;
  const Clock& clock_;
  Maintenance& maintenance_;
  const bool is_locked_;
};

}  // namespace eventstore::engine
