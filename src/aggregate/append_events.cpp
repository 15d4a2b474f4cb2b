// Facts: events that are appended without a decision.
#include <eventstore/aggregate/claims.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/aggregate/subject_of.hpp>
#include <eventstore/core/detail/guarded.hpp>

#include <algorithm>

#include "command_outcome.hpp"
#include "drafts.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

class Facts {
 public:
  Facts(EventLog& log, const Clock& clock, const StreamId& stream, std::span<const DecidedEvent> events,
        const CommandOptions& options, std::span<const AggregateType> aggregates)
      : log_{log},
        stream_{stream},
        events_{events},
        options_{options},
        metadata_{options.metadata},
        id_{options.command_id.is_nil() ? new_uuid(clock) : options.command_id},
        sources_{log_, schemas_, nullptr, aggregates, metadata_.organization} {
    metadata_.created_at = clock.now();
    const auto has_it = [&](const AggregateType& type) {
      return type.has_category(stream.category()) && !type.unique.empty();
    };
    const auto found = std::find_if(aggregates.begin(), aggregates.end(), has_it);
    if (found != aggregates.end()) claiming_ = &*found;
  }
  Facts(const Facts&) = delete;
  Facts& operator=(const Facts&) = delete;

  Result<std::optional<Executed>> find_earlier() const {
    if (options_.command_id.is_nil()) return std::optional<Executed>{};
    return find_executed(log_, stream_, {}, options_);
  }

  // Absent where a rival with the same id has appended them in the meantime.
  Result<std::optional<Executed>> attempt() {
    EventWriter writer;
    Executed executed{};
    executed.stream = stream_.text();
    Claims claims{log_, schemas_};
    std::string subject;
    if (claiming_ != nullptr) EVENTSTORE_TRY(claim(claims, writer, subject, executed));
    EVENTSTORE_TRY(writer.add(stream_, events_, metadata_, EventIdRule::of_command(id_), subject));
    add_executed(writer, stream_, events_, executed);
    for (const auto& [stream, event] : claims.events())
      EVENTSTORE_TRY(writer.add(stream, {&event, 1}, claim_metadata(metadata_), ids_of_command(id_, stream_, stream)));
    claims.expect_in(writer);
    CommandResult result;
    result.events = events_.size();
    std::string text;
    add_outcome(writer, stream_, result, options_, text);
    EVENTSTORE_TRY_ASSIGN(const Receipt receipt, writer.append_to(log_));
    if (receipt.already_there && receipt.events.empty()) return std::optional<Executed>{};
    place_executed(receipt, executed);
    if (!executed.events.empty()) executed.version = executed.events.back().placed.version;
    return std::optional{std::move(executed)};
  }

  // Only claims rest on what was read.
  [[nodiscard]] bool may_be_overtaken() const { return claiming_ != nullptr; }

 private:
  Result<void> claim(Claims& claims, EventWriter& writer, std::string& subject, Executed& executed) {
    Draft draft{sources_, *claiming_, stream_, {}};
    draft.events.assign(events_.begin(), events_.end());
    EVENTSTORE_TRY_ASSIGN(const AnyState* const before, draft.before());
    EVENTSTORE_TRY_ASSIGN(const auto after, draft.after(metadata_));
    if (claiming_->subject) subject = subject_of(*claiming_, *after, stream_);
    const StateChange change{*claiming_, stream_, metadata_.organization, before, after.get()};
    EVENTSTORE_TRY(claims.release(change));
    EVENTSTORE_TRY_ASSIGN(const auto duplicates, claims.take(change));
    for (const auto& each : duplicates) executed.duplicates.push_back(each.field->name);
    draft.expect_in(writer);
    return {};
  }

  EventLog& log_;
  const StreamId& stream_;
  const std::span<const DecidedEvent> events_;
  const CommandOptions& options_;
  Metadata metadata_;
  const Uuid id_;
  const SchemaReader schemas_{log_};
  const DraftSources sources_;
  const AggregateType* claiming_ = nullptr;  // the stream's, where it has unique values
};

Result<Executed> append_until_written(Facts& facts, unsigned retries_max) {
  for (unsigned retries = 0;; ++retries) {
    EVENTSTORE_TRY_ASSIGN(auto before, facts.find_earlier());
    if (before) return std::move(*before);
    auto executed = facts.attempt();
    if (executed && *executed) return std::move(**executed);
    if (executed) continue;
    const bool was_overtaken = facts.may_be_overtaken() && executed.error().code == Errc::wrong_version;
    if (!was_overtaken || retries >= retries_max) return failure_of(executed);
  }
}

}  // namespace

Result<Executed> append_events(EventLog& log, const Clock& clock, const StreamId& stream,
                               std::span<const DecidedEvent> events, const CommandOptions& options,
                               std::span<const AggregateType> aggregates) {
  return detail::guarded("append", stream.text(), [&]() -> Result<Executed> {
    Facts facts{log, clock, stream, events, options, aggregates};
    return append_until_written(facts, options.retries_max);
  });
}

}  // namespace v1
}  // namespace eventstore
