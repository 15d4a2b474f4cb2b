#pragma once
// A short history of each of the three aggregates, as event lines.
#include "shell.hpp"

namespace eventstore::cli_test {

/// `campaign-spring`: two contacts, of whom one is removed and one is reached.
inline std::string campaign_story() {
  auto line = [version = 0](const std::string& type, const std::string& data) mutable {
    ++version;
    return to_line({.key = "spring",
                    .type = type,
                    .data = data,
                    .version = version,
                    .category = "campaign",
                    .created_at = "2026-03-0" + std::to_string(version) + "T08:00:00Z"});
  };
  auto created = line("CampaignCreated", R"({"campaign_id":"spring","name":"Spring","content":"Hello"})");
  auto added = line("CampaignContactsAdded", R"({"contact_ids":["c/1","c-2"]})");
  auto removed = line("CampaignContactsRemoved", R"({"contact_ids":["c-2"]})");
  auto executed = line("CampaignExecuted", R"({"campaign_id":"spring","contacts_count":1})");
  auto reached = line("CampaignContactReached", R"({"contact_id":"c/1","outcome":"answered"})");
  return created + added + removed + executed + reached;
}

/// `conversation-talk`: a message that is sent, delivered and read; the clock runs back before it is read.
inline std::string conversation_story() {
  auto line = [version = 0](const std::string& type, const std::string& data, const std::string& time) mutable {
    return to_line({.key = "talk",
                    .type = type,
                    .data = data,
                    .version = ++version,
                    .category = "conversation",
                    .created_at = "2026-03-01T" + time + "Z"});
  };
  auto opened = line("ConversationOpened", R"({"contact_id":"p-1"})", "09:00:00");
  auto sent = line(
      "MessageSent",
      R"({"message_id":"m.1","sender_id":"a-1","receiver_id":"p-1","message_content":"Hello","campaign_id":"spring"})",
      "09:01:00");
  auto delivered = line("MessageDelivered", R"({"message_id":"m.1"})", "09:05:00");
  auto read = line("MessageRead", R"({"message_id":"m.1"})", "09:04:00");
  return opened + sent + delivered + read;
}

/// A store with both, and with `delivery-d-1` of completed_delivery().
struct Stories : Shell {
  Stories() { (void)result({"import", "-"}, campaign_story() + conversation_story() + completed_delivery("d-1")); }
};

}  // namespace eventstore::cli_test
