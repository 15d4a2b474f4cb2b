#pragma once
// The handwritten `message_logs`: one final document a message, written once.
#include <aggregates/conversation/conversation.hpp>
#include <bench/projected/collections_file.hpp>
#include <eventstore/log/event.hpp>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bench {

/// A sign that somebody has put on a message.
struct ReactionRow {
  EVENTSTORE_FIELDS(ReactionRow, (std::string, sender_id), (std::string, emoji), (eventstore::Timestamp, reacted_at));
};

/// Threads: one at a time.
class MessageRows {
 public:
  /// Takes what `typed`, which has become `event` in the log, does to a message. `after` is the state after it.
  template <class E>
  void take(const eventstore::RecordedEvent& event, std::string_view conversation, const E& typed,
            const domain::ConversationState& after) {
    if constexpr (requires { typed.provider_message_id; }) {
      domain::MessageSent message{};
      message.message_id = typed.message_id;
      message.sender_id = typed.sender_id;
      message.receiver_id = typed.receiver_id;
      message.message_content = typed.message_content;
      message.message_type = typed.message_type;
      message.media_url = typed.media_url;
      message.metadata = typed.metadata;
      message.provider_message_id = typed.provider_message_id;
      message.participant_id = typed.participant_id;
      message.in_reply_to = typed.in_reply_to;
      add(event, conversation, std::move(message), after);
    } else if constexpr (std::is_same_v<E, domain::MessageEdited> || std::is_same_v<E, domain::MessageRevoked> ||
                         std::is_same_v<E, domain::MessageReacted>) {
      change(event, conversation, typed, after);
    } else if constexpr (requires { std::string_view{typed.message_id}; }) {
      move(event, conversation, typed.message_id, typed.metadata, after);
      if constexpr (std::is_same_v<E, domain::MessageFailed>) fail(conversation, typed);
    }
  }
  /// Writes every message as a row, in the order of their ids. Throws std::runtime_error.
  void write(CollectionsFile& file) const;

 private:
  struct Price {
    std::optional<eventstore::Json> pricing{};
    std::optional<eventstore::Json> conversation{};
  };
  struct Row {
    std::string key;
    std::string organization;
    std::string conversation;
    domain::MessageSent message;
    domain::MessageStatus status;
    eventstore::Timestamp created_at;
    eventstore::Timestamp updated_at;
    std::int64_t position;
    std::optional<eventstore::Timestamp> edited_at{};
    std::optional<eventstore::Timestamp> revoked_at{};
    std::optional<std::vector<ReactionRow>> reactions{};
    std::optional<domain::MessageFailed> failure{};
    Price price{};
  };
  void add(const eventstore::RecordedEvent& event, std::string_view conversation, domain::MessageSent message,
           const domain::ConversationState& after);
  void move(const eventstore::RecordedEvent& event, std::string_view conversation, const std::string& message_id,
            const std::optional<eventstore::Json>& told, const domain::ConversationState& after);
  void fail(std::string_view conversation, const domain::MessageFailed& failed);
  void change(const eventstore::RecordedEvent& event, std::string_view conversation, const domain::MessageEdited& edit,
              const domain::ConversationState& after);
  void change(const eventstore::RecordedEvent& event, std::string_view conversation,
              const domain::MessageRevoked& revoked, const domain::ConversationState& after);
  void change(const eventstore::RecordedEvent& event, std::string_view conversation,
              const domain::MessageReacted& reacted, const domain::ConversationState& after);
  Row* row_of(std::string_view conversation, std::string_view message_id);
  void set_key(std::string_view conversation, std::string_view message_id);
  static void note(const std::optional<eventstore::Json>& told, Price& price);

  std::deque<Row> rows_;
  std::unordered_map<std::string_view, Row*> by_key_;    // views into the rows
  std::unordered_map<std::string, Price> early_prices_;  // by the key of a message that is not there yet
  std::string key_;                                      // used again
};

}  // namespace bench
