#include "object_survey.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

std::string_view category_of(const RecordedEvent& event) { return event.stream.substr(0, event.stream.find('-')); }

class SeeStates final : public StateWatcher {
 public:
  explicit SeeStates(AttributeTable& table) : table_{table} {}
  Result<void> value(std::string_view place, const DataValue& value) override {
    table_.see(place, value);
    return {};
  }
  Result<void> event_ends(Timestamp /*time*/) override { return {}; }

 private:
  AttributeTable& table_;
};

}  // namespace

Result<void> ObjectSurvey::run(ExportPace& pace) {
  EventData data{schemas_};
  EVENTSTORE_TRY(
      each_stream(log_, categories_, part_, [&](const StreamInfo& stream) { return look_at(stream, pace, data); }));
  finish();
  return {};
}

Result<void> ObjectSurvey::look_at(const StreamInfo& stream, ExportPace& pace, EventData& data) {
  bool has_events = false;
  const auto look = [&](const RecordedEvent& event) -> Result<void> {
    has_events = true;
    EVENTSTORE_TRY(pace.step());
    return look_at(event, data);
  };
  EVENTSTORE_TRY(each_event_of(log_, stream, part_, look));
  if (!has_events) return {};
  const auto id = StreamId::trusted(stream.stream);
  auto& kind = object_kind_of(id.category());
  kind.has_stream = true;
  const auto* const type = categories_.aggregate(id.category());
  if (type == nullptr || type->state_schema == nullptr) return {};
  SeeStates watcher{kind.state};
  return watch_states(log_, schemas_, *type, id, part_, watcher);
}

Result<void> ObjectSurvey::look_at(const RecordedEvent& event, EventData& data) {
  auto& of_category = events_[std::string{categories_.name(category_of(event))}];
  auto kind = of_category.find(event.type);
  if (kind == of_category.end()) kind = of_category.try_emplace(std::string{event.type}).first;
  EVENTSTORE_TRY(metadata_into(event, metadata_));
  EVENTSTORE_TRY_ASSIGN(const JsonNode node, data.read(event));
  EVENTSTORE_TRY(kind->second.see(metadata_, data.type(), node));
  references_.each(event, node, [this](std::string id, std::string_view category, std::string_view /*field*/) {
    if (!referred_.contains(id)) referred_.emplace(std::move(id), &object_kind_of(category));
  });
  return {};
}

ObjectKind& ObjectSurvey::object_kind_of(std::string_view category) {
  const auto name = categories_.name(category);
  const auto known = objects_.find(name);
  return known != objects_.end() ? known->second : objects_[std::string{name}];
}

void ObjectSurvey::finish() {
  UniqueNames object_names;
  for (auto& [category, object] : objects_) {
    MinedKind kind{object_names.take(category)};
    UniqueNames names;
    for (const auto* const reserved : {"ocel_id", "ocel_time", "ocel_changed_field"}) (void)names.take(reserved);
    if (object.has_stream) kind.attributes.push_back({names.take("stream.organization_id"), MinedType::text});
    object.state.finish(kind, names);
    object.place = kinds_.objects.size();
    kinds_.objects.push_back(std::move(kind));
  }
  std::map<std::string_view, int> uses;  // by how many categories
  for (const auto& [category, types] : events_)
    for (const auto& [type, event] : types) ++uses[type];
  UniqueNames event_names;
  for (auto& [category, types] : events_)
    for (auto& [type, event] : types) {
      MinedKind kind{event_names.take(uses[type] == 1 ? type : category + "." + type)};
      event.finish(kind, kinds_.events.size());
      kinds_.events.push_back(std::move(kind));
    }
}

Result<const EventKind*> ObjectSurvey::event_kind(const RecordedEvent& event) const {
  const auto of_category = events_.find(categories_.name(category_of(event)));
  if (of_category != events_.end())
    if (const auto found = of_category->second.find(event.type); found != of_category->second.end())
      return &found->second;
  return failure({.code = Errc::corrupt_record,
                  .during = "export",
                  .where = std::string{event.stream},
                  .detail = "the event is in the log, and not in its stream: run verify",
                  .at = event.position});
}

Result<const ObjectKind*> ObjectSurvey::object_kind(const StreamId& stream) const {
  const auto found = objects_.find(categories_.name(stream.category()));
  if (found != objects_.end()) return &found->second;
  return failure(Errc::corrupt_record, "export", stream.text(), "the stream was not there before: run verify");
}

std::map<std::string, std::size_t, std::less<>> ObjectSurvey::referred() const {
  std::map<std::string, std::size_t, std::less<>> referred;
  for (const auto& [id, kind] : referred_) referred.emplace_hint(referred.end(), id, kind->place);
  return referred;
}

}  // namespace v1
}  // namespace eventstore
