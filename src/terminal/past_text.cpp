#include "past_text.hpp"

#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "cell.hpp"
#include "style.hpp"

namespace eventstore::terminal {
namespace {

std::string text_of(JsonNode object, std::string_view name) {
  const auto found = object.find(name);
  return found ? cell_text(*found) : std::string{};
}

std::uint64_t number_of(JsonNode object, std::string_view name) {
  const auto found = object.find(name);
  return found ? static_cast<std::uint64_t>(found->integer()) : 0;
}

// The elements of an array as JSON texts.
std::vector<std::string> elements_of(JsonNode array) {
  std::vector<std::string> elements;
  array.each_element([&](JsonNode element) {
    element.write(elements.emplace_back());
    return true;
  });
  return elements;
}

// {"3":…} of the elements behind the `prefix` and before the `suffix` that two lists have in common; null at the places
// that the longer one has alone.
std::string middle_of(const std::vector<std::string>& list, std::size_t prefix, std::size_t suffix,
                      std::size_t longer) {
  std::string text{"{"};
  for (auto i = prefix; i < longer - suffix; ++i)
    text += fmt::format("{}\"{}\":{}", i > prefix ? "," : "", i, i < list.size() - suffix ? list[i] : "null");
  return text + '}';
}

// Both sides of a list by what they do not share, as docs/reference/changes.md has it.
std::pair<std::string, std::string> list_sides(JsonNode before, JsonNode after) {
  const auto was = elements_of(before);
  const auto is = elements_of(after);
  const auto shorter = static_cast<std::ptrdiff_t>(std::min(was.size(), is.size()));
  const auto prefix = std::mismatch(was.begin(), was.begin() + shorter, is.begin()).first - was.begin();
  const auto suffix = std::mismatch(was.rbegin(), was.rbegin() + (shorter - prefix), is.rbegin()).first - was.rbegin();
  const auto side = [&](const auto& list) {
    return middle_of(list, static_cast<std::size_t>(prefix), static_cast<std::size_t>(suffix),
                     std::max(was.size(), is.size()));
  };
  return {side(was), side(is)};
}

// {"before":{"status":…},"after":{…}} of one field.
std::string changes_of_field(JsonNode before, JsonNode after, std::string_view name) {
  const auto was = before.find(name);
  const auto is = after.find(name);
  std::pair<std::string, std::string> sides;
  if (was && is && was->kind() == JsonKind::array && is->kind() == JsonKind::array) {
    sides = list_sides(*was, *is);
  } else {
    if (was) was->write(sides.first);
    if (is) is->write(sides.second);
  }
  std::string field;
  append_json_string(field, name);
  const auto object = [&](const std::string& value) { return value.empty() ? "{}" : "{" + field + ":" + value + "}"; };
  return R"({"before":)" + object(sides.first) + R"(,"after":)" + object(sides.second) + "}";
}

// A line for each field.
std::vector<std::string> changes_of(JsonNode changes) {
  const auto before = changes.find("before");
  const auto after = changes.find("after");
  std::vector<std::string> lines;
  if (!before || !after) return lines;
  JsonDocument document;
  const auto add = [&](std::string_view name) {
    if (const auto field = document.parse(changes_of_field(*before, *after, name))) lines.push_back(cell_text(*field));
    return true;
  };
  before->each_member([&](std::string_view name, JsonNode) { return add(name); });
  after->each_member([&](std::string_view name, JsonNode) { return before->find(name) ? true : add(name); });
  return lines;
}

std::string with_changes(std::string text, JsonNode object) {
  if (const auto changes = object.find("changes"))
    for (const auto& line : changes_of(*changes)) text += "\n  " + line;
  return text;
}

Colour colour_of(std::string_view change) {
  if (change == "added") return Colour::green;
  return change == "removed" ? Colour::red : Colour::yellow;
}

// What an edit did, as the end of a sentence.
std::string edit_text(JsonNode edit) {
  const auto kind = text_of(edit, "edit");
  const auto version = number_of(edit, "version");
  const auto type = text_of(edit, "event_type");
  if (kind == "replace") return fmt::format("with version {} replaced, {}", version, type);
  if (kind == "insert") return fmt::format("with {} inserted at {}", type, version);
  return fmt::format("{} version {}, {}", kind, version, type);
}

}  // namespace

std::string what_if_text(const std::string& answer, bool coloured) {
  JsonDocument document;
  const auto root = document.parse(answer);
  if (!root) return answer;
  auto text = fmt::format("{}: {} events as recorded, {} as edited", text_of(*root, "stream"),
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
  const auto change = root->find("change") ? text_of(*root, "change") : text_of(*root, "would_be");
  const auto share = root->find("share") ? " (the share of this stream)" : "";
  return with_changes(
      painted(change, colour_of(change), coloured) +
          fmt::format(" {} of {}{}", text_of(*root, "document"), text_of(*root, "organization_id"), share),
      *root);
}

std::string counts_text(const std::string& counts) {
  JsonDocument document;
  const auto root = document.parse(counts);
  if (!root) return counts;
  const auto name = root->find("collection") ? text_of(*root, "collection") : text_of(*root, "projection");
  if (root->find("error")) return name + ": " + text_of(*root, "error");
  std::string text;
  for (const auto* const what : {"added", "removed", "changed"})
    if (const auto number = number_of(*root, what)) text += fmt::format("{} {}, ", number, what);
  return fmt::format("{}: {}{} the same", name, text, number_of(*root, "same"));
}

}  // namespace eventstore::terminal
