// `message_logs`: one document a message, with the status that it has come to.
#include <aggregates/conversation/conversation.hpp>
#include <projections/projections.hpp>
#include <source_hash/message_logs.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

struct MessageLogs {
  static constexpr auto name = "message_logs";
  static constexpr int keep_days = 90;
  // `position` orders messages of one moment as they were recorded.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, conversation_id), (string, message_id), (string, sender_id),
                      (string, receiver_id), (string, message_content), (MessageType, message_type),
                      (optional<string>, media_url), (MessageStatus, status), (optional<es::Json>, metadata),
                      (es::Timestamp, created_at), (es::Timestamp, updated_at), (int64_t, position));
  };
  using reads = es::Reads<Conversation>;
  using ignores = es::Ignores<ConversationOpened, ConversationAssigned, ConversationClosed, ConversationReopened,
                              ConversationDeleted>;
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
  static void project(const MessageDelivered& event, const Change& change, To& to) {
    move(event.message_id, change, to);
  }
  static void project(const MessageRead& event, const Change& change, To& to) { move(event.message_id, change, to); }
  static void project(const MessageFailed& event, const Change& change, To& to) { move(event.message_id, change, to); }

 private:
  static string key_of(const string& message_id, const Change& change) {
    return string{change.key} + '\n' + message_id;
  }

  // A message that is reported twice stays as it was first.
  template <class Message> static void add(const Message& event, const Change& change, To& to) {
    const auto status = change.after.messages.find(event.message_id);
    if (change.before.messages.contains(event.message_id) || status == change.after.messages.end()) return;
    to.put(key_of(event.message_id, change), {.conversation_id = string{change.key},
                                              .message_id = event.message_id,
                                              .sender_id = event.sender_id,
                                              .receiver_id = event.receiver_id,
                                              .message_content = event.message_content,
                                              .message_type = event.message_type,
                                              .media_url = event.media_url,
                                              .status = status->second,
                                              .metadata = event.metadata,
                                              .created_at = change.metadata.created_at,
                                              .updated_at = change.metadata.created_at,
                                              .position = static_cast<int64_t>(change.stored_position().value)});
  }

  // The conversation's own rules say whether a status counts; the document follows its state.
  static void move(const string& message_id, const Change& change, To& to) {
    const auto before = change.before.messages.find(message_id);
    const auto after = change.after.messages.find(message_id);
    if (before == change.before.messages.end() || after == change.after.messages.end() ||
        before->second == after->second)
      return;
    to.patch<&Document::status, &Document::updated_at>(key_of(message_id, change), after->second,
                                                       change.metadata.created_at);
  }
};

}  // namespace

es::ProjectionType message_logs_projection() { return es::projection<MessageLogs>(source_hash::message_logs); }

}  // namespace domain
