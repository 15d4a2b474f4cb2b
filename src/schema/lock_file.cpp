#include <eventstore/schema/detail/first_defaults.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/lock_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace eventstore {
inline namespace v1 {
namespace {

// Takes `expected` off the front of `text`.
bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

// A text in quotes. There is no escape, because no name has a quote in it.
bool take_quoted(std::string_view& text, std::string_view& quoted) {
  if (!take(text, "\"")) return false;
  const auto end = text.find('"');
  if (end == std::string_view::npos) return false;
  quoted = text.substr(0, end);
  text.remove_prefix(end + 1);
  return true;
}

constexpr std::string_view raw_begin = "R\"(";
constexpr std::string_view raw_end = ")\"";

// The last part of a line, which earlier files are without: a raw string of C++.
bool take_defaults(std::string_view& text, std::string_view& defaults) {
  if (!take(text, ", ")) return true;
  if (!take(text, raw_begin)) return false;
  const auto end = text.find(raw_end);
  if (end == std::string_view::npos) return false;
  defaults = text.substr(0, end);
  text.remove_prefix(end + raw_end.size());
  return true;
}

// As the content of a raw string, which `)"` would end: in JSON, that stands in a text alone.
std::string as_raw(std::string json) {
  for (auto at = json.find(raw_end); at != std::string::npos; at = json.find(raw_end, at))
    json.replace(at, 1, "\\u0029");
  return json;
}

bool is_object(std::string_view json) {
  JsonDocument document;
  const auto root = document.parse(json);
  return root && root->kind() == JsonKind::object;
}

bool parse_line(std::string_view line, LockedSchema& locked) {
  if (!take(line, "{")) return false;
  const auto number = std::from_chars(line.data(), line.data() + line.size(), locked.number);
  if (number.ec != std::errc{}) return false;
  line.remove_prefix(static_cast<std::size_t>(number.ptr - line.data()));
  return take(line, ", ") && take_quoted(line, locked.name) && take(line, ", ") && take_quoted(line, locked.digest) &&
         take(line, ", ") && take_quoted(line, locked.record) && take_defaults(line, locked.defaults) && line == "},";
}

}  // namespace

Result<std::vector<LockEntry>> parse_lock(std::string_view text) {
  std::vector<LockEntry> entries;
  std::size_t line_number = 0;
  const auto wrong = [&](std::string reason) {
    return failure(Errc::corrupt_record, "read schemas.lock", fmt::format("line {}", line_number), std::move(reason));
  };
  while (!text.empty()) {
    ++line_number;
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty() || line.starts_with("//")) continue;
    LockedSchema locked{};
    if (!parse_line(line, locked))
      return wrong("expected {number, \"name\", \"digest\", \"{fields}\", R\"({defaults})\"},");
    if (locked.number != entries.size() + 1) return wrong(fmt::format("expected number {}", entries.size() + 1));
    auto schema = Schema::parse(std::string{locked.name} + std::string{locked.record});
    if (!schema) return wrong(schema.error().detail);
    if (schema->id.digest.to_string() != locked.digest)
      return wrong(fmt::format("the digest of this schema is {}", schema->id.digest.to_string()));
    if (!locked.defaults.empty() && !is_object(locked.defaults)) return wrong("the defaults are no JSON object");
    auto& entry = entries.emplace_back(LockEntry{locked.number, std::move(*schema)});
    if (!locked.defaults.empty()) entry.defaults = locked.defaults;
  }
  return entries;
}

Result<void> check_all_locked(std::string_view text, std::span<const Schema* const> current) {
  EVENTSTORE_TRY_ASSIGN(const auto entries, parse_lock(text));
  std::string missing;
  for (const auto* const schema : current) {
    const auto is_it = [&](const LockEntry& entry) { return entry.schema.id == schema->id; };
    if (std::none_of(entries.begin(), entries.end(), is_it)) missing += (missing.empty() ? "" : ", ") + schema->name;
  }
  std::string changed;
  for (const auto* const schema : current)
    for (const auto& sentence : ask_first_defaults(entries, *schema))
      changed += fmt::format("{}{}: {}", changed.empty() ? "" : "; ", schema->name, sentence);
  if (missing.empty() && changed.empty()) return {};
  if (missing.empty()) return failure(Errc::unreadable_schema, "check schemas.lock", "", std::move(changed));
  return failure(Errc::unreadable_schema, "check schemas.lock", "",
                 fmt::format("{}: the schema of today is not locked: run `eventstore schema lock`, read the changes "
                             "that it prints, and commit the file with the code",
                             missing));
}

std::string write_lock(std::string_view category, const std::vector<LockEntry>& entries) {
  std::string text = fmt::format(
      "// The schemas under which events of `{}` were ever written, in the order in which they were met.\n"
      "// Made by `eventstore schema lock`, and kept with the code: docs/guide/evolution.md.\n",
      category);
  for (const auto& [number, schema, defaults] : entries) {
    text += fmt::format("{{{}, \"{}\", \"{}\", \"{}\"", number, schema.name, schema.id.digest.to_string(),
                        schema.record_text());
    if (defaults) text += fmt::format(", {}{}{}", raw_begin, as_raw(*defaults), raw_end);
    text += "},\n";
  }
  return text;
}

}  // namespace v1
}  // namespace eventstore
