#include "object_states.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

class Teller {
 public:
  Teller(const AggregateType& type, const LogPart& part, StateWatcher& watcher)
      : type_{type}, part_{part}, watcher_{watcher}, new_state_{type.new_state()} {}

  // Whether the walk goes on.
  bool take(const Step& step) {
    if (step.event.position > part_.to) return false;
    time_ = std::max(time_, step.event.created_at);
    if (has(part_, step.event.position)) told_ = tell(step);
    return told_.has_value();
  }
  Result<void> told() && { return std::move(told_); }

 private:
  Result<void> tell(const Step& step) {
    const auto changes = step.after.changes_since(is_first_ ? *new_state_ : step.before);
    is_first_ = false;
    EVENTSTORE_TRY_ASSIGN(const JsonNode after, document_.parse(changes.after));
    EVENTSTORE_TRY(each_value(&type_.state_schema->type, after,
                              [this](std::string_view place, const DataValue& value) -> Result<void> {
                                if (value.kind == ValueKind::nested) return {};
                                return watcher_.value(place, value);
                              }));
    return watcher_.event_ends(time_);
  }

  const AggregateType& type_;
  const LogPart& part_;
  StateWatcher& watcher_;
  std::unique_ptr<AnyState> new_state_;
  JsonDocument document_;
  Timestamp time_{std::numeric_limits<std::int64_t>::min()};
  bool is_first_ = true;
  Result<void> told_{};
};

}  // namespace

Result<void> watch_states(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                          const StreamId& stream, const LogPart& part, StateWatcher& watcher) {
  Teller teller{type, part, watcher};
  const auto walked =
      each_step(log, schemas, type, stream, {}, [&teller](const Step& step) { return teller.take(step); });
  EVENTSTORE_TRY(std::move(teller).told());
  if (!walked && walked.error().code != Errc::expired) return tl::unexpected<Error>{walked.error()};
  return {};
}

}  // namespace v1
}  // namespace eventstore
