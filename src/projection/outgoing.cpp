#include <eventstore/projection/outgoing.hpp>

#include <stdexcept>

namespace eventstore {
inline namespace v1 {

Outgoing::Outgoing(std::string_view reaction, std::string_view stream, const EventId& event,
                   std::vector<OutgoingAction>& actions)
    : cause_{"reaction\n" + std::string{reaction} + '\n' + std::string{stream} + '\n' + event.to_string() + '\n'},
      actions_{actions},
      begin_{actions.size()} {}

Outgoing::Later Outgoing::at(Timestamp time, std::string_view timer) {
  if (timer.empty()) throw std::invalid_argument{"a timer has a name, by which it can be moved and cancelled"};
  return Later{*this, time, timer};
}

void Outgoing::cancel(std::string_view timer) {
  OutgoingAction action;
  action.kind = OutgoingAction::Kind::cancel_timer;
  action.timer = timer;
  add(std::move(action));
}

void Outgoing::add(OutgoingAction action) {
  action.id = Uuid::v5(eventstore_namespace, cause_ + std::to_string(actions_.size() - begin_));
  actions_.push_back(std::move(action));
}

Uuid reaction_note_id(const Uuid& id, std::string_view what) { return Uuid::v5(id, what); }

}  // namespace v1
}  // namespace eventstore
