#include "text_search.hpp"

#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <unicode/unistr.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string folded(std::string_view text) {
  std::string lowered;
  if (is_ascii(text)) {
    lowered.resize(text.size());
    std::transform(text.begin(), text.end(), lowered.begin(), lower);
  } else {
    const auto size = static_cast<std::int32_t>(text.size());  // an event is far smaller
    icu::UnicodeString::fromUTF8({text.data(), size}).foldCase().toUTF8String(lowered);
  }
  return lowered;
}

// Looks at the texts that the JSON of a value has.
class TextWalk {
 public:
  TextWalk(const TextSearch& search, BytesView bytes) : search_{search}, in_{bytes} {}

  [[nodiscard]] bool ok() const { return in_.ok() && !impossible_; }

  // Whether a text has it; the rest of the value is not taken then.
  bool value(const Type& type) {
    if (!ok()) return false;
    switch (type.kind) {
      case Kind::text:
      case Kind::enumeration: return search_.is_in(in_.text());
      case Kind::record:
        return std::any_of(type.fields.begin(), type.fields.end(), [&](const Field& each) { return value(each.type); });
      case Kind::optional: return in_.number<std::uint8_t>() == 1 && value(type.element());
      case Kind::array: return elements(type, type.count);
      case Kind::list:
      case Kind::set:
      case Kind::map: {
        const auto count = in_.number<std::uint32_t>();
        impossible_ = count > in_.remaining();  // as in BytesReader: every element takes a byte at least
        return elements(type, count);
      }
      case Kind::variant: {
        const auto* const chosen = in_.alternative(type);
        return chosen != nullptr && (search_.is_in(chosen->name) || value(chosen->type));
      }
      case Kind::json: return free_data();
      case Kind::bytes:
      case Kind::uuid:
      case Kind::timestamp: return as_json(type);
      default: in_.value(type); return false;
    }
  }

 private:
  bool elements(const Type& type, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count && ok(); ++i) {
      if (type.kind == Kind::map) (void)in_.text();
      if (value(type.element())) return true;
    }
    return false;
  }

  bool free_data() {
    const auto text = in_.text();
    if (text.empty()) return false;
    JsonDocument document;
    const auto node = document.parse(text);
    impossible_ = impossible_ || !node;
    return node && search_.is_in(*node);
  }

  // Values that are text in JSON alone.
  bool as_json(const Type& type) {
    const auto bytes = in_.value(type);
    std::string json;
    if (!in_.ok() || !bytes_to_json(type, bytes, json)) {
      impossible_ = true;
      return false;
    }
    return search_.is_in(std::string_view{json}.substr(1, json.size() - 2));
  }

  const TextSearch& search_;
  BytesReader in_;
  bool impossible_ = false;
};

}  // namespace

TextSearch::TextSearch(std::string_view text) : folded_{folded(text)} {}

bool TextSearch::is_in(std::string_view text) const {
  if (text.size() < folded_.size() && is_ascii(text)) return false;
  if (!is_ascii(text)) return folded(text).find(folded_) != std::string::npos;
  const auto found = std::search(text.begin(), text.end(), folded_.begin(), folded_.end(),
                                 [](char theirs, char ours) { return lower(theirs) == ours; });
  return found != text.end() || folded_.empty();
}

bool TextSearch::is_in(JsonNode node) const {
  switch (node.kind()) {
    case JsonKind::text: return is_in(node.text());
    case JsonKind::array: return !node.each_element([&](JsonNode each) { return !is_in(each); });
    case JsonKind::object: return !node.each_member([&](std::string_view, JsonNode each) { return !is_in(each); });
    default: return false;
  }
}

Result<bool> TextSearch::is_in(const Type& type, const RecordedEvent& event) const {
  TextWalk walk{*this, event.data};
  const bool found = walk.value(type);
  if (!found && !walk.ok())
    return failure(Error{Errc::corrupt_record, "read " + std::string{event.type}, std::string{event.stream},
                         "the data does not fit the schema under which it is stored: run verify", event.position});
  return found;
}

}  // namespace v1
}  // namespace eventstore
