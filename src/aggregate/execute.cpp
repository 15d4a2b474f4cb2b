#include <eventstore/aggregate/claims.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/aggregate/subject_of.hpp>
#include <eventstore/core/detail/guarded.hpp>

#include "command_outcome.hpp"
#include "drafts.hpp"
#include "quoted_persons.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

class Execution {
 public:
  Execution(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
            const StreamId& stream, const CommandType& command, BytesView data, const CommandOptions& options,
            Snapshots* snapshots, std::span<const AggregateType> aggregates)
      : type_{type},
        command_{command},
        data_{data},
        options_{options},
        context_{stream, Version{0}, clock.now(), options.metadata,
                 options.command_id.is_nil() ? new_uuid(clock) : options.command_id},
        sources_{log, schemas, snapshots, aggregates, context_.metadata.organization} {
    context_.metadata.created_at = context_.now;
    context_.zone = &clock.zone(context_.metadata.organization);
  }
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  /// The outcome, if the command was executed before. Asked before every try: the rival that won the race may have been
  /// this very command, or may have opened a stream under another name of the category.
  Result<std::optional<Executed>> find_earlier() {
    if (!type_.former_categories.empty()) {
      EVENTSTORE_TRY_ASSIGN(context_.stream, stream_of(sources_.log, type_, context_.stream.key()));
      EVENTSTORE_TRY_ASSIGN(other_names_, no_stream_of_another_name(type_, context_.stream));
    }
    if (!is_recorded()) return std::optional<Executed>{};
    return find_executed(sources_.log, context_.stream, other_names_, options_);
  }

  /// Absent where this very command was executed in the meantime.
  Result<std::optional<Executed>> attempt() {
    Drafts drafts{sources_, type_, context_.stream, other_names_};
    EVENTSTORE_TRY_ASSIGN(const AnyState* const state, drafts.own().before());
    EVENTSTORE_TRY(check_stream_need(command_.needs, state != nullptr, context_.stream.text()));
    context_.version = drafts.own().version();
    AnyOthers others;
    EVENTSTORE_TRY(read_others(state, drafts, others));
    EVENTSTORE_TRY_ASSIGN(AnyDecision decision, command_.decide(state, data_, context_, others));
    if (decision.refusal) return refuse(*decision.refusal, drafts);
    EVENTSTORE_TRY(put_down(std::move(decision), drafts));
    return append(drafts, {});
  }

 private:
  [[nodiscard]] bool is_recorded() const { return !options_.command_id.is_nil(); }
  [[nodiscard]] EventIdRule ids_on(const StreamId& stream) const {
    return ids_of_command(context_.command_id, context_.stream, stream);
  }

  Result<void> read_others(const AnyState* state, Drafts& drafts, AnyOthers& others) const {
    if (!command_.keys) return {};
    EVENTSTORE_TRY_ASSIGN(const auto keys, command_.keys(state, data_, context_));
    for (const auto& [type, key] : keys) {
      EVENTSTORE_TRY_ASSIGN(Draft* const draft, drafts.find(*type, key));
      const AnyState* other = nullptr;
      if (draft != nullptr) {
        EVENTSTORE_TRY_ASSIGN(other, draft->before());
      }
      others.add(type->category, key, other);
    }
    return drafts.check_side_by_side();
  }

  [[nodiscard]] static Result<void> put_down(AnyDecision decision, Drafts& drafts) {
    drafts.decide(drafts.own(), std::move(decision.events));
    for (auto& also : decision.also) {
      EVENTSTORE_TRY(StreamId::of(also.type->category, also.key));
      EVENTSTORE_TRY_ASSIGN(Draft* const draft, drafts.find(*also.type, also.key));
      drafts.decide(*draft, std::move(also.events));
    }
    return {};
  }

  // A stream that the commit writes.
  struct Written {
    Draft* draft;
    std::unique_ptr<AnyState> after{};  // null where its aggregate asks for none

    // Whom the events are about; empty: the stream's key.
    [[nodiscard]] std::string subject() const {
      return draft->type().subject ? subject_of(draft->type(), *after, draft->stream()) : std::string{};
    }
  };

  Result<std::vector<Written>> written_in(Drafts& drafts) const {
    std::vector<Written> written;
    for (auto* const draft : drafts.written()) {
      auto& added = written.emplace_back(Written{draft});
      if (draft->type().unique.empty() && !draft->type().subject) continue;
      EVENTSTORE_TRY_ASSIGN(added.after, draft->after(context_.metadata));
    }
    return written;
  }

  // Refused, where another stream has one of the values.
  Result<void> claim(const std::vector<Written>& written, const Drafts& drafts, Claims& claims) const {
    std::vector<StateChange> changes;
    for (const auto& [draft, after] : written) {
      if (draft->type().unique.empty()) continue;
      EVENTSTORE_TRY_ASSIGN(const AnyState* const before, draft->before());
      changes.push_back({draft->type(), draft->stream(), context_.metadata.organization, before, after.get()});
    }
    for (const auto& change : changes) EVENTSTORE_TRY(claims.release(change));
    for (const auto& change : changes) {
      EVENTSTORE_TRY_ASSIGN(const auto duplicates, claims.take(change));
      if (duplicates.empty()) continue;
      // A rival may have given the value to this very stream, and then the answer is another one.
      EVENTSTORE_TRY(drafts.check_unchanged());
      return failure(not_unique(change.type, change.stream, *duplicates.front().field));
    }
    return {};
  }

  Result<std::optional<Executed>> refuse(const Refusal& refusal, Drafts& drafts) {
    Error refused{.code = Errc::refused,
                  .where = context_.stream.text(),
                  .detail = refusal.sentence,
                  .refusal_code = refusal.code};
    if (refusal.is_for_good && is_recorded()) {
      CommandResult result;
      result.refusal_code = refusal.code;
      EVENTSTORE_TRY_ASSIGN(result.refusal, kept_sentence(sources_.log, place_of_refusal(context_.stream, options_),
                                                          quoted_persons(drafts, command_, data_), refusal.sentence));
      EVENTSTORE_TRY_ASSIGN(const auto recorded, append(drafts, result));
      if (!recorded) return recorded;
    }
    return failure(std::move(refused));
  }

  // All that the commit will hold, and all that it rests on, is in the drafts now, and nothing is written yet: what
  // follows from a decision, whichever command it came from, is added to them here.
  Result<std::optional<Executed>> append(Drafts& drafts, CommandResult result) {
    EVENTSTORE_TRY_ASSIGN(const auto written, written_in(drafts));
    const auto own_events = drafts.own().events.size();
    Executed executed{};
    executed.stream = context_.stream.text();
    executed.version = Version{context_.version.value + own_events};
    if (written.empty() && !is_recorded()) return std::optional{std::move(executed)};
    Claims claims{sources_.log, sources_.schemas};
    EVENTSTORE_TRY(claim(written, drafts, claims));
    EventWriter writer;
    for (const auto& each : written) {
      const auto& draft = *each.draft;
      EVENTSTORE_TRY(
          writer.add(draft.stream(), draft.events, context_.metadata, ids_on(draft.stream()), each.subject()));
      add_executed(writer, draft.stream(), draft.events, executed);
    }
    for (const auto& draft : drafts.all()) draft.expect_in(writer);
    // Last, so that the events of the decision stand together.
    for (const auto& [stream, event] : claims.events())
      EVENTSTORE_TRY(writer.add(stream, {&event, 1}, claim_metadata(context_.metadata), ids_on(stream)));
    claims.expect_in(writer);
    result.version = executed.version.value;
    result.events = own_events;
    result.others = executed.events.size() - own_events;
    if (result.others != 0 && own_events == 0) result.first_stream = executed.events.front().stream;
    std::string text;
    add_outcome(writer, context_.stream, result, options_, text);
    EVENTSTORE_TRY_ASSIGN(const Receipt receipt, writer.append_to(sources_.log));
    if (receipt.already_there && receipt.events.empty()) return std::optional<Executed>{};
    place_executed(receipt, executed);
    return std::optional{std::move(executed)};
  }

  const AggregateType& type_;
  const CommandType& command_;
  const BytesView data_;
  const CommandOptions& options_;
  Context context_;
  const DraftSources sources_;
  std::vector<Expectation> other_names_;  // that no stream exists under another name of the category
};

Result<Executed> execute_until_written(Execution& execution, unsigned retries_max) {
  for (unsigned retries = 0;; ++retries) {
    EVENTSTORE_TRY_ASSIGN(auto before, execution.find_earlier());
    if (before) return std::move(*before);
    auto executed = execution.attempt();
    if (executed && *executed) return std::move(**executed);
    const bool was_overtaken = executed || executed.error().code == Errc::wrong_version;
    if (!was_overtaken || (!executed && retries >= retries_max)) return failure_of(executed);
  }
}

}  // namespace

Result<Executed> execute(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
                         const StreamId& stream, const CommandType& command, BytesView data,
                         const CommandOptions& options, Snapshots* snapshots,
                         std::span<const AggregateType> aggregates) {
  return detail::guarded("execute", stream.text(), [&]() -> Result<Executed> {
    auto own = options;
    if (own.content.is_nil() && !own.command_id.is_nil() && command.schema != nullptr) {
      EVENTSTORE_TRY_ASSIGN(own.content, command_content(log, command.name, *command.schema, data));
    }
    Execution execution{log, schemas, clock, type, stream, command, data, own, snapshots, aggregates};
    return execute_until_written(execution, own.retries_max);
  });
}

Result<Executed> execute(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
                         const StreamId& stream, StreamNeed needs, const Decide& decide, const CommandOptions& options,
                         Snapshots* snapshots) {
  const CommandType command{{}, nullptr, needs, [&](const auto* state, BytesView, const auto& context, const auto&) {
                              return decide(state, context);
                            }};
  return execute(log, schemas, clock, type, stream, command, {}, options, snapshots);
}

}  // namespace v1
}  // namespace eventstore
