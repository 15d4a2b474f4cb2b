#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/schema/json_codec.hpp>

#include "command_outcome.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> wrong_organization(const StreamId& stream) {
  return failure(Errc::wrong_organization, "execute", stream.text(), "the stream belongs to another organization");
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

  /// Which stream it is, of a category with several names: a rival may have opened another since it was last asked.
  Result<void> find_stream() {
    EVENTSTORE_TRY_ASSIGN(context_.stream, stream_of(log_, type_, context_.stream.key()));
    return {};
  }
  [[nodiscard]] const StreamId& stream() const { return context_.stream; }

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
    executed.version = state->version;
    return std::optional{std::move(executed)};
  }

 private:
  [[nodiscard]] Result<void> check_stream(const AnyState& state, StreamNeed needs) const {
    const bool exists = state.version != Version{0};
    if (exists && state.organization != context_.metadata.organization) return wrong_organization(context_.stream);
    return check_stream_need(needs, exists, context_.stream.text());
  }

  // Whether the command's outcome is kept. Nobody can repeat an id that was made up here.
  [[nodiscard]] bool is_recorded() const { return !options_.command_id.is_nil(); }

  Result<std::optional<Executed>> refuse(const Refusal& refusal) {
    if (refusal.is_for_good && is_recorded()) {
      CommandResult result;
      result.refusal_code = refusal.code;
      result.refusal = refusal.sentence;
      EVENTSTORE_TRY_ASSIGN(const auto recorded, append({}, result));
      if (!recorded) return recorded;
    }
    return failure(Error{.code = Errc::refused,
                         .where = context_.stream.text(),
                         .detail = refusal.sentence,
                         .refusal_code = refusal.code});
  }

  Result<std::optional<Executed>> append(const std::vector<DecidedEvent>& events, CommandResult result) {
    EventWriter writer;
    EVENTSTORE_TRY(
        writer.add(context_.stream, events, context_.metadata, EventIdRule::of_command(context_.command_id)));
    if (context_.version == Version{0}) {
      EVENTSTORE_TRY_ASSIGN(const auto others, no_stream_of_another_name(type_, context_.stream));
      for (const auto& other : others) writer.expect(other.stream, other.version);
    }
    writer.expect(context_.stream, ExpectedVersion::exactly(context_.version));
    Executed executed{};
    executed.version = Version{context_.version.value + events.size()};
    result.version = executed.version.value;
    result.events = events.size();
    const auto text = outcome_text(result);
    if (is_recorded())
      writer.add_outcome(
          {context_.stream, options_.command_id, options_.content, context_.metadata.organization, as_bytes(text)});
    EVENTSTORE_TRY_ASSIGN(const Receipt receipt, writer.append_to(log_));
    executed.already_there = receipt.already_there;
    if (receipt.already_there && receipt.events.empty()) return std::optional<Executed>{};
    for (std::size_t i = 0; i < events.size(); ++i)
      executed.events.push_back({writer.events()[i].id, receipt.events[i], events[i].schema, events[i].data});
    if (!events.empty()) executed.version = receipt.events.back().version;
    return std::optional{std::move(executed)};
  }

  EventLog& log_;
  const SchemaReader& schemas_;
  const AggregateType& type_;
  Snapshots* const snapshots_;
  const CommandOptions& options_;
  Context context_;
};

}  // namespace

Uuid command_content(std::string_view name, const Schema& schema, BytesView command) {
  std::string text{name};
  text += '\n';
  // Bytes that are no such command are refused when it is decided.
  (void)bytes_to_json(schema.type, command, text);
  return Uuid::v5(eventstore_namespace, text);
}

Result<Executed> execute(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
                         const StreamId& stream, StreamNeed needs, const Decide& decide, const CommandOptions& options,
                         Snapshots* snapshots) {
  Execution execution{log, schemas, clock, type, stream, options, snapshots};
  for (unsigned retries = 0;; ++retries) {
    if (!type.former_categories.empty()) EVENTSTORE_TRY(execution.find_stream());
    // Asked before every try: the rival that won the race may have been this very command.
    if (!options.command_id.is_nil()) {
      EVENTSTORE_TRY_ASSIGN(auto before, find_executed(log, type, execution.stream(), options));
      if (before) return std::move(*before);
    }
    auto executed = execution.attempt(needs, decide);
    if (executed && *executed) return std::move(**executed);
    const bool was_overtaken = executed || executed.error().code == Errc::wrong_version;
    if (!was_overtaken || (!executed && retries >= options.retries_max)) return failure_of(executed);
  }
}

}  // namespace v1
}  // namespace eventstore
