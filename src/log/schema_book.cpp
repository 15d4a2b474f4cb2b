#include "schema_book.hpp"

#include <algorithm>

namespace eventstore::inline v1 {

using format::Location;

void SchemaBook::add(const SchemaId& id, BytesView descriptor, Location location) {
  const std::lock_guard lock{mutex_};
  const bool is_known =
      std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.id == id; });
  if (!is_known) entries_.push_back({id, Bytes{descriptor.begin(), descriptor.end()}, location});
}

void SchemaBook::add_commit(const std::byte* commit, Location location) {
  const auto header = format::load<format::CommitHeader>(commit);
  if (header.record_count == header.event_count) return;
  // Schema records come first.
  for (std::uint32_t at = sizeof header; at < header.length;) {
    const auto prefix = format::load<format::RecordPrefix>(commit + at);
    if (prefix.kind != format::RecordKind::schema) return;
    const auto schema = format::load<format::SchemaHeader>(commit + at);
    add(SchemaId{schema.id}, {commit + at + sizeof schema, prefix.ordinal}, location);
    at += prefix.length;
  }
}

std::vector<SchemaRecord> SchemaBook::all(Location last) const {
  const std::lock_guard lock{mutex_};
  std::vector<SchemaRecord> records;
  for (const auto& entry : entries_)
    if (entry.location <= last) records.push_back({entry.id, entry.descriptor});
  return records;
}

std::optional<BytesView> SchemaBook::find(const SchemaId& id, Location last) const {
  const std::lock_guard lock{mutex_};
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.id == id && entry.location <= last; });
  return found == entries_.end() ? std::nullopt : std::optional{BytesView{found->descriptor}};
}

}  // namespace eventstore::inline v1
