#include "past_text.hpp"

#include <eventstore/schema/changes_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include <fmt/format.h>

#include <optional>

#include "cell.hpp"
#include "style.hpp"

namespace eventstore::terminal {
namespace {

std::string shown_text(JsonNode object, std::string_view name) {
  const auto found = object.find(name);
  return found ? cell_text(*found) : std::string{};
}

std::uint64_t number_of(JsonNode object, std::string_view name) {
  const auto found = object.find(name);
  return found ? static_cast<std::uint64_t>(found->integer()) : 0;
}

// A line for each change.
std::string with_changes(std::string text, JsonNode object) {
  const auto changes = object.find("changes");
  const auto before = changes ? changes->find("before") : std::nullopt;
  const auto after = changes ? changes->find("after") : std::nullopt;
  if (before && after)
    for (const auto& change : list_changes(*before, *after)) text += "\n  " + shown(change);
  return text;
}

Colour colour_of(std::string_view change) {
  if (change == "added") return Colour::green;
  return change == "removed" ? Colour::red : Colour::yellow;
}

// What an edit did, as the end of a sentence.
std::string edit_text(JsonNode edit) {
  const auto kind = shown_text(edit, "edit");
  const auto version = number_of(edit, "version");
  const auto type = shown_text(edit, "event_type");
  if (kind == "replace") return fmt::format("with version {} replaced, {}", version, type);
  if (kind == "insert") return fmt::format("with {} inserted at {}", type, version);
  return fmt::format("{} version {}, {}", kind, version, type);
}

}  // namespace

std::string what_if_text(const std::string& answer, bool coloured) {
  JsonDocument document;
  const auto root = document.parse(answer);
  if (!root) return answer;
  auto text = fmt::format("{}: {} events as recorded, {} as edited", shown_text(*root, "stream"),
                          number_of(*root, "versions"), number_of(*root, "edited_versions"));
  if (const auto first = root->find("first"))
    text += '\n' + with_changes(painted("first difference: " + edit_text(*first), Colour::bold, coloured), *first);
  const auto same = root->find("same");
  if (same && same->boolean()) return text + '\n' + painted("the same at the end", Colour::bold, coloured);
  const auto end = with_changes("", *root);
  if (text.ends_with(end)) return text + '\n' + painted("at the end: the same difference", Colour::bold, coloured);
  return text + '\n' + painted("at the end:", Colour::bold, coloured) + end;
}

std::string document_text(const std::string& document_json, bool coloured) {
  JsonDocument document;
  const auto root = document.parse(document_json);
  if (!root) return document_json;
  const auto change = root->find("change") ? shown_text(*root, "change") : shown_text(*root, "would_be");
  const auto share = root->find("share") ? " (the share of this stream)" : "";
  return with_changes(
      painted(change, colour_of(change), coloured) +
          fmt::format(" {} of {}{}", shown_text(*root, "document"), shown_text(*root, "organization_id"), share),
      *root);
}

std::string counts_text(const std::string& counts) {
  JsonDocument document;
  const auto root = document.parse(counts);
  if (!root) return counts;
  const auto name = root->find("collection") ? shown_text(*root, "collection") : shown_text(*root, "projection");
  if (root->find("error")) return name + ": " + shown_text(*root, "error");
  std::string text;
  for (const auto* const what : {"added", "removed", "changed"})
    if (const auto number = number_of(*root, what)) text += fmt::format("{} {}, ", number, what);
  return fmt::format("{}: {}{} the same", name, text, number_of(*root, "same"));
}

}  // namespace eventstore::terminal
