#include "reaction_actions.hpp"

#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/schema/json_codec.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

// The log takes no more appends, so that nothing could be noted either.
bool is_end_of_log(Errc code) {
  return code == Errc::read_only || code == Errc::outcome_unknown || code == Errc::newer_format ||
         code == Errc::locked || code == Errc::out_of_memory;
}

bool may_pass(Errc code) {
  return code == Errc::wrong_version || code == Errc::out_of_space || code == Errc::io_failed ||
         code == Errc::user_exception || code == Errc::clock_ran_ahead;
}

// Of a command that would be answered so again: it is an outcome, and the other commands of the event go on.
bool is_answer(Errc code) {
  return code == Errc::refused || code == Errc::not_found || code == Errc::wrong_organization ||
         code == Errc::too_large;
}

Performed failed(Error error) {
  const bool passes = may_pass(error.code);
  return {false, std::move(error), passes};
}

Metadata metadata_after(const ReactionCause& cause) {
  Metadata metadata;
  metadata.organization = cause.organization;
  metadata.causation_id = cause.event_id.to_string();
  metadata.correlation_id = cause.correlation_id.empty() ? metadata.causation_id : cause.correlation_id;
  return metadata;
}

constexpr std::string_view of_erased = "subject_erased";

Error person_was_erased() {
  Error error{Errc::refused, "react", {}, "a person was erased whom this is about: it is not done"};
  error.refusal_code = of_erased;
  return error;
}

std::string stream_named(const OutgoingAction& action) {
  return action.category.empty() ? std::string{} : action.category + '-' + action.key;
}

}  // namespace

OutgoingAction action_of(const ReactionTimer& timer) {
  OutgoingAction action;
  action.id = timer.action_id;
  action.category = timer.category;
  action.key = timer.key;
  action.name = timer.name;
  return action;
}

ReactionCause cause_of(const RecordedEvent& event, const Metadata& metadata) {
  return {event.position.value, std::string{event.stream}, event.id.uuid, std::string{event.organization},
          metadata.correlation_id};
}

Result<const AggregateType*> ReactionActions::find_aggregate(std::string_view category) const {
  const auto* const type = host_.aggregates.find(category);
  if (type == nullptr)
    return failure(Errc::invalid_argument, "react", std::string{category},
                   "the program has no such aggregate: add its es::aggregate<…>() to ReactionHost::aggregates");
  return type;
}

Result<const CommandType*> ReactionActions::find_command(const AggregateType& type, const std::string& name) const {
  const auto* const command = type.command(name);
  if (command == nullptr)
    return failure(Errc::invalid_argument, "react", type.category + ' ' + name, "the aggregate has no such command");
  return command;
}

Result<const OutsideFunction*> ReactionActions::find_function(const std::string& name) const {
  const auto found = host_.functions.find(name);
  if (found == host_.functions.end() || !found->second)
    return failure(Errc::invalid_argument, "react", name,
                   "the program has no such outside function: add it to ReactionHost::functions");
  return &found->second;
}

Result<void> ReactionActions::check_readable_once(const AggregateType& type) {
  if (readable_.count(type.category) != 0) return {};
  EVENTSTORE_TRY(check_readable(host_.log, schemas_, type, host_.aggregates.all()));
  readable_.insert(type.category);
  return {};
}

Result<bool> ReactionActions::was_refused(const OutgoingAction& action, const ReactionCause& cause) const {
  if (!notes_.may_have(cause.position)) return false;
  return notes_.has(reaction_note_id(action.id, "refused"));
}

Result<Performed> ReactionActions::perform(const OutgoingAction& action, const ReactionCause& cause) {
  if (action.kind == OutgoingAction::Kind::cancel_timer) return cancel_timer(action, cause);
  if (!action.timer.empty()) return set_timer(action, cause);
  EVENTSTORE_TRY_ASSIGN(const bool was, was_refused(action, cause));
  if (was) return Performed{.refused = true};
  if (action.kind == OutgoingAction::Kind::command) return execute(action, cause);
  std::string json;
  EVENTSTORE_TRY(bytes_to_json(action.schema->type, action.data, json));
  return call(action, json, cause);
}

Result<Performed> ReactionActions::execute(const OutgoingAction& action, const ReactionCause& cause) {
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(action.category));
  EVENTSTORE_TRY_ASSIGN(const auto* const command, find_command(*type, action.name));
  EVENTSTORE_TRY(check_readable_once(*type));
  const auto stream = StreamId::of(action.category, action.key);
  if (!stream) return refused(action, cause, stream.error());
  const auto executed = eventstore::execute(host_.log, schemas_, host_.clock, *type, *stream, *command, action.data,
                                            {.metadata = metadata_after(cause), .command_id = action.id},
                                            host_.snapshots, host_.aggregates.all());
  if (executed) return Performed{};
  const auto code = executed.error().code;
  if (is_answer(code)) return refused(action, cause, executed.error());
  if (is_end_of_log(code)) return failure(executed.error());
  return failed(executed.error());
}

Result<Performed> ReactionActions::call(const OutgoingAction& action, std::string_view json,
                                        const ReactionCause& cause) {
  EVENTSTORE_TRY_ASSIGN(const auto* const function, find_function(action.name));
  const auto note = reaction_note_id(action.id, "called");
  EVENTSTORE_TRY_ASSIGN(const bool was_called, notes_.has(note));
  if (was_called) return Performed{};
  const auto called = detail::guarded("call", action.name, [&] {
    return (*function)({action.name, action.id, json, cause});
  });
  if (!called && called.error().code == Errc::refused) return refused(action, cause, called.error());
  if (!called) return Performed{false, called.error(), true};  // whatever it is, the program outside may mend it
  EVENTSTORE_TRY(notes_.add(note));
  return Performed{};
}

Result<Performed> ReactionActions::refused(const OutgoingAction& action, const ReactionCause& cause,
                                           const Error& error) {
  const auto code = error.refusal_code.empty() ? std::string{to_string(error.code)} : error.refusal_code;
  auto sentence = error.detail;
  if (error.code == Errc::refused && code != of_erased) {  // what the program said, and not the library
    EVENTSTORE_TRY_ASSIGN(const auto persons, persons_.of(cause, &action));
    EVENTSTORE_TRY_ASSIGN(sentence, persons_.kept_sentence(cause, persons, std::move(sentence)));
  }
  EVENTSTORE_TRY(notes_.add(reaction_note_id(action.id, "refused"),
                            ReactionCommandRefused{cause, stream_named(action), action.name, code, sentence},
                            cause.event_id));
  return Performed{.refused = true};
}

Result<Performed> ReactionActions::set_timer(const OutgoingAction& action, const ReactionCause& cause) {
  const auto note = reaction_note_id(action.id, "set");
  if (notes_.may_have(cause.position)) {
    EVENTSTORE_TRY_ASSIGN(const bool was_set, notes_.has(note));
    if (was_set) return Performed{};
  }
  EVENTSTORE_TRY_ASSIGN(auto json, persons_.kept_data(action, cause));
  if (!json) return refused(action, cause, person_was_erased());
  const ReactionTimerSet set{
      action.timer, {cause, action.at, action.id, action.category, action.key, action.name, Json{std::move(*json)}}};
  auto added = notes_.add(note, set, cause.event_id);
  if (!added && added.error().code == Errc::too_large) return failed(std::move(added.error()));
  if (!added) return failure_of(added);
  return Performed{};
}

// A timer that a later event has set is not this event's to cancel: this one may be handled again.
Result<Performed> ReactionActions::cancel_timer(const OutgoingAction& action, const ReactionCause& cause) {
  const auto& timers = notes_.state().timers;
  const auto timer = timers.find(action.timer);
  if (timer == timers.end() || timer->second.cause.position > cause.position) return Performed{};
  EVENTSTORE_TRY(notes_.add(reaction_note_id(action.id, "cancelled"), ReactionTimerCancelled{cause, action.timer},
                            cause.event_id));
  return Performed{};
}

Result<Performed> ReactionActions::perform(const ReactionTimer& timer) {
  auto action = action_of(timer);
  EVENTSTORE_TRY_ASSIGN(const bool was, was_refused(action, timer.cause));
  if (was) return Performed{.refused = true};
  auto json = persons_.clear_data(timer);
  if (!json) return failed(std::move(json.error()));
  if (!*json) return refused(action, timer.cause, person_was_erased());
  if (timer.category.empty()) return call(action, **json, timer.cause);
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(timer.category));
  EVENTSTORE_TRY_ASSIGN(const auto* const command, find_command(*type, timer.name));
  // The command may have got fields since the timer was set.
  auto bytes = json_to_bytes(command->schema->type, **json, stored_json);
  if (!bytes) return failed(std::move(bytes.error()));
  action.schema = command->schema;
  action.data = std::move(*bytes);
  // An earlier build kept the command in clear.
  EVENTSTORE_TRY_ASSIGN(const bool is_of_erased, persons_.is_of_erased(action, timer.cause));
  if (is_of_erased) return refused(action, timer.cause, person_was_erased());
  return execute(action, timer.cause);
}

}  // namespace v1
}  // namespace eventstore
