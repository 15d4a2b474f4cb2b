#include "view.hpp"

#include <algorithm>

#include "name_table.hpp"

namespace eventstore::inline v1 {

using format::Location;

Result<const std::byte*> View::record(Location location) const {
  if (const auto* const known = known_record(location)) return known;
  return blocks[location.segment() - 1]->check(location.offset());
}

const TailIndex& View::tail_of(Position position) const {
  const auto after =
      std::partition_point(tails.begin(), tails.end(), [&](const auto& tail) { return tail->before() < position; });
  return **std::prev(after);
}

Result<Bound> View::bound(Position last) const {
  if (last == Position{0}) return Bound{};
  EVENTSTORE_TRY_ASSIGN(const auto location, at(last));
  // Damage at the very end hides nothing: everything that is known stands before it.
  return Bound{last, location == Location{} ? Location{~std::uint64_t{0}} : location};
}

Result<FoundStream> View::find(std::string_view name, std::uint64_t hash, const Bound& bound) const {
  FoundStream found;
  found.hash = hash;
  Location last{};
  for (const auto& tail : tails) {
    const auto* const stream = tail->find(name, hash);
    const auto count = stream == nullptr ? 0 : stream->events.size_up_to(bound.location);
    if (count == 0) continue;
    found.name = stream->name();
    found.tenant = stream->tenant();
    found.parts.push_back({stream->first_version, count, stream, tail.get()});
    last = stream->events[count - 1];
  }
  found.damage = damage_past(last);
  return found;
}

Result<void> View::locate(const FoundStream& stream, std::uint64_t first_version, std::span<Location> into) const {
  std::fill(into.begin(), into.end(), Location{});
  const auto end = first_version + into.size();
  for (const auto& part : stream.parts) {
    const auto from = std::max(first_version, part.first_version);
    const auto to = std::min(end, part.first_version + part.count);
    for (auto version = from; version < to; ++version)
      into[version - first_version] = part.tail->events[static_cast<std::uint32_t>(version - part.first_version)];
  }
  return {};
}

Result<Location> View::find_event(const FoundStream& stream, const EventId& id) const {
  const auto hash = event_id_hash(stream.hash, id);
  for (auto part = stream.parts.rbegin(); part != stream.parts.rend(); ++part) {
    const auto location = part->in->find_id(
        *part->tail, part->count, hash,
        [&](Location at) {
          const auto event = format::event_at(known_record(at));
          return event.id == id && event.stream == stream.name;
        },
        [&](Location at) {
          const auto event = format::event_at(known_record(at));
          return event_id_hash(hash_of(event.stream), event.id);
        });
    if (location != Location{}) return location;
  }
  return Location{};
}

Result<StreamInfo> View::info(const FoundStream& stream) const {
  const auto position_of = [&](std::uint64_t version) -> Result<Position> {
    Location location;
    EVENTSTORE_TRY(locate(stream, version, {&location, 1}));
    if (location == Location{}) return Position{0};
    EVENTSTORE_TRY_ASSIGN(const auto* const record, this->record(location));
    return format::event_at(record).position;
  };
  EVENTSTORE_TRY_ASSIGN(const auto first, position_of(1));
  EVENTSTORE_TRY_ASSIGN(const auto last, position_of(stream.head().value));
  return StreamInfo{std::string{stream.name}, std::string{stream.tenant}, stream.head(), first, last};
}

Result<std::optional<std::string>> View::name_after(std::string_view name, std::string_view prefix) const {
  std::optional<std::string> next;
  for (const auto& tail : tails) {
    const auto* const stream = tail->next_by_name(name, prefix);
    if (stream != nullptr && (!next || stream->name() < *next)) next = std::string{stream->name()};
  }
  return next;
}

const Damage* View::damage_at(Position position) const {
  const auto found = std::find_if(damages.begin(), damages.end(), [&](const Damage& damage) {
    return damage.first <= position && position <= damage.last;
  });
  return found == damages.end() ? nullptr : &*found;
}

const Damage* View::damage_past(Location last) const {
  // An event after the damage shows by its version what the damage took; without one nothing is known.
  const bool known = damages.empty() || damages.back().location < last;
  return known ? nullptr : &damages.back();
}

}  // namespace eventstore::inline v1
