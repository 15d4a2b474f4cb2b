#include <eventstore/core/detail/guarded.hpp>

#include <algorithm>
#include <set>

#include "object_survey.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// Gives the values of one object to the sink: those of one moment together, since an attribute has one value at a time.
class GiveStates final : public StateWatcher {
 public:
  GiveStates(const AttributeTable& table, ObjectLogSink& sink) : table_{table}, sink_{sink} {}

  void begin_with(AttributeValue value) { pending_.push_back(std::move(value)); }

  Result<void> value(std::string_view place, const DataValue& value) override {
    table_.add(place, value, true, changed_, rest_);
    return {};
  }
  Result<void> event_ends(Timestamp time) override {
    if (has_time_ && time > time_) EVENTSTORE_TRY(give());
    time_ = time;
    has_time_ = true;
    for (auto& value : changed_) keep(std::move(value));
    changed_.clear();
    rest_.clear();
    return {};
  }
  // What is left; `time` is the moment of an object without states.
  Result<void> finish(Timestamp time) {
    if (!has_time_) time_ = time;
    return give();
  }

 private:
  void keep(AttributeValue value) {
    const auto same = std::find_if(pending_.begin(), pending_.end(),
                                   [&](const AttributeValue& other) { return other.attribute == value.attribute; });
    if (same == pending_.end())
      pending_.push_back(std::move(value));
    else
      *same = std::move(value);
  }
  Result<void> give() {
    if (is_first_)
      std::erase_if(pending_, [](const auto& value) { return std::holds_alternative<std::monostate>(value.value); });
    is_first_ = false;
    if (pending_.empty()) return {};
    EVENTSTORE_TRY(sink_.values(time_, pending_));
    pending_.clear();
    return {};
  }

  const AttributeTable& table_;
  ObjectLogSink& sink_;
  std::vector<AttributeValue> changed_;  // by the event at hand
  std::vector<AttributeValue> pending_;  // of the moment time_
  std::string rest_;
  Timestamp time_{};
  bool has_time_ = false;
  bool is_first_ = true;
};

class Writer {
 public:
  Writer(const EventLog& log, const SchemaReader& schemas, std::span<const AggregateType> types, const LogPart& part,
         ObjectLogSink& sink, const ExportWatch& watch)
      : log_{log},
        schemas_{schemas},
        categories_{log, types},
        part_{part},
        survey_{log, schemas, categories_, part},
        sink_{sink},
        pace_{watch, 3 * positions_of(part)},
        data_{schemas} {}

  Result<ObjectLogCounts> run() {
    EVENTSTORE_TRY(survey_.run(pace_));
    EVENTSTORE_TRY(sink_.begin(survey_.kinds()));
    only_referred_ = survey_.referred();
    EVENTSTORE_TRY(
        each_stream(log_, categories_, part_, [this](const StreamInfo& stream) { return write_object(stream); }));
    EVENTSTORE_TRY(write_referred());
    EVENTSTORE_TRY(
        each_event(log_, categories_, part_, [this](const RecordedEvent& event) { return write_event(event); }));
    EVENTSTORE_TRY(sink_.end());
    return counts_;
  }

 private:
  // The objects that `event` refers to, but for its own.
  void refer(const RecordedEvent& event, JsonNode data, std::string_view own, std::set<ObjectRelation>& to) {
    survey_.references().each(event, data, [&](std::string id, std::string_view /*category*/, std::string_view field) {
      if (id != own) to.insert({std::move(id), std::string{field}});
    });
  }

  Result<void> write_object(const StreamInfo& info) {
    const auto stream = StreamId::trusted(info.stream);
    EVENTSTORE_TRY_ASSIGN(const std::string id, categories_.object_id(info.stream));
    std::set<ObjectRelation> relations;
    std::optional<Timestamp> begin;
    const auto look_at = [&](const RecordedEvent& event) -> Result<void> {
      if (!begin) begin = event.created_at;
      EVENTSTORE_TRY(pace_.step());
      if (!survey_.references().has(event)) return {};
      EVENTSTORE_TRY_ASSIGN(const JsonNode data, data_.read(event));
      refer(event, data, id, relations);
      return {};
    };
    EVENTSTORE_TRY(each_event_of(log_, info, part_, look_at));
    if (!begin) return {};
    EVENTSTORE_TRY_ASSIGN(const auto* const kind, survey_.object_kind(stream));
    EVENTSTORE_TRY(sink_.begin_object(id, kind->place));
    GiveStates states{kind->state, sink_};
    states.begin_with({0, info.organization});
    const auto* const type = categories_.aggregate(stream.category());
    if (type != nullptr && type->state_schema != nullptr)
      EVENTSTORE_TRY(watch_states(log_, schemas_, *type, stream, part_, states));
    EVENTSTORE_TRY(states.finish(*begin));
    only_referred_.erase(id);
    return end_object(relations);
  }

  Result<void> end_object(const std::set<ObjectRelation>& relations) {
    ++counts_.objects;
    counts_.object_relations += relations.size();
    return sink_.end_object(std::vector<ObjectRelation>{relations.begin(), relations.end()});
  }

  Result<void> write_referred() {
    counts_.referred_objects = only_referred_.size();
    for (const auto& [id, kind] : only_referred_) {
      EVENTSTORE_TRY(sink_.begin_object(id, kind));
      EVENTSTORE_TRY(end_object({}));
    }
    return {};
  }

  Result<void> write_event(const RecordedEvent& event) {
    EVENTSTORE_TRY(pace_.step());
    EVENTSTORE_TRY(metadata_into(event, metadata_));
    EVENTSTORE_TRY_ASSIGN(const JsonNode data, data_.read(event));
    EVENTSTORE_TRY_ASSIGN(const auto* const kind, survey_.event_kind(event));
    event_.id = "e" + std::to_string(event.position.value);
    event_.kind = kind->place();
    event_.time = event.created_at;
    EVENTSTORE_TRY(kind->values_of(event, metadata_, data_.type(), data, event_.values));
    EVENTSTORE_TRY_ASSIGN(const std::string own, categories_.object_id(event.stream));
    std::set<ObjectRelation> relations;
    refer(event, data, own, relations);
    const auto category = event.stream.substr(0, event.stream.find('-'));
    event_.relations.assign(1, {own, std::string{categories_.name(category)}});
    event_.relations.insert(event_.relations.end(), relations.begin(), relations.end());
    ++counts_.events;
    counts_.event_relations += event_.relations.size();
    return sink_.event(event_);
  }

  const EventLog& log_;
  const SchemaReader& schemas_;
  const Categories categories_;
  const LogPart part_;
  ObjectSurvey survey_;
  ObjectLogSink& sink_;
  ExportPace pace_;
  EventData data_;
  Metadata metadata_{};
  MinedEvent event_{};
  std::map<std::string, std::size_t, std::less<>> only_referred_;
  ObjectLogCounts counts_{};
};

}  // namespace

Result<ObjectLogCounts> write_object_log(const EventLog& log, const SchemaReader& schemas,
                                         std::span<const AggregateType> types, const LogPart& part, ObjectLogSink& sink,
                                         const ExportWatch& watch) {
  return detail::guarded("export", {}, [&]() -> Result<ObjectLogCounts> {
    EVENTSTORE_TRY_ASSIGN(const LogPart bounds, bounded(log, part));
    return Writer{log, schemas, types, bounds, sink, watch}.run();
  });
}

}  // namespace v1
}  // namespace eventstore
