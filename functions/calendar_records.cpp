// update_user_tokens, create_event, create_session, create_agent_log.
#include <functions/calendar.hpp>
#include <functions/open_stream.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/assistant_run/assistant_run.hpp>
#include <aggregates/calendar_event/calendar_event.hpp>
#include <aggregates/session/session.hpp>
#include <aggregates/user/user.hpp>
#include <eventstore/schema/json_document.hpp>

namespace domain {

namespace es = eventstore;

namespace {

// As `collection` has it.
template <class Stored, class Document>
es::Result<Stored> as_stored(const es::RecordContext& context, std::string_view collection,
                             es::Result<Document> document) {
  if (!document) return es::failure_of(document);
  auto id = es::document_id(collection, document->aggregate_id).to_string();
  return Stored{std::move(id), context.organization, std::move(*document)};
}

// The object's JSON, or the text itself.
es::Result<es::Secret> secret_of(const es::Json& tokens) {
  es::JsonDocument document;
  const auto root = document.parse(tokens.text);
  const auto is_nothing = [](std::string_view, es::JsonNode) { return false; };
  if (root && root->kind() == es::JsonKind::object && !root->each_member(is_nothing)) return es::Secret{tokens.text};
  if (root && root->kind() == es::JsonKind::text && !root->text().empty()) return es::Secret{std::string{root->text()}};
  return es::failure(es::Errc::invalid_argument, "update_user_tokens", "tokens",
                     "give a JSON object or a text, with something in it");
}

const UserState* shown_user(const es::AnyState* state) {
  const auto* const user = state == nullptr ? nullptr : state->as<UserState>();
  return user != nullptr && is_shown(*user) ? user : nullptr;
}

}  // namespace

es::Result<TokensUpdate> update_user_tokens(const es::RecordContext& context, const UpdateTokensOfUser& parameters) {
  static const es::AggregateType type = user_type();
  EVENTSTORE_TRY_ASSIGN(const es::StreamId stream, es::StreamId::of(User::category, parameters.user_id));
  EVENTSTORE_TRY_ASSIGN(const es::Secret tokens, secret_of(parameters.tokens));
  bool exists = false;
  const auto decide = [&](const es::AnyState* state, const es::Context&) -> es::Result<es::AnyDecision> {
    const auto* const user = shown_user(state);
    exists = user != nullptr;
    if (!exists) return es::AnyDecision{};
    return User::decide(*user, UpdateUserTokens{parameters.provider, tokens}).any();
  };
  auto executed = es::execute(context.log, context.schemas, context.clock, type, stream, es::StreamNeed::either, decide,
                              context.options(context.metadata), context.snapshots);
  if (!executed && executed.error().code == es::Errc::wrong_organization) return TokensUpdate{false};
  if (!executed) return es::failure_of(executed);
  if (executed->already_there) {
    EVENTSTORE_TRY_ASSIGN(const auto then, es::load_state(context.log, context.schemas, type, stream, executed->version,
                                                          context.snapshots));
    exists = shown_user(then.get()) != nullptr;
  }
  return TokensUpdate{exists};
}

es::Result<StoredCalendarEvent> create_event(const es::RecordContext& context, const CreateEvent& parameters) {
  static const es::AggregateType type = calendar_event_type();
  const auto key = key_of_new(context, CalendarEvent::category, parameters.event.aggregate_id);
  return as_stored<StoredCalendarEvent>(context, "calendar_events",
                                        open_stream<CalendarEvent>(context, type, key, parameters.event.details));
}

es::Result<StoredSession> create_session(const es::RecordContext& context, const CreateSession& parameters) {
  static const es::AggregateType type = session_type();
  const auto key = key_of_new(context, Session::category, parameters.session.aggregate_id);
  return as_stored<StoredSession>(context, "sessions",
                                  open_stream<Session>(context, type, key, parameters.session.details));
}

es::Result<StoredAgentLog> create_agent_log(const es::RecordContext& context, const CreateAgentLog& parameters) {
  static const es::AggregateType type = assistant_run_type();
  const auto key = key_of_new(context, AssistantRun::category, parameters.log.aggregate_id);
  return as_stored<StoredAgentLog>(context, "agent_logs",
                                   open_stream<AssistantRun>(context, type, key, parameters.log.details));
}

}  // namespace domain
