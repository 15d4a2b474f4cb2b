#include "log_index.hpp"

#include <algorithm>

namespace eventstore::inline v1 {

using format::Location;

void LogIndex::add_block(std::uint32_t number, std::shared_ptr<const Block> block) {
  auto grown = std::make_shared<Blocks>(*blocks_);
  grown->resize(std::max<std::size_t>(grown->size(), number));
  (*grown)[number - 1] = std::move(block);
  blocks_ = std::move(grown);
}

void LogIndex::add(Location commit) {
  const std::byte* const bytes = resolve(commit);
  const auto header = format::load<format::CommitHeader>(bytes);
  for (std::uint32_t at = sizeof header; at < header.length;) {
    const auto prefix = format::load<format::RecordPrefix>(bytes + at);
    if (prefix.kind == format::RecordKind::event) {
      add_event(bytes + at, Location{commit.value + at});
    } else {
      const auto schema = format::load<format::SchemaHeader>(bytes + at);
      if (!this->schema(SchemaId{schema.id}))
        schemas_.push_back({SchemaId{schema.id}, {bytes + at + sizeof schema, prefix.ordinal}});
    }
    at += prefix.length;
  }
}

void LogIndex::add(Damage damage) {
  for (auto position = head().next(); position <= damage.last; position = position.next()) {
    events_.emplace_back();
    ids_.skip_next();
  }
  damages_.push_back(std::move(damage));
}

void LogIndex::add_event(const std::byte* record, Location location) {
  const auto event = format::event_at(record);
  const auto hash = hash_of(event.stream);
  Stream& stream = stream_of(event, hash);
  stream.events.resize(event.version.value - 1);  // grows only where damage took versions
  stream.events.push_back(location);
  events_.push_back(location);
  ids_.put_next(id_hash(hash, event.id));
}

LogIndex::Stream& LogIndex::stream_of(const RecordedEvent& event, std::uint64_t hash) {
  if (const auto number = number_of(event.stream, hash); number != NameTable::none) return streams_[number];
  Stream& stream = streams_.emplace_back();
  stream.text = event.stream.data();
  stream.name_bytes = static_cast<std::uint16_t>(event.stream.size());
  stream.tenant_bytes = static_cast<std::uint16_t>(event.tenant.size());
  names_.put(hash, static_cast<std::uint32_t>(streams_.size() - 1),
             [&](std::uint32_t number) { return hash_of(streams_[number].name()); });
  return stream;
}

std::uint32_t LogIndex::number_of(std::string_view name, std::uint64_t hash) const {
  return names_.find(hash, [&](std::uint32_t number) { return streams_[number].name() == name; });
}

const LogIndex::Stream* LogIndex::find(std::string_view name) const {
  const auto number = number_of(name, hash_of(name));
  return number == NameTable::none ? nullptr : &streams_[number];
}

const std::byte* LogIndex::find(std::string_view stream, const EventId& id) const {
  const auto position = ids_.find(id_hash(hash_of(stream), id), [&](Position candidate) {
    if (at(candidate) == Location{}) return false;
    const auto event = format::event_at(resolve(at(candidate)));
    return event.id == id && event.stream == stream;
  });
  return position == Position{0} ? nullptr : resolve(at(position));
}

std::optional<BytesView> LogIndex::schema(const SchemaId& id) const {
  const auto found =
      std::find_if(schemas_.begin(), schemas_.end(), [&](const auto& schema) { return schema.id == id; });
  return found == schemas_.end() ? std::nullopt : std::optional{found->descriptor};
}

const Damage* LogIndex::damage_at(Position position) const {
  const auto found = std::find_if(damages_.begin(), damages_.end(), [&](const Damage& damage) {
    return damage.first <= position && position <= damage.last;
  });
  return found == damages_.end() ? nullptr : &*found;
}

const Damage* LogIndex::damage_past(const Stream* stream) const {
  if (damages_.empty()) return nullptr;
  // An event after the damage shows by its version what the damage took; without one nothing is known.
  const bool known = stream != nullptr && damages_.back().location < stream->events.back();
  return known ? nullptr : &damages_.back();
}

}  // namespace eventstore::inline v1
