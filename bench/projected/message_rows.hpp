#pragma once
// The handwritten `message_logs`: one final document a message, written once.
#include <aggregates/conversation/conversation.hpp>
#include <bench/projected/collections_file.hpp>
#include <eventstore/log/event.hpp>

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bench {

/// Threads: one at a time.
class MessageRows {
 public:
  /// Takes what `typed`, which has become `event` in the log, does to a message. `after` is the state after it.
  template <class E>
  void take(const eventstore::RecordedEvent& event, std::string_view conversation, const E& typed,
            const domain::ConversationState& after) {
    if constexpr (requires { typed.message_content; })
      add(event, conversation,
          domain::MessageSent{typed.message_id,
                              typed.sender_id,
                              typed.receiver_id,
                              typed.message_content,
                              typed.message_type,
                              typed.media_url,
                              {},
                              {},
                              typed.metadata},
          after);
    else if constexpr (requires { typed.message_id; })
      move(event, conversation, typed.message_id, after);
  }
  /// Writes every message as a row, in the order of their ids. Throws std::runtime_error.
  void write(CollectionsFile& file) const;

 private:
  struct Row {
    std::string key;
    std::string organization;
    std::string conversation;
    domain::MessageSent message;
    domain::MessageStatus status;
    eventstore::Timestamp created_at;
    eventstore::Timestamp updated_at;
    std::int64_t position;
  };
  void add(const eventstore::RecordedEvent& event, std::string_view conversation, domain::MessageSent message,
           const domain::ConversationState& after);
  void move(const eventstore::RecordedEvent& event, std::string_view conversation, std::string_view message_id,
            const domain::ConversationState& after);
  void set_key(std::string_view conversation, std::string_view message_id);

  std::deque<Row> rows_;
  std::unordered_map<std::string_view, Row*> by_key_;  // views into the rows
  std::string key_;                                    // used again
};

}  // namespace bench
