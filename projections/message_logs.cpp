// `message_logs`: one document a message, as it is now, with the status that it has come to.
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/early_statuses.hpp>
#include <aggregates/conversation/message_changes.hpp>
#include <aggregates/conversation/told.hpp>
#include <projections/projections.hpp>
#include <source_hash/message_logs.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

// A sign that somebody has put on a message.
struct ReactionLog {
  EVENTSTORE_FIELDS(ReactionLog, (string, sender_id), (string, emoji), (es::Timestamp, reacted_at));
};

struct MessageLogs {
  static constexpr auto name = "message_logs";
  static constexpr int keep_days = 90;
  // `position` orders messages of one moment as they were recorded. What is optional is absent where there is nothing
  // of the kind. pricing and provider_conversation are what the provider told of the message's price and of the
  // conversation that it bills, with the last status that had them. A message that its author revoked shows no content
  // any more; the log has it.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, conversation_id), (string, message_id), (string, sender_id),
                      (string, receiver_id), (optional<string>, message_content, , es::personal),
                      (MessageType, message_type), (optional<string>, media_url, , es::personal),
                      (MessageStatus, status), (optional<es::Json>, metadata, , es::personal),
                      (es::Timestamp, created_at), (es::Timestamp, updated_at), (int64_t, position),
                      (optional<string>, provider_message_id, , es::personal), (optional<string>, participant_id),
                      (optional<string>, in_reply_to), (optional<es::Timestamp>, edited_at),
                      (optional<es::Timestamp>, revoked_at),
                      (optional<std::vector<ReactionLog>>, reactions, , es::personal), (optional<string>, error_code),
                      (optional<string>, error_title, , es::personal),
                      (optional<string>, error_message, , es::personal), (optional<es::Json>, pricing),
                      (optional<es::Json>, provider_conversation));
  };
  using reads = es::Reads<Conversation>;
  using ignores = es::Ignores<ConversationOpened, ConversationAssigned, ConversationClosed, ConversationReopened,
                              ConversationDeleted, ConversationOptedOut, ConversationOptedIn, ConversationWaiting,
                              ConversationEscalated, ConversationResolved>;
  // Messages stand alone; a build that knows more remakes them.
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::stream;  // its key begins with that of the stream
  using Change = es::Change<Conversation>;
  using To = es::Operations<Document>;

  static std::vector<es::Index> indexes() {
    return {es::index_on({"created_at"}), es::index_on({"conversation_id", "created_at"}), es::index_on({"message_id"}),
            es::full_text_on("message_content")};
  }

  static void project(const MessageSent& event, const Change& change, To& to) { add(event, change, to); }
  static void project(const MessageReceived& event, const Change& change, To& to) { add(event, change, to); }
  static void project(const MessageAccepted& event, const Change& change, To& to) {
    const auto& id = known_message_id(change.before, event.message_id);
    if (change.before.messages.contains(id)) note_price(event.metadata, key_of(id, change), to);
  }
  static void project(const MessageDelivered& event, const Change& change, To& to) { move(event, change, to); }
  static void project(const MessageRead& event, const Change& change, To& to) { move(event, change, to); }
  static void project(const MessagePlayed& event, const Change& change, To& to) { move(event, change, to); }
  static void project(const MessageFailed& event, const Change& change, To& to) {
    if (const auto key = move(event, change, to); !key.empty())
      to.patch<&Document::error_code, &Document::error_title, &Document::error_message>(
          key, event.error_code, event.error_title, event.error_message);
  }

  static void project(const MessageEdited& event, const Change& change, To& to) {
    const auto& id = known_message_id(change.before, event.message_id);
    const auto at = change.metadata.created_at;
    if (is_revoked(change.before, id) || !is_newest_edit(change.before, id, at)) return;
    const auto key = key_of(id, change);
    to.patch<&Document::edited_at, &Document::updated_at>(key, optional{at}, at);
    if (event.message_content) to.patch<&Document::message_content>(key, event.message_content);
    if (event.media_url) to.patch<&Document::media_url>(key, event.media_url);
  }
  static void project(const MessageRevoked& event, const Change& change, To& to) {
    const auto& id = known_message_id(change.before, event.message_id);
    if (is_revoked(change.before, id)) return;
    const auto at = change.metadata.created_at;
    to.patch<&Document::revoked_at, &Document::updated_at, &Document::message_content, &Document::media_url>(
        key_of(id, change), optional{at}, at, optional<string>{}, optional<string>{});
  }
  static void project(const MessageReacted& event, const Change& change, To& to) {
    const auto& id = known_message_id(change.after, event.message_id);
    if (!change.after.message_changes) return;
    const auto now = change.after.message_changes->find(id);
    if (now == change.after.message_changes->end()) return;
    to.patch<&Document::reactions, &Document::updated_at>(key_of(id, change), shown(now->second.reactions),
                                                          change.metadata.created_at);
  }

 private:
  static string key_of(const string& message_id, const Change& change) {
    return string{change.key} + '\n' + message_id;
  }

  // Without those that were taken away.
  static optional<std::vector<ReactionLog>> shown(const MessageReactions& reactions) {
    std::vector<ReactionLog> all;
    for (const auto& [sender, reaction] : reactions)
      if (reaction.emoji) all.push_back({sender, *reaction.emoji, reaction.reacted_at});
    return all.empty() ? std::nullopt : optional{std::move(all)};
  }

  // A message that is reported twice stays as it was first.
  template <class Message> static void add(const Message& event, const Change& change, To& to) {
    const auto names = names_of(event);
    const auto status = change.after.messages.find(event.message_id);
    if (has_message(change.before, names) || status == change.after.messages.end()) return;
    Document document{};
    document.conversation_id = string{change.key};
    document.message_id = event.message_id;
    document.sender_id = event.sender_id;
    document.receiver_id = event.receiver_id;
    document.message_content = event.message_content;
    document.message_type = event.message_type;
    document.media_url = event.media_url;
    document.status = status->second;
    document.metadata = event.metadata;
    document.created_at = change.metadata.created_at;
    document.updated_at = change.metadata.created_at;
    document.position = static_cast<int64_t>(change.stored_position().value);
    document.provider_message_id = event.provider_message_id;
    document.participant_id = event.participant_id;
    if (event.in_reply_to) document.in_reply_to = known_message_id(change.after, *event.in_reply_to);
    take_early(names, change.before, status->second, document);
    to.put(key_of(event.message_id, change), std::move(document));
  }

  // What came before the message.
  static void take_early(const MessageNames& names, const ConversationState& before, MessageStatus status,
                         Document& document) {
    document.pricing = member_of(early_metadata(before, names, "pricing"), "pricing");
    document.provider_conversation = member_of(early_metadata(before, names, "conversation"), "conversation");
    if (status == MessageStatus::failed)
      for (const auto& step : early_steps(before, names, MessageStatus::sent)) {
        document.error_code = step.error_code;
        document.error_title = step.error_title;
        document.error_message = step.error_message;
      }
    const auto* const early = early_change(before, names);
    if (early == nullptr) return;
    document.edited_at = early->change.edited_at;
    document.revoked_at = early->change.revoked_at;
    document.reactions = shown(early->change.reactions);
    if (early->message_content) document.message_content = early->message_content;
    if (early->media_url) document.media_url = early->media_url;
    if (!document.revoked_at) return;
    document.message_content.reset();
    document.media_url.reset();
  }

  // The conversation's own rules say whether a status counts; the document follows its state. The document's key, if
  // the status counts.
  template <class Event> static string move(const Event& event, const Change& change, To& to) {
    const auto& id = known_message_id(change.before, event.message_id);
    const auto before = change.before.messages.find(id);
    const auto after = change.after.messages.find(id);
    if (before == change.before.messages.end() || after == change.after.messages.end()) return {};
    auto key = key_of(id, change);
    note_price(event.metadata, key, to);
    if (before->second == after->second) return {};
    to.patch<&Document::status, &Document::updated_at>(key, after->second, change.metadata.created_at);
    return key;
  }

  // What a status tells of the price counts although the status itself may come too late.
  static void note_price(const optional<es::Json>& told, const string& key, To& to) {
    if (auto pricing = member_of(told, "pricing")) to.patch<&Document::pricing>(key, pricing);
    if (auto billed = member_of(told, "conversation")) to.patch<&Document::provider_conversation>(key, billed);
  }
};

}  // namespace

es::ProjectionType message_logs_projection() { return es::projection<MessageLogs>(source_hash::message_logs); }

}  // namespace domain
