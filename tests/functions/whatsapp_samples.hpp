#pragma once
// One message, status or preference of each kind that WhatsApp's webhook has, with made-up numbers and words.
#include <string>
#include <vector>

namespace domain {

using std::string;

/// The body of a webhook whose value has `members`.
inline string webhook_with(const string& members, const string& field = "messages") {
  return R"({"object":"whatsapp_business_account","entry":[{"id":"700100","changes":[{"field":")" + field +
         R"(","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"4930500100",)" +
         R"("phone_number_id":"900100"},)" + members + "}}]}]}";
}

inline const string people = R"("contacts":[{"profile":{"name":"Mara"},"wa_id":"491700001"}],)";

/// A message of Mara's at 2026-01-27T09:00:00Z and `seconds`.
inline string message(const string& id, const string& type, const string& content, int seconds = 0) {
  return R"({"from":"491700001","id":")" + id + R"(","timestamp":")" + std::to_string(1769504400 + seconds) +
         R"(","type":")" + type + "\"" + (content.empty() ? "" : "," + content) + "}";
}
inline string messages(const string& list) { return webhook_with(people + R"("messages":[)" + list + "]"); }

inline string status(const string& id, const string& word, const string& more = "", int seconds = 60) {
  return R"({"id":")" + id + R"(","status":")" + word + R"(","timestamp":")" + std::to_string(1769504400 + seconds) +
         R"(","recipient_id":"491700001")" + (more.empty() ? "" : "," + more) + "}";
}
inline string statuses(const string& list) { return webhook_with(R"("statuses":[)" + list + "]"); }

inline const string price = R"("conversation":{"id":"c0ffee","origin":{"type":"marketing"}},)"
                            R"("pricing":{"billable":true,"pricing_model":"PMP","category":"marketing"})";

struct WhatsappSample {
  string name;
  string body;
  std::vector<string> types;  ///< of the events, behind the opening
  string row;                 ///< message_type, message_content and media_url of message_logs; empty: no message
};

inline const std::vector<WhatsappSample>& whatsapp_samples() {
  const auto told = [](const string& name, const string& type, const string& content, const string& row) {
    return WhatsappSample{name, messages(message("wamid.1", type, content)), {"MessageReceived"}, row};
  };
  static const std::vector<WhatsappSample> all{
      told("a text", "text", R"("text":{"body":"Is the shop open?"})", "text | Is the shop open? | -"),
      told("an image with a caption", "image",
           R"("image":{"caption":"The box","mime_type":"image/jpeg","sha256":"ab=","id":"81"})", "image | The box | -"),
      told("an image with an address", "image",
           R"("image":{"mime_type":"image/jpeg","sha256":"ab=","id":"81","url":"https://media.example.org/81"})",
           "image | - | https://media.example.org/81"),
      told("a video", "video", R"("video":{"caption":"Look","mime_type":"video/mp4","sha256":"cd=","id":"82"})",
           "video | Look | -"),
      told("an audio file", "audio", R"("audio":{"mime_type":"audio/mpeg","sha256":"ef=","id":"83","voice":false})",
           "audio | - | -"),
      told("a voice message", "audio", R"("audio":{"mime_type":"audio/ogg; codecs=opus","id":"84","voice":true})",
           "audio | - | -"),
      told("a document", "document",
           R"("document":{"caption":"Bill","filename":"bill.pdf","mime_type":"application/pdf","id":"85"})",
           "document | Bill | -"),
      told("a sticker", "sticker", R"("sticker":{"mime_type":"image/webp","sha256":"gh=","id":"86","animated":false})",
           "sticker | - | -"),
      told("a place with a name", "location",
           R"("location":{"latitude":52.5,"longitude":13.4,"name":"Depot","address":"1 Mill Lane"})",
           "location | Depot, 1 Mill Lane | -"),
      told("a place without a name", "location", R"("location":{"latitude":52.5,"longitude":13.4})",
           "location | - | -"),
      told("contacts", "contacts",
           R"("contacts":[{"name":{"formatted_name":"Jo Tamm","first_name":"Jo"},"phones":[{"phone":"+3725001"}]},)"
           R"({"name":{"formatted_name":"Ines Holm"}}])",
           "contacts | Jo Tamm, Ines Holm | -"),
      told("a button of a template", "button",
           R"("context":{"from":"4930500100","id":"wamid.0"},"button":{"payload":"yes-7","text":"Yes"})",
           "button | Yes | -"),
      told("a choice among buttons", "interactive",
           R"("interactive":{"type":"button_reply","button_reply":{"id":"b-2","title":"Tuesday"}})",
           "interactive | Tuesday | -"),
      told("a choice from a list", "interactive",
           R"("interactive":{"type":"list_reply","list_reply":{"id":"l-3","title":"Large","description":"40 cm"}})",
           "interactive | Large | -"),
      told("a form", "interactive",
           R"("interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{}"}})",
           "interactive | Sent | -"),
      told("an order", "order",
           R"("order":{"catalog_id":"55","text":"Two, please","product_items":[{"product_retailer_id":"p-1",)"
           R"("quantity":2,"item_price":3.5,"currency":"EUR"}]})",
           "order | Two, please | -"),
      told("a number that changed", "system",
           R"("system":{"body":"Mara changed her number","wa_id":"491700099","type":"user_changed_number"})",
           "system | Mara changed her number | -"),
      told("an identity that changed", "system",
           R"("system":{"body":"The code of Mara changed","identity":"zz","type":"customer_identity_changed"})",
           "system | The code of Mara changed | -"),
      told("a message that the interface does not hand over", "unsupported",
           R"("errors":[{"code":131051,"title":"Message type unknown","error_data":{"details":"not supported"}}])",
           "unsupported | - | -"),
      told("a kind that nobody knows yet", "hologram", R"("hologram":{"id":"99"})", "unsupported | - | -"),
      told("a text from an advertisement", "text",
           R"("text":{"body":"I saw this"},"referral":{"source_url":"https://ads.example.org/1","source_type":"ad",)"
           R"("source_id":"11","headline":"Spring","ctwa_clid":"Af"})",
           "text | I saw this | -"),
      told("an answer", "text", R"("context":{"from":"4930500100","id":"wamid.0"},"text":{"body":"That one"})",
           "text | That one | -"),
      told("a forwarded text", "text", R"("context":{"forwarded":true},"text":{"body":"FYI"})", "text | FYI | -"),
      told("a question about a product", "text",
           R"("text":{"body":"In blue?"},"context":{"from":"4930500100","id":"wamid.0",)"
           R"("referred_product":{"catalog_id":"55","product_retailer_id":"p-1"}})",
           "text | In blue? | -"),
      {"a request for no more",
       messages(message("wamid.1", "text", R"("text":{"body":"STOP"})")),
       {"MessageReceived", "ConversationOptedOut"},
       "text | STOP | -"},
      {"a reaction",
       messages(message("wamid.2", "reaction", R"("reaction":{"message_id":"wamid.0","emoji":"+"})")),
       {"MessageReacted"},
       ""},
      {"a reaction that is taken away",
       messages(message("wamid.2", "reaction", R"("reaction":{"message_id":"wamid.0"})")),
       {"MessageReacted"},
       ""},
      {"an edited message",
       messages(message("wamid.2", "edit",
                        R"("edit":{"original_message_id":"wamid.0","message":{"type":"text","text":{"body":"new"}}})")),
       {"MessageEdited"},
       ""},
      {"a revoked message",
       messages(message("wamid.2", "revoke", R"("revoke":{"original_message_id":"wamid.0"})")),
       {"MessageRevoked"},
       ""},
      {"a status sent", statuses(status("wamid.0", "sent", price)), {"MessageAccepted"}, ""},
      {"a status delivered", statuses(status("wamid.0", "delivered", price)), {"MessageDelivered"}, ""},
      {"a status read", statuses(status("wamid.0", "read")), {"MessageRead"}, ""},
      {"a status played", statuses(status("wamid.0", "played")), {"MessagePlayed"}, ""},
      {"a status failed",
       statuses(status("wamid.0", "failed",
                       R"("errors":[{"code":131026,"title":"Undeliverable","message":"Undeliverable",)"
                       R"("error_data":{"details":"no such account"}}])")),
       {"MessageFailed"},
       ""},
      {"what the business sent from its phone",
       webhook_with(R"("message_echoes":[{"from":"4930500100","to":"491700001","id":"wamid.1",)"
                    R"("timestamp":"1769504400","type":"text","text":{"body":"We are open"}}])",
                    "smb_message_echoes"),
       {"MessageSent"},
       "text | We are open | -"},
      {"a wish for no marketing",
       webhook_with(people + R"("user_preferences":[{"wa_id":"491700001","detail":"asked to stop",)"
                             R"("category":"marketing_messages","value":"stop","timestamp":"1769504400"}])",
                    "user_preferences"),
       {"ConversationOptedOut"},
       ""},
      {"a wish for marketing again",
       webhook_with(R"("user_preferences":[{"wa_id":"491700001","detail":"asked to go on",)"
                    R"("category":"marketing_messages","value":"resume","timestamp":"1769504400"}])",
                    "user_preferences"),
       {"ConversationOptedIn"},
       ""},
  };
  return all;
}

}  // namespace domain
