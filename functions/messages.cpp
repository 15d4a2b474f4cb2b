// log_message, update_message_status, get_conversation_history, search_messages.
#include <functions/cursor.hpp>
#include <functions/functions.hpp>
#include <functions/record.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <projections/projections.hpp>

#include <algorithm>

namespace domain {

namespace es = eventstore;

namespace {

const es::ProjectionType& message_logs() {
  static const es::ProjectionType type = message_logs_projection();
  return type;
}

// The event that gives a message `status`; none for `sent`, which is where it begins.
std::vector<es::DecidedEvent> status_event(const string& message_id, MessageStatus status) {
  switch (status) {
    case MessageStatus::delivered: return facts(MessageDelivered{message_id});
    case MessageStatus::read: return facts(MessageRead{message_id});
    case MessageStatus::failed: return facts(MessageFailed{.message_id = message_id});
    case MessageStatus::sent: break;
  }
  return {};
}

// The conversation that the collection knows the message in; empty where it does not.
es::Result<string> conversation_in_collection(const es::FunctionContext& context, const string& message_id) {
  const auto collections = collections_of(context, message_logs());
  if (!collections) return string{};  // not made yet, or not to be believed: the log decides
  auto found = (*collections)
                   ->rows(
                       "SELECT conversation_id FROM message_logs WHERE organization_id = ?1 AND message_id = ?2 "
                       "ORDER BY position DESC LIMIT 1",
                       {context.organization, message_id});
  if (!found) return es::failure_of(found);
  if (found->empty()) return string{};
  return std::get<string>(found->front().front());
}

// Whether an event is the message's first.
struct MessageFinder {
  template <class E> static constexpr bool wants = std::is_same_v<E, MessageSent> || std::is_same_v<E, MessageReceived>;

  const string& message_id;
  bool found = false;

  template <class E> void operator()(const E& event, const es::EventPart&) {
    if constexpr (wants<E>) found = found || event.message_id == message_id;
  }
};

// The collection may be behind: what it does not know is looked up in the log, newest first.
es::Result<string> conversation_in_log(const es::FunctionContext& context, const string& message_id) {
  es::ReadAll from{{}, es::Direction::backward, 1024, {"conversation", "", context.organization}};
  MessageFinder finder{message_id};
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const es::Page page, context.log.read_all(from));
    for (const auto& event : page.events) {
      if (!es::readable_schemas<Conversation>().has_name(event.type)) continue;
      EVENTSTORE_TRY(es::with_events<Conversation>(event, context.schemas, finder));
      if (finder.found) return string{event.stream.substr(event.stream.find('-') + 1)};
    }
    more = !page.at_end;
    from.from = es::Position{page.next};
  }
  return es::failure(es::Errc::not_found, "update_message_status", message_id, "no such message");
}

// Bare words and "phrases" are quoted, so that nothing in them is an operator of FTS5's but OR.
string match_expression(const string& query) {
  string expression;
  const auto add = [&expression](const string& words) {
    if (words.find_first_not_of(' ') == string::npos) return;
    expression += expression.empty() ? "\"" : " \"";
    expression += words + '"';
  };
  string word;
  bool in_phrase = false;
  const auto end_word = [&] {
    if (word == "OR" && !in_phrase) {
      if (!expression.empty() && !expression.ends_with(" OR")) expression += " OR";
    } else {
      add(word);
    }
    word.clear();
  };
  for (const char each : query) {
    const char c = static_cast<unsigned char>(each) < ' ' ? ' ' : each;  // SQLite would stop at a NUL
    if (c == '"') {
      end_word();
      in_phrase = !in_phrase;
    } else if (!in_phrase && c == ' ') {
      end_word();
    } else {
      word += c;
    }
  }
  end_word();
  while (expression.ends_with(" OR")) expression.resize(expression.size() - 3);
  return expression;
}

}  // namespace

es::Result<string> OrganizationFunctions::log_message(const LogMessage& parameters) const {
  const MessageSent sent{
      .message_id = parameters.message_id ? *parameters.message_id : es::new_uuid(context_.clock).to_string(),
      .sender_id = parameters.sender_id,
      .receiver_id = parameters.receiver_id,
      .message_content = parameters.message_content,
      .message_type = parameters.message_type,
      .media_url = parameters.media_url,
      .metadata = parameters.metadata};
  auto events = facts(sent);
  for (auto& event : status_event(sent.message_id, parameters.status)) events.push_back(std::move(event));
  EVENTSTORE_TRY(append_facts(context_, Conversation::category, parameters.conversation_id, events, context_.metadata));
  return sent.message_id;
}

es::Result<bool> OrganizationFunctions::update_message_status(const UpdateMessageStatus& parameters) const {
  const auto events = status_event(parameters.message_id, parameters.status);
  if (events.empty())
    return es::failure(es::Errc::invalid_argument, "update_message_status", "status", "a message begins as sent");
  EVENTSTORE_TRY_ASSIGN(string key, conversation_in_collection(context_, parameters.message_id));
  if (key.empty()) {
    EVENTSTORE_TRY_ASSIGN(key, conversation_in_log(context_, parameters.message_id));
  }
  EVENTSTORE_TRY_ASSIGN(const es::StreamId stream, es::StreamId::of(Conversation::category, key));
  static const es::AggregateType type = conversation_type();
  auto metadata = context_.metadata;
  metadata.tenant = context_.organization;
  // As a command, so that whether something changes is judged on the version that the event then follows.
  const auto decide = [&](const es::AnyState* state, const es::Context& context) -> es::Result<es::AnyDecision> {
    const auto& before = *state->as<ConversationState>();
    auto after = before;
    es::RecordedEvent recorded{};
    recorded.type = events.front().schema->name;
    recorded.schema = events.front().schema->id;
    recorded.data = events.front().data;
    EVENTSTORE_TRY(es::evolve_recorded<Conversation>(after, recorded, context.metadata, context_.schemas));
    return after.messages == before.messages ? es::AnyDecision{} : es::AnyDecision{events, {}};
  };
  EVENTSTORE_TRY_ASSIGN(const es::Executed executed, es::execute(context_.log, context_.schemas, context_.clock, type,
                                                                 stream, false, decide, {.metadata = metadata}));
  return !executed.events.empty();
}

es::Result<Documents> OrganizationFunctions::get_conversation_history(const GetConversationHistory& parameters) const {
  EVENTSTORE_TRY_ASSIGN(Documents page, newest_first(context_, message_logs(),
                                                     {"WHERE organization_id = ?1 AND conversation_id = ?2",
                                                      {parameters.conversation_id},
                                                      parameters.limit,
                                                      parameters.cursor}));
  std::reverse(page.documents.begin(), page.documents.end());
  return page;
}

es::Result<Documents> OrganizationFunctions::search_messages(const SearchMessages& parameters) const {
  const auto expression = match_expression(parameters.query);
  if (expression.empty())
    return es::failure(es::Errc::invalid_argument, "search_messages", "query", "no word to search for");
  return newest_first(context_, message_logs(),
                      {"WHERE organization_id = ?1 AND _row IN (SELECT rowid FROM message_logs_text WHERE "
                       "message_logs_text MATCH ?2)",
                       {expression},
                       parameters.limit,
                       parameters.cursor});
}

}  // namespace domain
