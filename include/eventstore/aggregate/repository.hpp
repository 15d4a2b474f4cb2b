#pragma once
// Typed access to the aggregates of one category.
#include <atomic>
#include <eventstore/aggregate/bind.hpp>
#include <eventstore/aggregate/execute.hpp>

namespace eventstore::inline v1 {

/// Threads: any; every call stands alone.
template <Aggregate A> class Repository {
 public:
  /// `log` and `clock` outlive the repository.
  Repository(EventLog& log, const Clock& clock) : log_{log}, clock_{clock}, schemas_{log} {}

  /// Checks once that every schema that the log has recorded for A's events can be read. The members below do so first.
  /// Errors: as check_readable.
  Result<void> bind() const {
    if (bound_.load(std::memory_order_relaxed)) return {};
    EVENTSTORE_TRY(check_readable(log_, schemas_, A::category, readable_schemas<A>()));
    bound_.store(true, std::memory_order_relaxed);
    return {};
  }

  /// The aggregate as it is. Errors: not_found; as fold. Cost: one read of the stream.
  Result<Loaded<A>> load(std::string_view key) const { return load(key, Version{~std::uint64_t{0}}); }

  /// The aggregate as it was at `version`. Errors: also not_found where the stream never reached that version.
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
    static const AggregateType type = aggregate<A>();
    EVENTSTORE_TRY(bind());
    EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::of(A::category, key));
    const Bytes bytes = encode(command);
    const auto& erased = *type.command(Command::command_name);
    return eventstore::execute(
        log_, schemas_, clock_, type, stream, erased.opens,
        [&](const AnyState* state, const Context& context) { return erased.decide(state, bytes, context); }, options);
  }

 private:
  Result<Loaded<A>> load(std::string_view key, Version last) const {
    EVENTSTORE_TRY(bind());
    EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::of(A::category, key));
    Loaded<A> loaded{};
    bool more = true;
    while (more && loaded.version < last) {
      EVENTSTORE_TRY_ASSIGN(const Page page, log_.read_stream(stream, {loaded.version.next()}));
      EVENTSTORE_TRY(fold(loaded, page.events, schemas_, last));
      more = !page.at_end && !page.events.empty() && page.events.back().version < last;
    }
    if (loaded.version == Version{0}) return failure(Errc::not_found, "load", stream.text(), "no such stream");
    return loaded;
  }

  EventLog& log_;
  const Clock& clock_;
  SchemaReader schemas_;
  mutable std::atomic<bool> bound_ = false;
};

}  // namespace eventstore::inline v1
