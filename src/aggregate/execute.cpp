#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/core/detail/guarded.hpp>

#include "command_outcome.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// Before the append: after it, nothing may fail for want of memory.
void add_events(const EventWriter& writer, std::span<const DecidedEvent> events, Executed& executed) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& written = writer.events()[i];
    executed.events.push_back({written.id, Placed{}, events[i].schema, events[i].data, written.created_at});
  }
}

void place_events(const Receipt& receipt, Executed& executed) noexcept {
  executed.already_there = receipt.already_there;
  executed.projected = receipt.projected;
  for (std::size_t i = 0; i < executed.events.size(); ++i) executed.events[i].placed = receipt.events[i];
  if (!executed.events.empty()) executed.version = receipt.events.back().version;
}

class Execution {
 public:
  Execution(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
            const StreamId& stream, const CommandOptions& options, Snapshots* snapshots)
      : log_{log},
        schemas_{schemas},
        type_{type},
        snapshots_{snapshots},
        options_{options},
        context_{stream, Version{0}, clock.now(), options.metadata,
                 options.command_id.is_nil() ? new_uuid(clock) : options.command_id} {
    context_.metadata.created_at = context_.now;
  }

  /// The outcome, if the command was executed before. Asked before every try: the rival that won the race may have been
  /// this very command, or may have opened a stream under another name of the category.
  Result<std::optional<Executed>> find_earlier() {
    if (!type_.former_categories.empty()) {
      EVENTSTORE_TRY_ASSIGN(context_.stream, stream_of(log_, type_, context_.stream.key()));
      EVENTSTORE_TRY_ASSIGN(others_, no_stream_of_another_name(type_, context_.stream));
    }
    if (!is_recorded()) return std::optional<Executed>{};
    return find_executed(log_, context_.stream, others_, options_);
  }

  /// Absent where this very command was executed in the meantime.
  Result<std::optional<Executed>> attempt(StreamNeed needs, const Decide& decide) {
    EVENTSTORE_TRY_ASSIGN(const auto state,
                          load_state(log_, schemas_, type_, context_.stream, no_version_limit, snapshots_));
    EVENTSTORE_TRY(check_stream(*state, needs));
    context_.version = state->version;
    EVENTSTORE_TRY_ASSIGN(const AnyDecision decision,
                          decide(state->version == Version{0} ? nullptr : state.get(), context_));
    if (decision.refusal) return refuse(*decision.refusal);
    if (!decision.events.empty() || is_recorded()) return append(decision.events, {});
    Executed executed{};
    executed.stream = context_.stream.text();
    executed.version = state->version;
    return std::optional{std::move(executed)};
  }

 private:
  [[nodiscard]] Result<void> check_stream(const AnyState& state, StreamNeed needs) const {
    const bool exists = state.version != Version{0};
    if (exists && state.organization != context_.metadata.organization) return wrong_organization(context_.stream);
    if (state.passed_over.events != 0 && type_.unknown_events != UnknownEvents::pass_over)
      return unknown_events(state.passed_over);
    return check_stream_need(needs, exists, context_.stream.text());
  }

  [[nodiscard]] tl::unexpected<Error> unknown_events(const PassedOver& passed_over) const {
    return failure(Error{Errc::unknown_event_type, "execute", context_.stream.text(),
                         "this build does not know " + passed_over.to_string() +
                             ", so it cannot decide: use the build that wrote it, or add it to the aggregate's events",
                         passed_over.first});
  }

  [[nodiscard]] bool is_recorded() const { return !options_.command_id.is_nil(); }

  Result<std::optional<Executed>> refuse(const Refusal& refusal) {
    Error refused{.code = Errc::refused,
                  .where = context_.stream.text(),
                  .detail = refusal.sentence,
                  .refusal_code = refusal.code};
    if (refusal.is_for_good && is_recorded()) {
      CommandResult result;
      result.refusal_code = refusal.code;
      result.refusal = refusal.sentence;
      EVENTSTORE_TRY_ASSIGN(const auto recorded, append({}, result));
      if (!recorded) return recorded;
    }
    return failure(std::move(refused));
  }

  Result<std::optional<Executed>> append(const std::vector<DecidedEvent>& events, CommandResult result) {
    EventWriter writer;
    EVENTSTORE_TRY(
        writer.add(context_.stream, events, context_.metadata, EventIdRule::of_command(context_.command_id)));
    if (context_.version == Version{0})
      for (const auto& other : others_) writer.expect(other.stream, other.version);
    writer.expect(context_.stream, ExpectedVersion::exactly(context_.version));
    Executed executed{};
    executed.stream = context_.stream.text();
    executed.version = Version{context_.version.value + events.size()};
    result.version = executed.version.value;
    result.events = events.size();
    std::string text;
    add_outcome(writer, context_.stream, result, options_, text);
    add_events(writer, events, executed);
    EVENTSTORE_TRY_ASSIGN(const Receipt receipt, writer.append_to(log_));
    if (receipt.already_there && receipt.events.empty()) return std::optional<Executed>{};
    place_events(receipt, executed);
    return std::optional{std::move(executed)};
  }

  EventLog& log_;
  const SchemaReader& schemas_;
  const AggregateType& type_;
  Snapshots* const snapshots_;
  const CommandOptions& options_;
  Context context_;
  std::vector<Expectation> others_;  // that no stream exists under another name of the category
};

Result<Executed> execute_until_written(Execution execution, StreamNeed needs, const Decide& decide,
                                       unsigned retries_max) {
  for (unsigned retries = 0;; ++retries) {
    EVENTSTORE_TRY_ASSIGN(auto before, execution.find_earlier());
    if (before) return std::move(*before);
    auto executed = execution.attempt(needs, decide);
    if (executed && *executed) return std::move(**executed);
    const bool was_overtaken = executed || executed.error().code == Errc::wrong_version;
    if (!was_overtaken || (!executed && retries >= retries_max)) return failure_of(executed);
  }
}

Result<Executed> append_facts(EventLog& log, const Clock& clock, const StreamId& stream,
                              std::span<const DecidedEvent> events, const CommandOptions& options) {
  auto metadata = options.metadata;
  metadata.created_at = clock.now();
  const auto rule = EventIdRule::of_command(options.command_id.is_nil() ? new_uuid(clock) : options.command_id);
  for (;;) {
    if (!options.command_id.is_nil()) {
      EVENTSTORE_TRY_ASSIGN(auto before, find_executed(log, stream, {}, options));
      if (before) return std::move(*before);
    }
    EventWriter writer;
    EVENTSTORE_TRY(writer.add(stream, events, metadata, rule));
    CommandResult result;
    result.events = events.size();
    std::string text;
    add_outcome(writer, stream, result, options, text);
    Executed executed{};
    executed.stream = stream.text();
    add_events(writer, events, executed);
    EVENTSTORE_TRY_ASSIGN(const Receipt receipt, writer.append_to(log));
    if (receipt.already_there && receipt.events.empty()) continue;  // by a rival with the same id, in the meantime
    place_events(receipt, executed);
    return executed;
  }
}

}  // namespace

Result<Executed> execute(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
                         const StreamId& stream, StreamNeed needs, const Decide& decide, const CommandOptions& options,
                         Snapshots* snapshots) {
  return detail::guarded("execute", stream.text(), [&] {
    return execute_until_written({log, schemas, clock, type, stream, options, snapshots}, needs, decide,
                                 options.retries_max);
  });
}

Result<Executed> append_events(EventLog& log, const Clock& clock, const StreamId& stream,
                               std::span<const DecidedEvent> events, const CommandOptions& options) {
  return detail::guarded("append", stream.text(), [&] { return append_facts(log, clock, stream, events, options); });
}

}  // namespace v1
}  // namespace eventstore
