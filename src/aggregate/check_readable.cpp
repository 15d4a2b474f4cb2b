#include <eventstore/aggregate/check_readable.hpp>

#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <algorithm>
#include <set>

namespace eventstore {
inline namespace v1 {
namespace {

class Binding {
 public:
  Binding(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
          std::span<const AggregateType> all)
      : log_{log}, schemas_{schemas}, type_{type}, all_{all} {}

  Result<void> check(const Schema& schema) {
    if (!type_.readable->has_name(schema.name)) return check_unknown(schema);
    const auto verdict = judge(schema.name, schema.record_text(), type_.readable->texts());
    if (verdict.reads()) return {};
    if (verdict.way == Verdict::Way::by_value) return check_values(schema, verdict);
    EVENTSTORE_TRY_ASSIGN(const auto position,
                          first_of(schema.name, [&](const RecordedEvent& event) { return event.schema == schema.id; }));
    if (position != Position{0}) add(schema.name + " is " + describe_unreadable(verdict));
    return {};
  }

  [[nodiscard]] Result<void> result() && {
    if (unreadable_.empty()) return {};
    return failure(Errc::unreadable_schema, "check_readable", type_.category, std::move(unreadable_));
  }

 private:
  Result<void> check_unknown(const Schema& schema) {
    // Without a state nothing folds the events, so nothing needs to know them all.
    if (type_.state_schema == nullptr || type_.unknown_events != UnknownEvents::refuse) return {};
    const auto knows = [&](const AggregateType& other) {
      return other.readable != nullptr && other.readable->has_name(schema.name);
    };
    if (std::any_of(all_.begin(), all_.end(), knows)) return {};
    if (!unknown_.insert(schema.name).second) return {};  // asked for already, under another schema
    EVENTSTORE_TRY_ASSIGN(const auto position, first_of(schema.name, [](const RecordedEvent&) { return true; }));
    if (position != Position{0})
      add(schema.name + " is no event of this build, and the log has it since position " +
          std::to_string(position.value) +
          ": add it to the aggregate's events, or keep its old struct in `using formerly` with an upcaster, or use the "
          "build that wrote it");
    return {};
  }

  // Every event of the schema can be read whose enumerators are all known.
  Result<void> check_values(const Schema& schema, const Verdict& verdict) {
    std::string reason;
    Result<void> result{};
    const auto is_strange = [&](const RecordedEvent& event) {
      if (event.schema != schema.id) return false;
      std::string json;
      result = schemas_.data_to_json(event, json);
      if (!result) return true;
      const auto& wanted = type_.readable->schema(verdict.target);
      const auto bytes = json_to_bytes(wanted.type, json, stored_json);
      if (!bytes) reason = "`" + bytes.error().where + "`: " + bytes.error().detail;
      return !bytes;
    };
    EVENTSTORE_TRY_ASSIGN(const auto position, first_of(schema.name, is_strange));
    EVENTSTORE_TRY(std::move(result));
    if (position != Position{0})
      add(schema.name + " has at position " + std::to_string(position.value) +
          " a value that this build does not know: " + reason + ": " + advice(verdict.difference) +
          ", or use the build that wrote it");
    return {};
  }

  // The first event of the category under the name `name` for which `is_it` holds; 0 where there is none.
  template <class IsIt> Result<Position> first_of(const std::string& name, IsIt is_it) {
    EVENTSTORE_TRY_ASSIGN(Position found, first_in(type_.category, name, is_it));
    for (const auto& former : type_.former_categories) {
      if (found != Position{0}) break;
      EVENTSTORE_TRY_ASSIGN(found, first_in(former, name, is_it));
    }
    return found;
  }
  template <class IsIt> Result<Position> first_in(const std::string& category, const std::string& name, IsIt& is_it) {
    ReadAll from{};
    from.limit = no_limit;
    from.filter.category = category;
    from.filter.type = name;
    Position found{};
    const auto look = [&](const RecordedEvent& event) {
      if (is_it(event)) found = event.position;
      return found == Position{0};
    };
    for (bool more = true; more && found == Position{0};) {
      EVENTSTORE_TRY_ASSIGN(const Visited visited, log_.visit_all(from, look));
      more = !visited.at_end;
      from.from = Position{visited.next};
    }
    return found;
  }

  void add(std::string sentence) {
    if (!unreadable_.empty()) unreadable_ += "; ";
    unreadable_ += sentence;
  }

  const EventLog& log_;
  const SchemaReader& schemas_;
  const AggregateType& type_;
  const std::span<const AggregateType> all_;
  std::set<std::string> unknown_;
  std::string unreadable_;
};

}  // namespace

Result<void> check_readable(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                            std::span<const AggregateType> all) {
  if (type.readable == nullptr) return {};
  Binding binding{log, schemas, type, all};
  EVENTSTORE_TRY_ASSIGN(const auto records, log.schemas());
  for (const auto& record : records) {
    EVENTSTORE_TRY_ASSIGN(const Schema* const schema, schemas.find(record.id));
    EVENTSTORE_TRY(binding.check(*schema));
  }
  return std::move(binding).result();
}

}  // namespace v1
}  // namespace eventstore
