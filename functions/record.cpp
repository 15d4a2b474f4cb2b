#include <functions/record.hpp>

#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/aggregate/replay.hpp>
#include <projections/analytics_key.hpp>
#include <projections/event_key.hpp>

namespace domain {

namespace es = eventstore;

es::Result<Fact> append_facts(const es::RecordContext& context, std::string_view category, std::string_view key,
                              const std::vector<es::DecidedEvent>& events, const es::Metadata& metadata) {
  EVENTSTORE_TRY_ASSIGN(const es::StreamId stream, es::StreamId::of(category, key));
  auto own = metadata;
  own.organization = context.organization;
  own.created_at = context.clock.now();
  es::EventWriter writer;
  EVENTSTORE_TRY(writer.add(stream, events, own, es::EventIdRule::fresh(context.clock)));
  EVENTSTORE_TRY_ASSIGN(const es::Receipt receipt, writer.append_to(context.log));
  return Fact{stream, writer.events().front().id, receipt.events.front()};
}

es::Result<Fact> append_named_facts(const es::RecordContext& context, std::string_view category, std::string_view name,
                                    const std::vector<es::DecidedEvent>& events, const es::Metadata& metadata) {
  auto fact = append_facts(context, category, name, events, metadata);
  if (fact || fact.error().code != es::Errc::wrong_organization) return fact;
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
  es::Measurements measured;
  EVENTSTORE_TRY(type.measure(page.events.front(), *before, *after, context.schemas, measured));
  if (measured.all().empty()) return std::string{};
  const auto key = analytics_key(context.organization, measured.all().front(), page.events.front().created_at);
  return es::document_id("analytics", key).to_string();
}

}  // namespace domain
