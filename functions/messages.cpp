// log_message, update_message_status, get_conversation_history, search_messages.
#include <functions/cursor.hpp>
#include <functions/find_message.hpp>
#include <functions/functions.hpp>
#include <functions/record.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/collections/detail/text_search.hpp>
#include <projections/projections.hpp>

#include <algorithm>

namespace domain {

namespace es = eventstore;

namespace {

const es::ProjectionType& message_logs() {
  static const es::ProjectionType type = message_logs_projection();
  return type;
}

// What a provider tells with a status.
struct StatusTold {
  optional<string> error_code{};
  optional<string> error_title{};
  optional<string> error_message{};
  optional<Json> metadata{};
};

// The event that gives a message `status`; none for `sent`, which is where it begins.
std::vector<es::DecidedEvent> status_event(const string& message_id, MessageStatus status, const StatusTold& told) {
  switch (status) {
    case MessageStatus::delivered: return facts(MessageDelivered{message_id, told.metadata});
    case MessageStatus::read: return facts(MessageRead{message_id, told.metadata});
    case MessageStatus::played: return facts(MessagePlayed{message_id, told.metadata});
    case MessageStatus::failed:
      return facts(MessageFailed{message_id, told.error_code, told.error_message, told.error_title, told.metadata});
    case MessageStatus::sent: break;
  }
  return {};
}

string new_message_id(const es::RecordContext& context) {
  if (context.command_id.is_nil()) return es::new_uuid(context.clock).to_string();
  return es::Uuid::v5(context.command_id, "message").to_string();  // a repeated call gives the same
}

}  // namespace

es::Result<string> OrganizationFunctions::log_message(const LogMessage& parameters) const {
  const MessageSent sent{.message_id = parameters.message_id ? *parameters.message_id : new_message_id(context_),
                         .sender_id = parameters.sender_id,
                         .receiver_id = parameters.receiver_id,
                         .message_content = parameters.message_content,
                         .message_type = parameters.message_type,
                         .media_url = parameters.media_url,
                         .metadata = parameters.metadata,
                         .provider_message_id = parameters.provider_message_id,
                         .in_reply_to = parameters.in_reply_to};
  auto events = facts(sent);
  for (auto& event : status_event(sent.message_id, parameters.status, {})) events.push_back(std::move(event));
  EVENTSTORE_TRY(append_facts(context_, Conversation::category, parameters.conversation_id, events, context_.metadata));
  return sent.message_id;
}

es::Result<bool> OrganizationFunctions::update_message_status(const UpdateMessageStatus& parameters) const {
  const StatusTold told{parameters.error_code, parameters.error_title, parameters.error_message, parameters.metadata};
  const auto events = status_event(parameters.message_id, parameters.status, told);
  if (events.empty())
    return es::failure(es::Errc::invalid_argument, "update_message_status", "status", "a message begins as sent");
  if (parameters.message_id.empty())
    return es::failure(es::Errc::invalid_argument, "update_message_status", "message_id", "it may not be empty");
  string key = parameters.conversation_id.value_or("");
  if (!parameters.conversation_id) {
    EVENTSTORE_TRY_ASSIGN(key, conversation_of(context_.asking(), parameters.message_id));
  }
  EVENTSTORE_TRY_ASSIGN(const es::StreamId stream, es::StreamId::of(Conversation::category, key));
  static const es::AggregateType type = conversation_type();
  // As a command, so that whether something changes is judged on the version that the event then follows.
  const auto decide = [&](const es::AnyState* state, const es::Context& context) -> es::Result<es::AnyDecision> {
    const auto before = state == nullptr ? ConversationState{} : *state->as<ConversationState>();
    auto after = before;
    es::RecordedEvent recorded{};
    recorded.type = events.front().schema->name;
    recorded.schema = events.front().schema->id;
    recorded.data = events.front().data;
    EVENTSTORE_TRY(es::evolve_recorded<Conversation>(after, recorded, context.metadata, context_.schemas));
    return after == before ? es::AnyDecision{} : es::AnyDecision{events, {}};
  };
  // A caller that names the conversation states a fact about it, on a new stream too.
  const auto needs = parameters.conversation_id ? es::StreamNeed::either : es::StreamNeed::existing;
  EVENTSTORE_TRY_ASSIGN(const es::Executed executed,
                        es::execute(context_.log, context_.schemas, context_.clock, type, stream, needs, decide,
                                    context_.options(context_.metadata), context_.snapshots));
  return !executed.events.empty();
}

es::Result<Documents> OrganizationQuestions::get_conversation_history(const GetConversationHistory& parameters) const {
  EVENTSTORE_TRY(check_limit(parameters.limit));
  if (parameters.limit == 0) return Documents{};
  EVENTSTORE_TRY_ASSIGN(const auto messages, documents_of<MessageDocument>(asking_, message_logs()));
  EVENTSTORE_TRY_ASSIGN(Documents page,
                        newest_first(messages.where<&MessageDocument::conversation_id>(parameters.conversation_id),
                                     parameters.limit, parameters.cursor));
  std::reverse(page.documents.begin(), page.documents.end());
  return page;
}

es::Result<Documents> OrganizationQuestions::search_messages(const SearchMessages& parameters) const {
  if (const auto search = es::TextSearch::parse(parameters.query); !search)
    return es::failure(search.error().code, "search_messages", "query", search.error().detail);
  EVENTSTORE_TRY(check_limit(parameters.limit));
  if (parameters.limit == 0) return Documents{};
  EVENTSTORE_TRY_ASSIGN(const auto messages, documents_of<MessageDocument>(asking_, message_logs()));
  return newest_first(messages.where_words<&MessageDocument::message_content>(parameters.query), parameters.limit,
                      parameters.cursor);
}

}  // namespace domain
