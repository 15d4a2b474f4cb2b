#include <functions/record.hpp>

#include <eventstore/aggregate/execute.hpp>
#include <eventstore/schema/check.hpp>
#include <projections/analytics_key.hpp>
#include <projections/event_key.hpp>

namespace domain {

namespace es = eventstore;

es::Result<Fact> append_facts(const es::RecordContext& context, std::string_view category, std::string_view key,
                              const std::vector<es::DecidedEvent>& events, const es::Metadata& metadata) {
  EVENTSTORE_TRY_ASSIGN(const es::StreamId stream, es::StreamId::of(category, key));
  es::Bytes tagged;
  es::encode_tagged(metadata, tagged);
  const auto now = context.clock.now();
  std::vector<es::NewEvent> records;
  std::vector<es::SchemaRecord> schemas;
  for (const auto& event : events) {
    EVENTSTORE_TRY(es::check_value(event.schema->type, event.data));
    records.push_back(es::NewEvent{stream, es::EventId{es::new_uuid(context.clock)}, event.schema->name,
                                   context.organization, now, event.schema->id, es::Codec::binary, 0, tagged,
                                   event.data});
    schemas.push_back(event.schema->record());
  }
  EVENTSTORE_TRY_ASSIGN(const es::Receipt receipt, context.log.append({.events = records, .schemas = schemas}));
  return Fact{stream, records.front().id, receipt.events.front()};
}

es::Result<Fact> append_named_facts(const es::RecordContext& context, std::string_view category, std::string_view name,
                                    const std::vector<es::DecidedEvent>& events, const es::Metadata& metadata) {
  auto fact = append_facts(context, category, name, events, metadata);
  if (fact || fact.error().code != es::Errc::wrong_tenant) return fact;
  return append_facts(context, category, std::string{name} + '@' + context.organization, events, metadata);
}

std::string audit_id(const Fact& fact) {
  return es::document_id("audit_logs", event_key(fact.stream.text(), fact.id)).to_string();
}

es::Result<std::string> metric_id(const es::RecordContext& context, const es::AggregateType& type, const Fact& fact) {
  const auto before = type.new_state();
  const auto after = type.new_state();
  const es::Version preceding{fact.placed.version.value - 1};
  if (type.state_schema != nullptr) {
    EVENTSTORE_TRY(es::replay(context.log, context.schemas, fact.stream, *before, preceding));
    EVENTSTORE_TRY(es::replay(context.log, context.schemas, fact.stream, *after, fact.placed.version));
  }
  EVENTSTORE_TRY_ASSIGN(const es::Page page, context.log.find(fact.stream, fact.id));
  es::Metrics metrics;
  EVENTSTORE_TRY(type.measure(page.events.front(), *before, *after, context.schemas, metrics));
  if (metrics.all().empty()) return std::string{};
  const auto key = analytics_key(context.organization, metrics.all().front(), page.events.front().created_at);
  return es::document_id("analytics", key).to_string();
}

}  // namespace domain
