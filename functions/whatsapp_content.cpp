#include <functions/whatsapp_content.hpp>

#include <initializer_list>

namespace domain {

namespace es = eventstore;
using std::optional, std::string;

namespace {

// The member's member, and so on.
optional<es::JsonNode> member_at(es::JsonNode object, std::initializer_list<std::string_view> path) {
  optional<es::JsonNode> node{object};
  for (const auto name : path) {
    if (!node || node->kind() != es::JsonKind::object) return std::nullopt;
    node = node->find(name);
  }
  return node;
}

optional<string> text_at(es::JsonNode object, std::string_view outer, std::string_view inner) {
  const auto node = member_at(object, {outer});
  return node && node->kind() == es::JsonKind::object ? text_member(*node, inner) : std::nullopt;
}

void append_part(optional<string>& all, const optional<string>& part) {
  if (!part) return;
  all = all ? *all + ", " + *part : *part;
}

optional<string> names_of_contacts(es::JsonNode message) {
  optional<string> names;
  if (const auto contacts = message.find("contacts"))
    contacts->each_element([&](es::JsonNode contact) {
      append_part(names, text_at(contact, "name", "formatted_name"));
      return true;
    });
  return names;
}

optional<string> place_of(es::JsonNode message) {
  optional<string> place = text_at(message, "location", "name");
  append_part(place, text_at(message, "location", "address"));
  return place;
}

// What the contact has chosen from a list, among buttons, or filled in.
optional<string> choice_of(es::JsonNode message) {
  for (const auto* const reply : {"list_reply", "button_reply"})
    if (const auto chosen = member_at(message, {"interactive", reply});
        chosen && chosen->kind() == es::JsonKind::object)
      return text_member(*chosen, "title");
  const auto form = member_at(message, {"interactive", "nfm_reply"});
  if (form && form->kind() == es::JsonKind::object) return text_member(*form, "body");
  const auto body = member_at(message, {"interactive", "body"});
  return body && body->kind() == es::JsonKind::object ? text_member(*body, "text") : std::nullopt;
}

MessageType type_of(std::string_view name) {
  if (name == "voice") return MessageType::audio;
  return es::enum_from<MessageType>(name).value_or(MessageType::unsupported);
}

}  // namespace

optional<string> text_member(es::JsonNode object, std::string_view name) {
  if (object.kind() != es::JsonKind::object) return std::nullopt;
  const auto found = object.find(name);
  if (!found) return std::nullopt;
  switch (found->kind()) {
    case es::JsonKind::text: return found->text().empty() ? std::nullopt : optional{string{found->text()}};
    case es::JsonKind::integer:
    case es::JsonKind::large_integer:
    case es::JsonKind::number: return found->number_text();
    default: return std::nullopt;
  }
}

WhatsappContent whatsapp_content(es::JsonNode message) {
  WhatsappContent content{};
  const auto name = text_member(message, "type").value_or("");
  content.type = type_of(name);
  switch (content.type) {
    case MessageType::text: content.text = text_at(message, "text", "body"); break;
    case MessageType::image:
    case MessageType::document:
    case MessageType::audio:
    case MessageType::video:
    case MessageType::sticker:
      content.text = text_at(message, name, "caption");
      content.media_url = text_at(message, name, "url");
      if (!content.media_url) content.media_url = text_at(message, name, "link");
      break;
    case MessageType::location: content.text = place_of(message); break;
    case MessageType::contacts: content.text = names_of_contacts(message); break;
    case MessageType::order: content.text = text_at(message, "order", "text"); break;
    case MessageType::interactive: content.text = choice_of(message); break;
    case MessageType::button: content.text = text_at(message, "button", "text"); break;
    case MessageType::system: content.text = text_at(message, "system", "body"); break;
    case MessageType::template_:
    case MessageType::reaction:
    case MessageType::unsupported: break;
  }
  return content;
}

}  // namespace domain
