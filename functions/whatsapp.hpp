#pragma once
// The webhook of WhatsApp's Cloud API as facts of conversations.
#include <eventstore/app/function.hpp>
#include <eventstore/schema/fields.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace domain {

/// The body of the webhook as it came: text, because signatures are of the text, and because bodies may be longer than
/// free data.
struct LogWhatsappWebhook {
  EVENTSTORE_FIELDS(LogWhatsappWebhook, (std::string, body));
};

/// How many facts the body told: those that were appended now, those that were there already, and those of persons who
/// were erased, of whom nothing new is kept. passed_over names each part that tells of no conversation.
struct WhatsappWebhookLogged {
  EVENTSTORE_FIELDS(WhatsappWebhookLogged, (std::int64_t, appended), (std::int64_t, already_there),
                    (std::int64_t, dropped), (std::vector<std::string>, passed_over));
};

/// Appends what the body tells, each fact once, however often and in whatever order bodies come; all of a body in one
/// commit. The conversation of a contact or a group has a key that derives from the organization and the number by a
/// code under the store's own key, so that no stream is named after a phone. Events have the times that WhatsApp gives.
/// A message of a kind that is not known is kept as `unsupported`, with all of it in the metadata.
/// Errors: invalid_argument, where the body is no JSON or no webhook of WhatsApp; wrong_version, where conversations
/// kept changing meanwhile; missing_key, as OwnCodes::of; as EventLog::append.
eventstore::Result<WhatsappWebhookLogged> log_whatsapp_webhook(const eventstore::RecordContext& context,
                                                               const LogWhatsappWebhook& parameters);

}  // namespace domain
