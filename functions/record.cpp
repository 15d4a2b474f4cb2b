#include <functions/named_stream.hpp>
#include <functions/record.hpp>

#include <eventstore/aggregate/execute.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/projection/ready_made/analytics.hpp>
#include <eventstore/projection/ready_made/audit_logs.hpp>

namespace domain {

namespace es = eventstore;

es::Result<Fact> append_facts(const es::RecordContext& context, std::string_view category, std::string_view key,
                              const std::vector<es::DecidedEvent>& events, const es::Metadata& metadata) {
  EVENTSTORE_TRY_ASSIGN(const es::StreamId stream, es::StreamId::of(category, key));
  EVENTSTORE_TRY_ASSIGN(const es::Executed executed, es::append_events(context.log, context.clock, stream, events,
                                                                       context.options(metadata), context.aggregates));
  return Fact{stream, executed.events.front().id, executed.events.front().placed, executed.already_there,
              executed.duplicates};
}

es::Result<Fact> append_named_facts(const es::RecordContext& context, std::string_view category, std::string_view name,
                                    const std::vector<es::DecidedEvent>& events, const es::Metadata& metadata) {
  for (std::size_t number = 0;; ++number) {
    EVENTSTORE_TRY_ASSIGN(const es::StreamId stream, named_stream(category, name, context.organization, number));
    auto fact = append_facts(context, category, stream.key(), events, metadata);
    if (fact || fact.error().code != es::Errc::wrong_organization) return fact;
  }
}

std::string audit_id(const Fact& fact) {
  return es::document_id(es::AuditLogs::name, es::event_key(fact.stream.text(), fact.id)).to_string();
}

namespace {

es::Result<std::string> key_of(const es::RecordContext& context, const es::AggregateType& type,
                               const es::RecordedEvent& event, const es::AnyState& before, const es::AnyState& after) {
  es::Measurements measured;
  EVENTSTORE_TRY(type.measure(event, before, after, context.schemas, measured));
  if (measured.all().empty()) return std::string{};
  const auto key = es::Analytics::key(context.organization, measured.all().front(), event.created_at);
  return es::document_id(es::Analytics::name, key).to_string();
}

}  // namespace

es::Result<std::string> metric_id(const es::RecordContext& context, const es::AggregateType& type, const Fact& fact) {
  const auto state_at = [&](es::Version version) -> es::Result<std::unique_ptr<es::AnyState>> {
    if (type.state_schema == nullptr) return type.new_state();
    return es::load_state(context.log, context.schemas, type, fact.stream, version, context.snapshots);
  };
  EVENTSTORE_TRY_ASSIGN(const auto before, state_at(es::Version{fact.placed.version.value - 1}));
  EVENTSTORE_TRY_ASSIGN(const auto after, state_at(fact.placed.version));
  EVENTSTORE_TRY_ASSIGN(const es::Page page, context.log.find(fact.stream, fact.id));
  return key_of(context, type, page.events.front(), *before, *after);
}

es::Result<std::string> metric_id(const es::RecordContext& context, const es::AggregateType& type,
                                  const es::StreamId& stream, const es::DecidedEvent& fact,
                                  const es::AnyState* before) {
  const auto none = type.new_state();
  const auto after = before == nullptr ? type.new_state() : before->clone();
  es::RecordedEvent event{};
  event.stream = stream.text();
  event.version = after->version.next();
  event.type = fact.schema->name;
  event.organization = context.organization;
  event.created_at = context.clock.now();
  event.schema = fact.schema->id;
  event.data = fact.data;
  auto metadata = context.metadata;
  metadata.organization = context.organization;
  metadata.created_at = event.created_at;
  if (type.state_schema != nullptr) EVENTSTORE_TRY(after->apply(event, metadata, context.schemas));
  return key_of(context, type, event, before == nullptr ? *none : *before, *after);
}

}  // namespace domain
