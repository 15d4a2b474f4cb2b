#include "reaction_handling.hpp"

#include <algorithm>

#include "retry_delay.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t position_digits = 20;
constexpr std::string_view timer_letter = "timer ";

// Stands for the event in what is noted about the whole of it.
Uuid id_of(const ReactionType& reaction, const ReactionCause& cause) {
  return Uuid::v5(eventstore_namespace,
                  "reaction\n" + reaction.name + '\n' + cause.stream + '\n' + EventId{cause.event_id}.to_string());
}

// Not the event's: the program or the machine has to be mended, and then the event is handled.
bool is_of_the_run(Errc code) {
  return code == Errc::unknown_event_type || code == Errc::invalid_argument || code == Errc::out_of_memory ||
         code == Errc::io_failed;
}

void tell_of(std::optional<Timestamp>& next, Timestamp time) { next = next ? std::min(*next, time) : time; }

}  // namespace

std::string letter_of(const ReactionCause& cause) {
  const auto number = std::to_string(cause.position);
  return std::string(position_digits - number.size(), '0') + number;
}

ReactionHandling::ReactionHandling(ReactionHost& host, const ReactionType& reaction, const ReactionOptions& options,
                                   ReactionNotes& notes, ReactionActions& actions)
    : host_{host},
      reaction_{reaction},
      options_{options},
      notes_{notes},
      actions_{actions},
      states_{host.log, actions.schemas()},
      random_{options.seed} {}

Result<std::vector<OutgoingAction>> ReactionHandling::react(const RecordedEvent& event, const Metadata& metadata) {
  EVENTSTORE_TRY_ASSIGN(const auto* const type,
                        actions_.find_aggregate(event.stream.substr(0, event.stream.find('-'))));
  if (type->is_unknown(event))
    return failure(Error{Errc::unknown_event_type, "react", std::string{event.stream},
                         "this build does not know " + std::string{event.type} +
                             ": the reaction stays before it; use the build that wrote it",
                         event.position});
  // After an erasure no handler gets what was kept of the person.
  if (const auto* const cipher = value_cipher_of(host_.log); cipher != nullptr) {
    const auto generation = cipher->keys().generation();
    if (std::exchange(generation_, generation) != generation) states_.clear();
  }
  EVENTSTORE_TRY_ASSIGN(const auto around, states_.enter(event, metadata, *type));
  const AnyChange change{event, metadata, type, *around.before, *around.after, actions_.schemas()};
  return reaction_.react(change);
}

std::string ReactionHandling::letter_before(const std::string& stream, const std::string& letter) const {
  for (const auto& [id, what] : notes_.state().letters)
    if (!what.timer && what.cause.stream == stream && (letter.empty() || id < letter)) return id;
  return {};
}

Result<HandledEvent> ReactionHandling::begin(const RecordedEvent& event, ReactionReport& report) {
  EVENTSTORE_TRY_ASSIGN(const Metadata metadata, metadata_of(event));
  HandledEvent handled{.cause = cause_of(event, metadata)};
  if (notes_.may_have(handled.cause.position)) {
    EVENTSTORE_TRY_ASSIGN(const bool is_aside,
                          notes_.has(reaction_note_id(id_of(reaction_, handled.cause), "set aside")));
    if (is_aside) return handled;
  }
  auto actions = react(event, metadata);
  if (!actions) {
    if (is_of_the_run(actions.error().code)) return failure_of(actions);
    states_.clear();
    EVENTSTORE_TRY_ASSIGN(const auto persons, actions_.persons().of(handled.cause, nullptr));
    // A handler is pure: it would fail again.
    EVENTSTORE_TRY(set_aside(handled.cause, 1, actions.error(), persons, report));
    return handled;
  }
  if (actions->empty()) return handled;
  if (const auto earlier = letter_before(handled.cause.stream, {}); !earlier.empty()) {
    const Error behind{Errc::refused, "react", handled.cause.stream,
                       "an earlier event of the stream is set aside: " + earlier};
    EVENTSTORE_TRY(set_aside(handled.cause, 0, behind, {}, report));
    return handled;
  }
  handled.actions = std::move(*actions);
  return handled;
}

Timestamp ReactionHandling::after_failure(unsigned attempts) {
  return host_.clock.now() + retry_delay(attempts, options_.retry_delay, options_.retry_delay_max, random_.fraction());
}

Result<bool> ReactionHandling::go_on(HandledEvent& handled, ReactionReport& report) {
  if (handled.not_before && host_.clock.now() < *handled.not_before) return false;
  while (handled.next < handled.actions.size()) {
    EVENTSTORE_TRY_ASSIGN(const auto performed, actions_.perform(handled.actions[handled.next], handled.cause));
    if (performed.failed) {
      ++handled.attempts;
      if (performed.may_pass && handled.attempts < options_.attempts_max) {
        handled.not_before = after_failure(handled.attempts);
        return false;
      }
      EVENTSTORE_TRY_ASSIGN(const auto persons, actions_.persons().of(handled.cause, &handled.actions[handled.next]));
      EVENTSTORE_TRY(set_aside(handled.cause, handled.attempts, *performed.failed, persons, report));
      return true;
    }
    ++(performed.refused ? report.refused : report.done);
    ++handled.next;
    handled.attempts = 0;
    handled.not_before.reset();
  }
  return true;
}

Result<void> ReactionHandling::set_aside(const ReactionCause& cause, unsigned attempts, const Error& error,
                                         const Persons& persons, ReactionReport& report) {
  EVENTSTORE_TRY_ASSIGN(const auto reason, actions_.persons().kept_sentence(cause, persons, error.message()));
  EVENTSTORE_TRY(notes_.add(
      reaction_note_id(id_of(reaction_, cause), "set aside"),
      ReactionSetAside{cause, letter_of(cause), attempts, std::string{to_string(error.code)}, reason, std::nullopt},
      cause.event_id));
  ++report.set_aside;
  return {};
}

Result<void> ReactionHandling::fire(ReactionReport& report) {
  const auto now = host_.clock.now();
  std::vector<std::pair<std::string, ReactionTimer>> due;
  for (const auto& [name, timer] : notes_.state().timers) {
    const auto failed = waiting_.find(name);
    const bool waits = failed != waiting_.end() && failed->second.action_id == timer.action_id;
    const auto time = waits ? std::max(timer.at, failed->second.not_before) : timer.at;
    if (time <= now)
      due.emplace_back(name, timer);
    else
      tell_of(report.next, time);
    if (waits && time > now) tell_of(report.retry, time);
  }
  std::ranges::stable_sort(due, {}, [](const auto& each) { return each.second.at; });
  for (const auto& [name, timer] : due) EVENTSTORE_TRY(fire(name, timer, report));
  return {};
}

Result<void> ReactionHandling::fire(const std::string& name, const ReactionTimer& timer, ReactionReport& report) {
  EVENTSTORE_TRY_ASSIGN(const auto performed, actions_.perform(timer));
  if (!performed.failed) {
    waiting_.erase(name);
    ++report.fired;
    ++(performed.refused ? report.refused : report.done);
    return notes_.add(reaction_note_id(timer.action_id, "fired"), ReactionTimerFired{name, timer.action_id},
                      timer.cause.event_id);
  }
  auto& waiting = waiting_[name];
  if (waiting.action_id != timer.action_id) waiting = {timer.action_id};
  ++waiting.attempts;
  if (performed.may_pass && waiting.attempts < options_.attempts_max) {
    waiting.not_before = after_failure(waiting.attempts);
    tell_of(report.next, waiting.not_before);
    tell_of(report.retry, waiting.not_before);
    return {};
  }
  const auto attempts = waiting.attempts;
  const auto action = action_of(timer);
  EVENTSTORE_TRY_ASSIGN(const auto persons, actions_.persons().of(timer.cause, &action));
  EVENTSTORE_TRY_ASSIGN(const auto reason,
                        actions_.persons().kept_sentence(timer.cause, persons, performed.failed->message()));
  waiting_.erase(name);
  ++report.set_aside;
  return notes_.add(reaction_note_id(timer.action_id, "set aside"),
                    ReactionSetAside{timer.cause, std::string{timer_letter} + name, attempts,
                                     std::string{to_string(performed.failed->code)}, reason, name},
                    timer.cause.event_id);
}

Result<ReactionLetter> ReactionHandling::find_letter(const std::string& id) const {
  const auto found = notes_.state().letters.find(id);
  if (found == notes_.state().letters.end())
    return failure(Errc::not_found, "find dead letter", id, "the reaction has no such dead letter");
  return found->second;
}

Uuid ReactionHandling::note_of(const ReactionLetter& letter) const {
  return letter.timer ? letter.timer->action_id : id_of(reaction_, letter.cause);
}

Result<void> ReactionHandling::retry(const std::string& id) {
  EVENTSTORE_TRY_ASSIGN(const auto letter, find_letter(id));
  if (letter.timer) {
    EVENTSTORE_TRY_ASSIGN(const auto performed, actions_.perform(*letter.timer));
    if (performed.failed) return failure(*performed.failed);
  } else {
    if (const auto earlier = letter_before(letter.cause.stream, id); !earlier.empty())
      return failure(Errc::refused, "retry", id, "an earlier letter of its stream comes first: " + earlier);
    EVENTSTORE_TRY(retry_event(letter.cause));
  }
  return notes_.add(reaction_note_id(note_of(letter), "retried"), ReactionRetried{id}, letter.cause.event_id);
}

Result<void> ReactionHandling::drop(const std::string& id) {
  EVENTSTORE_TRY_ASSIGN(const auto letter, find_letter(id));
  return notes_.add(reaction_note_id(note_of(letter), "dropped"), ReactionDropped{id}, letter.cause.event_id);
}

Result<void> ReactionHandling::retry_event(const ReactionCause& cause) {
  EVENTSTORE_TRY_ASSIGN(const Page page, host_.log.read_all({.from = Position{cause.position}, .limit = 1}));
  if (page.events.empty() || page.events.front().id.uuid != cause.event_id)
    return failure(Errc::corrupt_record, "retry", cause.stream, "the log has another event at the letter's position");
  const auto& event = page.events.front();
  EVENTSTORE_TRY_ASSIGN(const Metadata metadata, metadata_of(event));
  auto actions = react(event, metadata);
  if (!actions) states_.clear();
  if (!actions) return failure_of(actions);
  for (const auto& action : *actions) {
    EVENTSTORE_TRY_ASSIGN(const auto performed, actions_.perform(action, cause));
    if (performed.failed) return failure(*performed.failed);
  }
  return {};
}

}  // namespace v1
}  // namespace eventstore
