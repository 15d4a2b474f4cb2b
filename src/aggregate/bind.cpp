#include <eventstore/aggregate/bind.hpp>

#include <eventstore/schema/differences.hpp>

namespace eventstore::inline v1 {
namespace {

Result<bool> occurs(const EventLog& log, std::string_view category, const Schema& schema) {
  ReadAll from{};
  from.filter.category = category;
  from.filter.type = schema.name;
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_all(from));
    for (const auto& event : page.events)
      if (event.schema == schema.id) return true;
    more = !page.at_end;
    from.from = Position{page.next};
  }
  return false;
}

}  // namespace

Result<void> check_readable(const EventLog& log, const SchemaReader& schemas, std::string_view category,
                            const ReadableSchemas& readable) {
  std::string unreadable;
  EVENTSTORE_TRY_ASSIGN(const auto records, log.schemas());
  for (const auto& record : records) {
    EVENTSTORE_TRY_ASSIGN(const Schema* const schema, schemas.find(record.id));
    if (!readable.has_name(schema->name)) continue;
    const auto verdict = judge(schema->name, schema->record_text(), readable.texts());
    if (verdict.reads()) continue;
    EVENTSTORE_TRY_ASSIGN(const bool own, occurs(log, category, *schema));
    if (own) unreadable += (unreadable.empty() ? "" : "; ") + schema->name + " is " + describe_unreadable(verdict);
  }
  if (unreadable.empty()) return {};
  return failure(Errc::unreadable_schema, "bind", std::string{category}, std::move(unreadable));
}

Result<void> check_readable(const EventLog& log, const SchemaReader& schemas, const AggregateType& type) {
  return type.readable == nullptr ? Result<void>{} : check_readable(log, schemas, type.category, *type.readable);
}

}  // namespace eventstore::inline v1
