#pragma once
// Private to the functions: streams that a function begins, and the documents that the projections will make of them.
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/app/function.hpp>
#include <projections/common/shown_documents.hpp>

#include <memory>
#include <optional>
#include <string>

namespace domain {

/// `given` or, where none is given, a new one: the same for each call with one command id.
std::string key_of_new(const eventstore::RecordContext& context, std::string_view category,
                       const std::optional<std::string>& given);

/// The state after `events`, which come next in the stream; `before` is null where there is no stream. Errors: as
/// AnyState::apply.
eventstore::Result<std::unique_ptr<eventstore::AnyState>> state_after(
    const eventstore::RecordContext& context, const eventstore::AggregateType& type, const eventstore::StreamId& stream,
    const eventstore::AnyState* before, const std::vector<eventstore::DecidedEvent>& events);

/// Where the document of a stream in this state stands.
DocumentPlace place_of(const eventstore::StreamId& stream, const eventstore::AnyState& state);

/// Runs a command that may begin the stream `<category>-<key>`, as one commit, and gives the stream's document, which
/// is known before it is appended. A repeat by the context's command id appends nothing and gives the document of that
/// time. Errors: as execute, refused among them; as load_state.
template <class A, class Command>
auto open_stream(const eventstore::RecordContext& context, const eventstore::AggregateType& type,
                 const std::string& key, const Command& command)
    -> eventstore::Result<decltype(document_of(std::declval<typename A::State>(), DocumentPlace{}))> {
  namespace es = eventstore;
  using State = typename A::State;
  EVENTSTORE_TRY_ASSIGN(const es::StreamId stream, es::StreamId::of(A::category, key));
  decltype(document_of(std::declval<State>(), DocumentPlace{})) document{};
  const auto tell = [&](const es::AnyState& state) {
    document = document_of(*state.as<State>(), place_of(stream, state));
  };
  const auto decide = [&](const es::AnyState* before, const es::Context&) -> es::Result<es::AnyDecision> {
    auto decision = A::decide(before == nullptr ? nullptr : before->as<State>(), command).any();
    EVENTSTORE_TRY_ASSIGN(const auto after, state_after(context, type, stream, before, decision.events));
    tell(*after);
    return decision;
  };
  EVENTSTORE_TRY_ASSIGN(const es::Executed executed,
                        es::execute(context.log, context.schemas, context.clock, type, stream, es::StreamNeed::either,
                                    decide, context.options(context.metadata), context.snapshots));
  if (executed.already_there) {
    EVENTSTORE_TRY_ASSIGN(const auto then, es::load_state(context.log, context.schemas, type, stream, executed.version,
                                                          context.snapshots));
    tell(*then);
  }
  return document;
}

}  // namespace domain
