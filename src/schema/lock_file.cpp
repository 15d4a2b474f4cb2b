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

bool parse_line(std::string_view line, LockedSchema& locked) {
  if (!take(line, "{")) return false;
  const auto number = std::from_chars(line.data(), line.data() + line.size(), locked.number);
  if (number.ec != std::errc{}) return false;
  line.remove_prefix(static_cast<std::size_t>(number.ptr - line.data()));
  return take(line, ", ") && take_quoted(line, locked.name) && take(line, ", ") && take_quoted(line, locked.digest) &&
         take(line, ", ") && take_quoted(line, locked.record) && line == "},";
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
    if (!parse_line(line, locked)) return wrong("expected {number, \"name\", \"digest\", \"{fields}\"},");
    if (locked.number != entries.size() + 1) return wrong(fmt::format("expected number {}", entries.size() + 1));
    auto schema = Schema::parse(std::string{locked.name} + std::string{locked.record});
    if (!schema) return wrong(schema.error().detail);
    if (schema->id.digest.to_string() != locked.digest)
      return wrong(fmt::format("the digest of this schema is {}", schema->id.digest.to_string()));
    entries.push_back({locked.number, std::move(*schema)});
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
  if (missing.empty()) return {};
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
  for (const auto& [number, schema] : entries)
    text += fmt::format("{{{}, \"{}\", \"{}\", \"{}\"}},\n", number, schema.name, schema.id.digest.to_string(),
                        schema.record_text());
  return text;
}

}  // namespace v1
}  // namespace eventstore
