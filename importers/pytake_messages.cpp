// PyTake's `message_logs`: a message becomes what sent or brought it, and what gave it its status.
#include <importers/document.hpp>
#include <importers/importers.hpp>

#include <aggregates/conversation/state.hpp>

namespace domain {

namespace es = eventstore;

namespace {

// The event that gives a message its status; none for `sent`, which is where it begins.
std::string_view event_of_status(MessageStatus status) {
  switch (status) {
    case MessageStatus::delivered: return "MessageDelivered";
    case MessageStatus::read: return "MessageRead";
    case MessageStatus::played: return "MessagePlayed";
    case MessageStatus::failed: return "MessageFailed";
    case MessageStatus::sent: break;
  }
  return {};
}

// A type that conversations do not know is kept beside the message.
std::string type_of_message(importers::Migrated& document) {
  const auto type = document.take_text("message_type").value_or("text");
  if (es::enum_from<MessageType>(type)) return type;
  document.leave_out("message_type is none that messages have here: the message is `unsupported`");
  return "unsupported";
}

}  // namespace

es::Result<es::Converted> convert_pytake_messages(const es::Documented& given) {
  EVENTSTORE_TRY_ASSIGN(auto document, importers::Migrated::begin(given));
  EVENTSTORE_TRY_ASSIGN(const auto conversation, document.need_text("conversation_id"));
  EVENTSTORE_TRY_ASSIGN(const auto sender, document.need_text("sender_id"));
  EVENTSTORE_TRY_ASSIGN(const auto receiver, document.need_text("receiver_id"));
  EVENTSTORE_TRY_ASSIGN(const auto created_at, document.need_time("created_at"));
  const auto message_id = document.take_text("message_id").value_or(document.id());
  const bool is_received = document.take_text("direction") == "inbound";
  importers::Members message;
  message.text("message_id", message_id)
      .text("sender_id", sender)
      .text("receiver_id", receiver)
      .text_if("message_content", document.take_text("message_content"))
      .text("message_type", type_of_message(document))
      .text_if("media_url", document.take_text("media_url"))
      .text_if("campaign_id", document.take_text("campaign_id"))
      .json("metadata", document.take("metadata"));
  document.add("conversation", conversation, is_received ? "MessageReceived" : "MessageSent", message, created_at);
  const auto word = document.take_text("status").value_or("sent");
  const auto status = es::enum_from<MessageStatus>(word);
  const auto changed_at = document.take_time("updated_at").value_or(created_at);
  if (!status) document.leave_out("status is none that messages have here: the message is as it was sent");
  const auto event = status ? event_of_status(*status) : std::string_view{};
  if (!event.empty()) {
    importers::Members change;
    change.text("message_id", message_id);
    if (*status == MessageStatus::failed)
      change.text_if("error_code", document.take_text("error_code"))
          .text_if("error_message", document.take_text("error_message"));
    document.add("conversation", conversation, event, change, changed_at);
  }
  return document.end();
}

}  // namespace domain
