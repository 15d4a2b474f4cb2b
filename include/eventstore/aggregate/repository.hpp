#pragma once
// Typed access to the aggregates of one category.
#include <atomic>
#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// Threads: any; every call stands alone.
/// With snapshots, load and execute begin at the newest valid one, and take a new one if the policy says so.
template <Aggregate A> class Repository {
 public:
  /// `log` and `clock` outlive the repository.
  Repository(EventLog& log, const Clock& clock)
      : log_{log}, clock_{clock}, schemas_{log}, type_{aggregate<A>()}, snapshots_{nullptr} {}

  /// `snapshots` outlives it too. `source_hash` stands for A's code, so that changed code never meets an old snapshot:
  /// eventstore_source_hash() of the build makes it; empty: no snapshots.
  Repository(EventLog& log, const Clock& clock, Snapshots& snapshots, std::string_view source_hash)
      : log_{log}, clock_{clock}, schemas_{log}, type_{aggregate<A>(source_hash)}, snapshots_{&snapshots} {}

  /// For a program that has made A's type-erased form once, like a store: `type` is copied, or null where the program
  /// has no aggregate of A's category; `all`, the aggregates of the program, outlives the repository; `snapshots` too,
  /// and may be null.
  Repository(EventLog& log, const Clock& clock, const AggregateType* type, std::span<const AggregateType> all,
             Snapshots* snapshots)
      : log_{log},
        clock_{clock},
        schemas_{log},
        type_{type == nullptr ? AggregateType{} : *type},
        all_{all},
        snapshots_{snapshots} {}

  /// Checks once that every event that the log has of A's category can be read. The members below do so first, so keep
  /// a repository: on a log with other categories, each event type that is not A's is looked for once.
  /// Errors: as check_readable; invalid_argument, where the program has no aggregate A.
  Result<void> check_readable() const {
    if (is_readable_.load(std::memory_order_relaxed)) return {};
    if (!type_.new_state || type_.new_state()->template as<typename A::State>() == nullptr)
      return failure(Errc::invalid_argument, "open repository", std::string{A::category},
                     "the store was opened without this aggregate: add its es::aggregate<…>() to the model");
    EVENTSTORE_TRY(eventstore::check_readable(log_, schemas_, type_, all_));
    is_readable_.store(true, std::memory_order_relaxed);
    return {};
  }
  [[deprecated("write check_readable()")]] Result<void> bind() const { return check_readable(); }

  /// The present state of the aggregate; Loaded::passed_over names events that it is without. Errors: not_found; as
  /// check_readable, stream_of and load_state. Cost: as load_state.
  Result<Loaded<A>> load(std::string_view key) const { return load(key, no_version_limit); }

  /// The state of the aggregate at `version`. Errors: also not_found if the stream never reached that version.
  Result<Loaded<A>> load_at(std::string_view key, Version version) const {
    auto loaded = load(key, version);
    if (loaded && loaded->version != version)
      return failure(Errc::not_found, "load", std::string{A::category} + "-" + std::string{key},
                     "the stream ends at version " + std::to_string(loaded->version.value));
    return loaded;
  }

  /// Runs `command`. Errors: see execute().
  template <class Command>
  Result<Executed> execute(std::string_view key, const Command& command, const CommandOptions& options = {}) {
    static_assert(check_decider<A>());
    static_assert(A::commands::template contains<Command>, "not a command of this aggregate: add it to `commands`");
    return detail::guarded("execute", A::category, [&] { return run(key, command, options); });
  }

 private:
  template <class Command>
  Result<Executed> run(std::string_view key, const Command& command, const CommandOptions& options) {
    EVENTSTORE_TRY(check_readable());
    EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::of(A::category, key));
    const Bytes bytes = encode(command);
    return eventstore::execute(log_, schemas_, clock_, type_, stream, *type_.command(Command::command_name), bytes,
                               options, snapshots_, all_);
  }

  Result<Loaded<A>> load(std::string_view key, Version last) const {
    return detail::guarded("load", A::category, [&] { return read_state(key, last); });
  }
  Result<Loaded<A>> read_state(std::string_view key, Version last) const {
    EVENTSTORE_TRY(check_readable());
    EVENTSTORE_TRY_ASSIGN(const StreamId stream, stream_of(log_, type_, key));
    EVENTSTORE_TRY_ASSIGN(const auto state, load_state(log_, schemas_, type_, stream, last, snapshots_));
    if (state->version == Version{0}) return failure(Errc::not_found, "load", stream.text(), "no such stream");
    return Loaded<A>{std::move(static_cast<StateOf<A>&>(*state)).take(),
                     state->version,
                     state->position,
                     state->created_at,
                     state->updated_at,
                     std::move(state->organization),
                     std::move(state->passed_over)};
  }

  EventLog& log_;
  const Clock& clock_;
  SchemaReader schemas_;
  AggregateType type_;
  std::span<const AggregateType> all_{};
  Snapshots* snapshots_;
  mutable std::atomic<bool> is_readable_ = false;
};

}  // namespace v1
}  // namespace eventstore
