#include <functions/whatsapp_facts.hpp>

#include <aggregates/conversation/message_ids.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>
#include <functions/whatsapp_content.hpp>

#include <charconv>
#include <optional>

namespace domain {

namespace es = eventstore;
using std::optional, std::string;

namespace {

constexpr std::size_t metadata_bytes_max = std::size_t{60} * 1024;  // free data may have 64 KiB

optional<es::JsonNode> object_member(es::JsonNode object, std::string_view name) {
  const auto found = object.find(name);
  return found && found->kind() == es::JsonKind::object ? found : std::nullopt;
}

template <class Visit> void each_in(es::JsonNode object, std::string_view name, Visit visit) {
  const auto list = object.find(name);
  if (!list || list->kind() != es::JsonKind::array) return;
  list->each_element([&](es::JsonNode each) {
    visit(each);
    return true;
  });
}

// "+49 151 234" and "49151234" are one number.
string number_of(std::string_view text) {
  string number;
  for (const char letter : text)
    if (letter != '+' && letter != ' ' && letter != '-') number += letter;
  return number;
}

// Seconds since 1970; some senders write milliseconds.
es::Timestamp time_of(es::JsonNode object, es::Timestamp now) {
  const auto text = text_member(object, "timestamp").value_or("");
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  constexpr std::int64_t seconds_max = 100'000'000'000;
  if (error != std::errc{} || end != text.data() + text.size() || count <= 0 || count > seconds_max * 1'000) return now;
  return es::Timestamp{count > seconds_max ? count * 1'000 : count * 1'000'000};
}

// One `value` of a webhook.
class ValueReader {
 public:
  ValueReader(es::JsonNode value, es::Timestamp now, WhatsappFacts& all) : value_{value}, now_{now}, all_{all} {
    if (const auto own = object_member(value, "metadata"))
      business_ = text_member(*own, "phone_number_id").value_or("");
    if (business_.empty()) business_ = "whatsapp";
  }

  // Whether it has facts, or parts that were passed over.
  bool read(const string& place) {
    const auto before = all_.facts.size() + all_.passed_over.size();
    each_in(value_, "messages", [&](es::JsonNode message) { take_message(message, false, place); });
    each_in(value_, "message_echoes", [&](es::JsonNode message) { take_message(message, true, place); });
    each_in(value_, "statuses", [&](es::JsonNode status) { take_status(status, place); });
    each_in(value_, "user_preferences", [&](es::JsonNode wish) { take_wish(wish, place); });
    each_in(value_, "errors", [&](es::JsonNode) { pass_over(place, "an error of the account"); });
    return all_.facts.size() + all_.passed_over.size() != before;
  }

 private:
  void pass_over(const string& place, const string& what) { all_.passed_over.push_back(place + ": " + what); }

  void add(string name, WhatsappFact fact, es::JsonNode told) {
    fact.name = std::move(name);
    fact.business = business_;
    fact.at = time_of(told, now_);
    all_.facts.push_back(std::move(fact));
  }

  // The contact's entry among the people whom the value names.
  optional<es::JsonNode> profile_of(const string& number) const {
    optional<es::JsonNode> profile;
    each_in(value_, "contacts", [&](es::JsonNode contact) {
      if (number_of(text_member(contact, "wa_id").value_or(text_member(contact, "user_id").value_or(""))) == number)
        profile = contact;
    });
    return profile;
  }

  // All of `told`, with the number that got it and with the contact's profile.
  es::Json metadata_of(es::JsonNode told, const string& number) const {
    string text{"{\"phone_number_id\":"};
    es::append_json_string(text, business_);
    if (const auto profile = profile_of(number)) {
      text += ",\"contact\":";
      profile->write(text);
    }
    told.each_member([&](std::string_view name, es::JsonNode member) {
      if (name == "phone_number_id" || name == "contact") return true;
      text += ',';
      es::append_json_string(text, name);
      text += ':';
      member.write(text);
      return true;
    });
    text += '}';
    if (text.size() <= metadata_bytes_max) return {std::move(text)};
    return {"{\"left_out_bytes\":" + std::to_string(text.size()) + "}"};
  }

  void take_message(es::JsonNode message, bool is_echo, const string& place) {
    const auto id = text_member(message, "id");
    auto other = text_member(message, is_echo ? "to" : "from");
    if (!other) other = text_member(message, is_echo ? "to_user_id" : "from_user_id");
    const auto group = text_member(message, "group_id");
    if (!id || (!other && !group)) return pass_over(place, "a message without id or sender");
    WhatsappFact fact{};
    const auto number = number_of(other.value_or(""));
    fact.contact = group ? *group : number;
    if (group && !is_echo) fact.participant = number;
    fact.is_of_business = is_echo;
    fact.event = event_of(message, *id, is_echo, number);
    add("message\n" + *id, std::move(fact), message);
  }

  WhatsappEvent event_of(es::JsonNode message, const string& id, bool is_echo, const string& number) const {
    const auto type = text_member(message, "type").value_or("");
    auto metadata = metadata_of(message, number);
    if (const auto part = object_member(message, type)) {
      const auto original = text_member(*part, type == "reaction" ? "message_id" : "original_message_id");
      if (original && type == "reaction")
        return MessageReacted{message_id_of(*original), {}, text_member(*part, "emoji"), std::move(metadata)};
      if (original && type == "revoke") return MessageRevoked{message_id_of(*original), std::move(metadata)};
      if (original && type == "edit") {
        const auto written = whatsapp_content(object_member(*part, "message").value_or(*part));
        return MessageEdited{message_id_of(*original), written.text, written.media_url, std::move(metadata)};
      }
    }
    if (is_echo) return written<MessageSent>(message, id, std::move(metadata));
    return written<MessageReceived>(message, id, std::move(metadata));
  }

  template <class Message> static Message written(es::JsonNode message, const string& id, es::Json metadata) {
    auto content = whatsapp_content(message);
    Message event{};
    event.message_id = message_id_of(id);
    event.message_content = std::move(content.text);
    event.message_type = content.type;
    event.media_url = std::move(content.media_url);
    event.metadata = std::move(metadata);
    event.provider_message_id = id;
    if (const auto context = object_member(message, "context"))
      if (const auto answered = text_member(*context, "id")) event.in_reply_to = message_id_of(*answered);
    return event;
  }

  void take_status(es::JsonNode status, const string& place) {
    const auto id = text_member(status, "id");
    auto recipient = text_member(status, "recipient_id");
    if (!recipient) recipient = text_member(status, "recipient_user_id");
    const auto word = text_member(status, "status").value_or("");
    if (!id || !recipient) return pass_over(place, "a status without id or recipient");
    WhatsappFact fact{};
    const bool is_group = text_member(status, "recipient_type") == "group";
    fact.contact = is_group ? *recipient : number_of(*recipient);
    auto participant = is_group ? text_member(status, "recipient_participant_id") : std::nullopt;
    fact.participant = participant ? number_of(*participant) : "";
    auto event = status_event(status, word, message_id_of(*id), metadata_of(status, fact.contact));
    if (!event) return pass_over(place, "a status of a kind that is not known");
    fact.event = std::move(*event);
    add("status " + word + '\n' + *id + '\n' + fact.participant, std::move(fact), status);
  }

  static optional<WhatsappEvent> status_event(es::JsonNode status, std::string_view word, string id,
                                              es::Json metadata) {
    if (word == "sent") return MessageAccepted{std::move(id), std::move(metadata)};
    if (word == "delivered") return MessageDelivered{std::move(id), std::move(metadata)};
    if (word == "read") return MessageRead{std::move(id), std::move(metadata)};
    if (word == "played") return MessagePlayed{std::move(id), std::move(metadata)};
    if (word == "deleted") return MessageRevoked{std::move(id), std::move(metadata)};
    if (word != "failed") return std::nullopt;
    MessageFailed failed{};
    failed.message_id = std::move(id);
    failed.metadata = std::move(metadata);
    each_in(status, "errors", [&](es::JsonNode error) {
      if (failed.error_code || failed.error_title) return;  // the first is the reason; all are in the metadata
      failed.error_code = text_member(error, "code");
      failed.error_title = text_member(error, "title");
      failed.error_message = text_member(error, "message");
      if (const auto data = object_member(error, "error_data"))
        if (auto details = text_member(*data, "details")) failed.error_message = std::move(details);
    });
    return failed;
  }

  // Whether the contact wants the organization's marketing.
  void take_wish(es::JsonNode wish, const string& place) {
    auto contact = text_member(wish, "wa_id");
    if (!contact) contact = text_member(wish, "user_id");
    const auto value = text_member(wish, "value").value_or("");
    if (!contact || (value != "stop" && value != "resume"))
      return pass_over(place, "a preference of a kind that is not known");
    WhatsappFact fact{};
    fact.contact = number_of(*contact);
    const auto reason = text_member(wish, "detail");
    if (value == "stop")
      fact.event = ConversationOptedOut{std::nullopt, reason};
    else
      fact.event = ConversationOptedIn{std::nullopt, reason};
    add("preference " + value + '\n' + fact.contact + '\n' + text_member(wish, "timestamp").value_or(""),
        std::move(fact), wish);
  }

  es::JsonNode value_;
  es::Timestamp now_;
  WhatsappFacts& all_;
  string business_;
};

}  // namespace

es::Result<WhatsappFacts> whatsapp_facts(std::string_view body, es::Timestamp now) {
  es::JsonDocument document;
  const auto root = document.parse(body);
  if (!root) return es::failure(es::Errc::invalid_argument, "read webhook", "body", root.error().detail);
  const bool is_object = root->kind() == es::JsonKind::object;
  const auto entries = is_object ? root->find("entry") : std::nullopt;
  if (!entries || entries->kind() != es::JsonKind::array)
    return es::failure(es::Errc::invalid_argument, "read webhook", "body",
                       "a webhook of WhatsApp is an object that has a list `entry`: give its body as it came");
  WhatsappFacts all;
  std::size_t entry_number = 0;
  each_in(*root, "entry", [&](es::JsonNode entry) {
    ++entry_number;
    std::size_t change_number = 0;
    if (entry.kind() != es::JsonKind::object) return;
    each_in(entry, "changes", [&](es::JsonNode change) {
      const auto place = "entry " + std::to_string(entry_number) + ", change " + std::to_string(++change_number);
      const auto value = change.kind() == es::JsonKind::object ? object_member(change, "value") : std::nullopt;
      if (value && ValueReader{*value, now, all}.read(place)) return;
      const auto field = change.kind() == es::JsonKind::object ? text_member(change, "field") : std::nullopt;
      all.passed_over.push_back(place + ": " + field.value_or("no field") + " tells of no conversation");
    });
  });
  return all;
}

}  // namespace domain
