#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/security/kept_json.hpp>

#include <algorithm>

#include "encrypted_places.hpp"

namespace eventstore {
inline namespace v1 {

using namespace security;
namespace {

// The name that marks what is encrypted. Free data may have a member of this name: then it gets one more sign.
std::string mark_for(std::string_view json) {
  std::string mark = "$encrypted";
  while (json.find('"' + mark + '"') != std::string_view::npos) mark.insert(0, "$");
  return mark;
}

struct Kept {
  std::string mark;
  std::string_view message;
  JsonNode data;
};

// Absent where `root` is JSON in clear: no field's name begins like this.
std::optional<Kept> kept_in(JsonNode root) {
  std::optional<Kept> kept;
  if (root.kind() != JsonKind::object) return kept;
  root.each_member([&](std::string_view name, JsonNode value) {
    if (name.ends_with("$encrypted") && value.kind() == JsonKind::text)
      kept = Kept{std::string{name}, value.text(), {}};
    return false;
  });
  const auto data = root.find("data");
  if (!kept || !data) return std::nullopt;
  kept->data = *data;
  return kept;
}

// Writes JSON with the texts where their marks are.
class Filling {
 public:
  Filling(std::string_view mark, const std::vector<std::optional<std::string>>& texts, ShownSecrets secrets)
      : mark_{mark}, texts_{texts}, secrets_{secrets} {}

  // False where a mark has no text.
  bool write(JsonNode node, std::string& out) const {
    if (node.kind() == JsonKind::array) return write_array(node, out);
    if (node.kind() != JsonKind::object) {
      node.write(out);
      return true;
    }
    const auto number = node.find(mark_);
    if (!number) return write_object(node, out);
    const auto index = static_cast<std::size_t>(number->integer());
    if (number->kind() != JsonKind::integer || index >= texts_.size() || !texts_[index]) return false;
    out += secrets_ != ShownSecrets::revealed && node.find("secret") ? sealed : std::string_view{*texts_[index]};
    return true;
  }

 private:
  bool write_array(JsonNode node, std::string& out) const {
    out += '[';
    const bool is_whole = node.each_element([&](JsonNode element) {
      if (out.back() != '[') out += ',';
      return write(element, out);
    });
    out += ']';
    return is_whole;
  }
  bool write_object(JsonNode node, std::string& out) const {
    out += '{';
    const bool is_whole = node.each_member([&](std::string_view name, JsonNode value) {
      if (out.back() != '{') out += ',';
      append_json_string(out, name);
      out += ':';
      return write(value, out);
    });
    out += '}';
    return is_whole;
  }

  static constexpr std::string_view sealed = "\"sealed\"";
  std::string_view mark_;
  const std::vector<std::optional<std::string>>& texts_;
  ShownSecrets secrets_;
};

// The JSON of a value in clear, and whether it is a secret or has one in it.
struct ClearText {
  std::string json{};
  bool has_secret = false;
};

Result<ClearText> clear_text(const EncryptedPlace& place, BytesView data) {
  const auto bytes = data.subspan(place.offset, place.size);
  ClearText text;
  std::string shown;
  EVENTSTORE_TRY(bytes_to_json(*place.type, bytes, text.json, {.secrets = ShownSecrets::revealed}));
  EVENTSTORE_TRY(bytes_to_json(*place.type, bytes, shown, {.secrets = ShownSecrets::sealed}));
  text.has_secret = text.json != shown;
  return text;
}

tl::unexpected<Error> no_keys(const TextPlace& place) {
  return failure(Errc::missing_key, "decrypt " + place.type, place.stream.text(),
                 "it has encrypted values, and this log has no keys: open it as a store");
}

}  // namespace

Result<std::optional<std::string>> kept_json(const EventLog& log, const TextPlace& place, const Schema& schema,
                                             BytesView data, std::string_view subject) {
  std::string clear;
  EVENTSTORE_TRY(bytes_to_json(schema.type, data, clear, {.secrets = ShownSecrets::revealed}));
  const auto* const cipher = value_cipher_of(log);
  if (cipher == nullptr || !schema.has_encrypted) return std::optional{std::move(clear)};
  EVENTSTORE_TRY_ASSIGN(auto places, encrypted_places(schema, data));
  std::erase_if(places, [&](const EncryptedPlace& each) { return is_blank(each, data); });
  if (places.empty()) return std::optional{std::move(clear)};
  const auto mark = mark_for(clear);
  std::vector<PersonalText> texts;
  std::vector<std::string> marks;
  for (const auto& each : places) {
    auto& text = texts.emplace_back();
    text.subject = each.subject.empty() ? std::string{subject} : each.subject;
    EVENTSTORE_TRY_ASSIGN(auto value, clear_text(each, data));
    text.text = std::move(value.json);
    marks.push_back("{\"" + mark + "\":" + std::to_string(marks.size()) +
                    (value.has_secret ? ",\"secret\":true}" : "}"));
  }
  std::vector<StandIn> stand_ins;
  for (std::size_t i = 0; i < places.size(); ++i) stand_ins.push_back({places[i].offset, marks[i]});
  EVENTSTORE_TRY_ASSIGN(const auto message, encrypted_texts(*cipher, place, std::move(texts)));
  if (!message) return std::optional<std::string>{};
  std::string kept = "{\"" + mark + "\":\"" + *message + "\",\"data\":";
  EVENTSTORE_TRY(bytes_to_json(schema.type, data, kept, {.secrets = ShownSecrets::revealed, .stand_ins = stand_ins}));
  return std::optional{kept + '}'};
}

Result<std::optional<std::string>> opened_json(const EventLog& log, const TextPlace& place, std::string_view kept,
                                               ShownSecrets secrets) {
  JsonDocument document;
  EVENTSTORE_TRY_ASSIGN(const auto root, document.parse(kept));
  const auto form = kept_in(root);
  if (!form) return std::optional{std::string{kept}};
  const auto* const cipher = value_cipher_of(log);
  if (cipher == nullptr) return no_keys(place);
  EVENTSTORE_TRY_ASSIGN(const auto texts, decrypted_texts(*cipher, place, form->message));
  if (std::ranges::any_of(texts, [](const auto& text) { return !text.has_value(); }))
    return std::optional<std::string>{};
  std::string clear;
  if (Filling{form->mark, texts, secrets}.write(form->data, clear)) return std::optional{std::move(clear)};
  return failure(Errc::corrupt_record, "decrypt " + place.type, place.stream.text(),
                 "its encrypted values are damaged");
}

std::string encrypted_part(std::string_view kept) {
  JsonDocument document;
  const auto root = document.parse(kept);
  const auto form = root ? kept_in(*root) : std::nullopt;
  return form ? std::string{form->message} : std::string{};
}

}  // namespace v1
}  // namespace eventstore
