#include <eventstore/projection/change.hpp>

#include <eventstore/schema/event_line.hpp>

namespace eventstore {
inline namespace v1 {

std::string event_key(std::string_view stream, const EventId& id) {
  const auto name = id.to_string();
  std::string key;
  key.reserve(stream.size() + 1 + name.size());
  key.append(stream).append(1, '\n').append(name);
  return key;
}

const std::string& AnyChange::event_key() const {
  if (!event_key_) event_key_ = v1::event_key(event_.stream, event_.id);
  return *event_key_;
}

void AnyChange::note(Result<void> result) const {
  if (!result && !failure_) {
    failure_ = std::move(result.error());
    failure_->at = event_.position;
  }
}

const std::string& AnyChange::data() const {
  if (!data_) note(schemas_.data_to_json(event_, data_.emplace()));
  return *data_;
}

std::string AnyChange::metadata_json() const {
  std::string json;
  append_metadata_json(metadata_, json);
  return json;
}

const Changes& AnyChange::changes() const {
  if (changes_) return *changes_;
  const bool has_state = is_whole() && type_->state_schema != nullptr;
  return changes_.emplace(has_state ? after_.changes_since(before_) : Changes{});
}

const std::vector<Measurement>& AnyChange::measurements() const {
  if (!measurements_) {
    measurements_.emplace();
    if (is_whole() && type_->measure) note(type_->measure(event_, before_, after_, schemas_, *measurements_));
  }
  return measurements_->all();
}

std::string_view AnyChange::audit_action() const {
  if (type_ != nullptr)
    for (const auto& [type, action] : type_->audit_actions)
      if (type == event_.type) return action;
  return event_.version == Version{1} ? "create" : "update";
}

AuditLine AnyChange::audit_line() const {
  AuditLine line{metadata_.user_id, std::string{audit_action()}, std::string{category()}, std::string{key()}};
  if (is_whole() && type_->audit) note(type_->audit(event_, before_, after_, schemas_, line));
  if (line.changes.text.empty()) line.changes.text = changes().to_json();
  return line;
}

}  // namespace v1
}  // namespace eventstore
