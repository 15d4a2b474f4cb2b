#pragma once
// Private to projection: the stream in which a reaction notes what it must not forget.
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/projection/from.hpp>
#include <eventstore/projection/reaction_record.hpp>

namespace eventstore {
inline namespace v1 {

/// Each note has an id of its own, under which it is noted once. Threads: one at a time.
class ReactionNotes {
 public:
  /// `log` and `clock` outlive this.
  ReactionNotes(EventLog& log, const Clock& clock, const std::string& reaction);

  /// Notes the beginning of a reaction that has none yet. Errors: read_only, where the log is; as From::resolve.
  Result<void> begin(const From& from);
  /// Folds in what was noted since the last time.
  Result<void> refresh();
  [[nodiscard]] const ReactionState& state() const { return loaded_.state; }
  [[nodiscard]] bool has_begun() const { return loaded_.version != Version{0}; }
  /// The place at which a reaction without a checkpoint goes on: what was handled before it is noted, or needed no
  /// note.
  [[nodiscard]] From place() const;
  /// Whether something may be noted about an event at `position`.
  [[nodiscard]] bool may_have(std::uint64_t position) const { return position <= loaded_.state.noted; }

  /// Notes `event` under `id`, and folds it in. `event_id` is of the event that caused it.
  template <class E> Result<void> add(const Uuid& id, const E& event, const Uuid& event_id = {}) {
    return add(id, DecidedEvent{&schema_of<E>(), encode(event)}, event_id);
  }
  /// Notes `id` alone: no event, and no position.
  Result<void> add(const Uuid& id);
  /// Whether something was noted under `id`. Errors: as EventLog::find_outcome.
  [[nodiscard]] Result<bool> has(const Uuid& id) const;

  [[nodiscard]] const StreamId& stream() const { return stream_; }
  /// Of the reaction's checkpoint, which stands in `directory`.
  [[nodiscard]] std::string checkpoint_path(const std::string& directory) const;
  [[nodiscard]] Uuid checkpoint_purpose() const;

 private:
  Result<void> add(const Uuid& id, const DecidedEvent& event, const Uuid& event_id);

  EventLog& log_;
  const Clock& clock_;
  const StreamId stream_;
  SchemaReader schemas_;
  Repository<ReactionRecord> records_;
  Loaded<ReactionRecord> loaded_{};
};

}  // namespace v1
}  // namespace eventstore
