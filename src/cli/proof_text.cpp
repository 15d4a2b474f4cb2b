#include "proof_text.hpp"

#include <eventstore/schema/json_document.hpp>

#include <fmt/format.h>

namespace eventstore::cli {
namespace {

constexpr std::string_view form = "eventstore inclusion 1";
constexpr std::string_view digits = "0123456789abcdef";

std::string hex_of(BytesView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text += digits[std::to_integer<std::size_t>(byte >> 4)];
    text += digits[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return text;
}

std::string text_of(const SealLink& link) {
  return fmt::format(R"({{"segment":{},"first_position":{},"count":{},"root":"{}"}})", link.segment, link.first.value,
                     link.count, link.root.to_string());
}

tl::unexpected<Error> wrong(std::string_view name, std::string_view why) {
  return failure(Errc::invalid_argument, "read proof", std::string{name}, std::string{why});
}

Result<JsonNode> member(JsonNode object, std::string_view name) {
  const auto found = object.find(name);
  if (!found) return wrong(name, "the field is missing");
  return *found;
}

Result<std::string_view> text_in(JsonNode object, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto node, member(object, name));
  if (node.kind() != JsonKind::text) return wrong(name, "not a text");
  return node.text();
}

Result<std::uint64_t> number_in(JsonNode object, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto node, member(object, name));
  if (node.kind() == JsonKind::large_integer) return node.large_integer();
  if (node.kind() != JsonKind::integer || node.integer() < 0) return wrong(name, "not a whole number");
  return static_cast<std::uint64_t>(node.integer());
}

Result<Digest> digest_in(JsonNode object, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto text, text_in(object, name));
  auto digest = Digest::parse(text);
  if (!digest) digest.error().where = name;
  return digest;
}

Result<Bytes> bytes_in(JsonNode object, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto text, text_in(object, name));
  Bytes bytes(text.size() / 2);
  bool is_hex = text.size() % 2 == 0;
  for (std::size_t i = 0; is_hex && i < bytes.size(); ++i) {
    const auto high = digits.find(text[2 * i]);
    const auto low = digits.find(text[2 * i + 1]);
    is_hex = high != std::string_view::npos && low != std::string_view::npos;
    bytes[i] = static_cast<std::byte>(high << 4 | (low & 15));
  }
  if (!is_hex) return wrong(name, "not hexadecimal digits");
  return bytes;
}

Result<SealLink> link_of(JsonNode node) {
  SealLink link;
  EVENTSTORE_TRY_ASSIGN(link.segment, number_in(node, "segment"));
  EVENTSTORE_TRY_ASSIGN(const auto first, number_in(node, "first_position"));
  link.first = Position{first};
  EVENTSTORE_TRY_ASSIGN(link.count, number_in(node, "count"));
  EVENTSTORE_TRY_ASSIGN(link.root, digest_in(node, "root"));
  return link;
}

Result<ProvenEvent> event_of(JsonNode node) {
  ProvenEvent event;
  EVENTSTORE_TRY_ASSIGN(const auto recorded_at, member(node, "recorded_at_micros"));
  if (recorded_at.kind() != JsonKind::integer) return wrong("recorded_at_micros", "not a whole number");
  event.recorded_at = Timestamp{recorded_at.integer()};
  EVENTSTORE_TRY_ASSIGN(event.record, bytes_in(node, "record"));
  return event;
}

// Calls `read(element)` for each element of the array `name`, until one fails.
template <class Read> Result<void> each_in(JsonNode object, std::string_view name, Read read) {
  EVENTSTORE_TRY_ASSIGN(const auto array, member(object, name));
  if (array.kind() != JsonKind::array) return wrong(name, "not an array");
  Result<void> result;
  array.each_element([&](JsonNode element) {
    result = read(element);
    return result.has_value();
  });
  return result;
}

}  // namespace

std::string text_of(const InclusionProof& proof) {
  auto text = fmt::format(R"({{"proof":"{}","store_id":"{}","position":{},"leaf":"{}")", form,
                          proof.store_id.to_string(), proof.position.value, proof.leaf.to_string());
  if (proof.event)
    text += fmt::format(R"(,"event":{{"recorded_at_micros":{},"record":"{}"}})", proof.event->recorded_at.micros,
                        hex_of(proof.event->record));
  text += ",\"path\":[";
  for (const auto& step : proof.path) text += fmt::format(R"({}"{}")", text.back() == '[' ? "" : ",", step.to_string());
  text += "],\"sealed_in\":" + text_of(proof.sealed_in) + ",\"previous\":\"" + proof.previous.to_string() +
          "\",\"later\":[";
  for (const auto& link : proof.later) {
    if (text.back() != '[') text += ',';
    text += text_of(link);
  }
  return text + "]}";
}

Result<InclusionProof> parse_proof(std::string_view text) {
  JsonDocument document;
  EVENTSTORE_TRY_ASSIGN(const auto root, document.parse(text));
  if (root.kind() != JsonKind::object) return wrong("proof", "not a JSON object");
  EVENTSTORE_TRY_ASSIGN(const auto stated, text_in(root, "proof"));
  if (stated != form) return wrong("proof", fmt::format("not a proof of the form \"{}\"", form));
  InclusionProof proof;
  EVENTSTORE_TRY_ASSIGN(const auto store_id, text_in(root, "store_id"));
  EVENTSTORE_TRY_ASSIGN(proof.store_id, Uuid::parse(store_id));
  EVENTSTORE_TRY_ASSIGN(const auto position, number_in(root, "position"));
  proof.position = Position{position};
  EVENTSTORE_TRY_ASSIGN(proof.leaf, digest_in(root, "leaf"));
  if (const auto event = root.find("event")) {
    EVENTSTORE_TRY_ASSIGN(proof.event, event_of(*event));
  }
  EVENTSTORE_TRY(each_in(root, "path", [&](JsonNode element) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto step, Digest::parse(element.kind() == JsonKind::text ? element.text() : ""));
    proof.path.push_back(step);
    return {};
  }));
  EVENTSTORE_TRY_ASSIGN(const auto sealed_in, member(root, "sealed_in"));
  EVENTSTORE_TRY_ASSIGN(proof.sealed_in, link_of(sealed_in));
  EVENTSTORE_TRY_ASSIGN(proof.previous, digest_in(root, "previous"));
  EVENTSTORE_TRY(each_in(root, "later", [&](JsonNode element) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto link, link_of(element));
    proof.later.push_back(link);
    return {};
  }));
  return proof;
}

}  // namespace eventstore::cli
