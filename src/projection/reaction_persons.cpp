#include "reaction_persons.hpp"

#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/aggregate/subject_of.hpp>
#include <eventstore/security/kept_json.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

TextPlace place_of_timer(const StreamId& notes, const ReactionTimer& timer) {
  return {notes, timer.action_id, timer.name, timer.cause.organization};
}

TextPlace place_of_sentence(const StreamId& notes, const ReactionCause& cause) {
  return {notes, cause.event_id, "sentence", cause.organization};
}

void open_reasons(const EventLog& log, const StreamId& notes, ReactionState& state) {
  std::vector<std::pair<std::string, ReactionLetter>> opened;
  for (const auto& [id, letter] : state.letters) {
    auto reason = readable_sentence(log, place_of_sentence(notes, letter.cause), letter.reason);
    if (reason == letter.reason) continue;
    opened.emplace_back(id, letter);
    opened.back().second.reason = std::move(reason);
  }
  for (auto& [id, letter] : opened) state.letters.insert_or_assign(id, std::move(letter));
}

Result<std::string> ReactionPersons::of_stream(const AggregateType& type, const StreamId& stream) const {
  if (!type.subject) return std::string{stream.key()};
  auto state = load_state(log_, schemas_, type, stream, no_version_limit, nullptr);
  if (!state && state.error().code == Errc::expired) return stream.text();  // nobody knows any more
  if (!state) return failure_of(state);
  return subject_of(type, **state, stream);
}

Result<std::string> ReactionPersons::of_cause_stream(const ReactionCause& cause) const {
  EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(cause.stream));
  const auto* const type = aggregates_.find(stream.category());
  return type == nullptr ? Result<std::string>{std::string{stream.key()}} : of_stream(*type, stream);
}

// Whom values of the action are about whose record names nobody: a command is about whom its stream is about; an
// argument, and a command whose key no stream can have, about whom the event's stream is about.
Result<std::string> ReactionPersons::named_by_nobody(const OutgoingAction& action, const ReactionCause& cause) const {
  const auto* const type = action.category.empty() ? nullptr : aggregates_.find(action.category);
  if (type == nullptr || !StreamId::of(action.category, action.key)) return of_cause_stream(cause);
  EVENTSTORE_TRY_ASSIGN(const auto stream, stream_of(log_, *type, action.key));
  return of_stream(*type, stream);
}

Result<void> ReactionPersons::add_event(const ReactionCause& cause, Persons& persons) const {
  EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(cause.stream));
  const auto* const type = aggregates_.find(stream.category());
  if (type == nullptr || !has_personal_data(*type)) return {};
  EVENTSTORE_TRY_ASSIGN(auto own, of_stream(*type, stream));
  const auto page = log_.find(stream, EventId{cause.event_id});
  if (page && !type->is_unknown(page->events.front())) {
    // What cannot be read names nobody, and the error that is told is about that very event.
    const auto parts = type->read(page->events.front(), schemas_);
    for (std::size_t i = 0; parts && i < parts->size(); ++i) {
      const auto values = clear_values(*(*parts)[i].schema, (*parts)[i].data, own);
      for (std::size_t k = 0; values && k < values->size(); ++k) persons.insert((*values)[k].subject);
    }
  }
  persons.insert(std::move(own));
  return {};
}

Result<void> ReactionPersons::add_action(const OutgoingAction& action, const ReactionCause& cause,
                                         Persons& persons) const {
  const auto* const type = action.category.empty() ? nullptr : aggregates_.find(action.category);
  const bool has_values = action.schema != nullptr && action.schema->has_encrypted;
  if (!has_values && (type == nullptr || !has_personal_data(*type))) return {};
  EVENTSTORE_TRY_ASSIGN(auto own, named_by_nobody(action, cause));
  if (has_values) {
    EVENTSTORE_TRY_ASSIGN(const auto values, clear_values(*action.schema, action.data, own));
    for (const auto& value : values) persons.insert(value.subject);
  }
  persons.insert(std::move(own));
  return {};
}

Result<Persons> ReactionPersons::of(const ReactionCause& cause, const OutgoingAction* action) const {
  Persons persons;
  if (value_cipher_of(log_) == nullptr) return persons;
  EVENTSTORE_TRY(add_event(cause, persons));
  if (action != nullptr) EVENTSTORE_TRY(add_action(*action, cause, persons));
  return persons;
}

Result<std::optional<std::string>> ReactionPersons::kept_data(const OutgoingAction& action,
                                                              const ReactionCause& cause) const {
  std::string subject;
  if (action.schema->has_encrypted && value_cipher_of(log_) != nullptr) {
    EVENTSTORE_TRY_ASSIGN(subject, named_by_nobody(action, cause));
  }
  return kept_json(log_, {notes_, action.id, action.name, cause.organization}, *action.schema, action.data, subject);
}

Result<std::optional<std::string>> ReactionPersons::clear_data(const ReactionTimer& timer) const {
  return opened_json(log_, place_of_timer(notes_, timer), timer.data.text);
}

Result<bool> ReactionPersons::is_of_erased(const OutgoingAction& command, const ReactionCause& cause) const {
  const auto* const cipher = value_cipher_of(log_);
  if (cipher == nullptr || command.schema == nullptr || !command.schema->has_encrypted) return false;
  EVENTSTORE_TRY_ASSIGN(const auto own, named_by_nobody(command, cause));
  EVENTSTORE_TRY_ASSIGN(const auto values, clear_values(*command.schema, command.data, own));
  for (const auto& value : values) {
    EVENTSTORE_TRY_ASSIGN(const auto key, cipher->keys().find(Subject{cause.organization, value.subject}));
    if (key && !key->bytes) return true;
  }
  return false;
}

Result<std::string> ReactionPersons::kept_sentence(const ReactionCause& cause, const Persons& persons,
                                                   std::string sentence) const {
  return eventstore::kept_sentence(log_, place_of_sentence(notes_, cause), {persons.begin(), persons.end()},
                                   std::move(sentence));
}

}  // namespace v1
}  // namespace eventstore
