#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/aggregate/execute.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> wrong_organization(const StreamId& stream) {
  return failure(Errc::wrong_organization, "execute", stream.text(), "the stream belongs to another organization");
}

// The events that this command's id left in the stream, if it was executed before.
// Errors: wrong_organization, so that guessing an id shows nobody another organization's events.
Result<Executed> find_executed(const EventLog& log, const StreamId& stream, const CommandOptions& options) {
  Executed executed{};
  executed.already_there = true;
  const auto ids = EventIdRule::of_command(options.command_id);
  for (std::size_t ordinal = 0;; ++ordinal) {
    const auto id = ids.id(stream, ordinal);
    auto found = log.find(stream, id);
    if (!found && found.error().code == Errc::not_found) break;
    if (!found) return failure_of(found);
    const auto& event = found->events.front();
    if (event.organization != options.metadata.organization) return wrong_organization(stream);
    executed.events.push_back(
        {id, {event.version, event.position}, nullptr, Bytes{event.data.begin(), event.data.end()}});
    executed.version = event.version;
  }
  return executed;
}

class Execution {
 public:
  Execution(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
            const StreamId& stream, const CommandOptions& options, Snapshots* snapshots)
      : log_{log},
        schemas_{schemas},
        type_{type},
        snapshots_{snapshots},
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

  Result<Executed> attempt(StreamNeed needs, const Decide& decide) {
    EVENTSTORE_TRY_ASSIGN(const auto state,
                          load_state(log_, schemas_, type_, context_.stream, no_version_limit, snapshots_));
    EVENTSTORE_TRY(check_stream(*state, needs));
    context_.version = state->version;
    EVENTSTORE_TRY_ASSIGN(const AnyDecision decision,
                          decide(state->version == Version{0} ? nullptr : state.get(), context_));
    if (decision.refusal)
      return failure(Error{.code = Errc::refused,
                           .where = context_.stream.text(),
                           .detail = decision.refusal->sentence,
                           .refusal_code = decision.refusal->code});
    Executed executed{};
    executed.version = state->version;
    if (decision.events.empty()) return executed;
    return append(decision);
  }

  [[nodiscard]] const Uuid& command_id() const { return context_.command_id; }

 private:
  [[nodiscard]] Result<void> check_stream(const AnyState& state, StreamNeed needs) const {
    const bool exists = state.version != Version{0};
    if (exists && state.organization != context_.metadata.organization) return wrong_organization(context_.stream);
    return check_stream_need(needs, exists, context_.stream.text());
  }

  Result<Executed> append(const AnyDecision& decision) {
    EventWriter writer;
    EVENTSTORE_TRY(
        writer.add(context_.stream, decision.events, context_.metadata, EventIdRule::of_command(context_.command_id)));
    if (context_.version == Version{0}) {
      EVENTSTORE_TRY_ASSIGN(const auto others, no_stream_of_another_name(type_, context_.stream));
      for (const auto& other : others) writer.expect(other.stream, other.version);
    }
    writer.expect(context_.stream, ExpectedVersion::exactly(context_.version));
    EVENTSTORE_TRY_ASSIGN(const Receipt receipt, writer.append_to(log_));
    Executed executed{};
    executed.already_there = receipt.already_there;
    executed.version = receipt.events.back().version;
    for (std::size_t i = 0; i < decision.events.size(); ++i)
      executed.events.push_back(
          {writer.events()[i].id, receipt.events[i], decision.events[i].schema, decision.events[i].data});
    return executed;
  }

  EventLog& log_;
  const SchemaReader& schemas_;
  const AggregateType& type_;
  Snapshots* const snapshots_;
  Context context_;
};

}  // namespace

Result<Executed> execute(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
                         const StreamId& stream, StreamNeed needs, const Decide& decide, const CommandOptions& options,
                         Snapshots* snapshots) {
  Execution execution{log, schemas, clock, type, stream, options, snapshots};
  for (unsigned retries = 0;; ++retries) {
    if (!type.former_categories.empty()) EVENTSTORE_TRY(execution.find_stream());
    // Asked before every try: the rival that won the race may have been this very command.
    if (!options.command_id.is_nil()) {
      EVENTSTORE_TRY_ASSIGN(Executed before, find_executed(log, execution.stream(), options));
      if (!before.events.empty()) return before;
    }
    auto executed = execution.attempt(needs, decide);
    if (executed || executed.error().code != Errc::wrong_version || retries >= options.retries_max) return executed;
  }
}

}  // namespace v1
}  // namespace eventstore
