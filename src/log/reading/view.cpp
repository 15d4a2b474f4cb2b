#include "view.hpp"

#include <algorithm>

#include "../containers/name_table.hpp"

namespace eventstore::engine {

using format::Location;

Position View::last() const {
  if (!tails.empty()) return tails.back()->last();
  return segments.empty() ? expired_last() : segments.back()->last();
}

Result<const std::byte*> View::record(Location location, format::RecordKind kind) const {
  const auto number = location.segment();
  if (location < covered_end && number < segments.front()->number())
    return failure(Errc::corrupt_record, "read", {}, "an index file names a place before the first segment");
  const auto& block = *blocks[number - 1];
  if (location >= covered_end && !block.has_failed()) return block.at(location.offset());
  if (location >= covered_end) return block.check(location.offset(), ~std::uint64_t{0}, kind);
  return block.check(location.offset(), segments[number - segments.front()->number()]->place().end, kind);
}

const IndexedSegment* View::segment_of(Position position) const {
  if (segments.empty() || segments.back()->last() < position || position < segments.front()->first()) return nullptr;
  const auto after = std::partition_point(segments.begin(), segments.end(),
                                          [&](const auto& segment) { return segment->first() <= position; });
  return std::prev(after)->get();
}

Result<void> View::locate(Position first, std::span<Location> into) const {
  if (!into.empty() && first <= expired_last()) return failure(expired->error_at(first));
  while (!into.empty()) {
    if (const auto* const segment = segment_of(first)) {
      EVENTSTORE_TRY_ASSIGN(const auto* const index, segment->index());
      const auto ordinal = first.value - segment->first().value;
      if (ordinal >= segment->place().count) {  // between two segments: damage took it
        into.front() = Location{};
        into = into.subspan(1);
        first = Position{first.value + 1};
        continue;
      }
      const auto count = std::min<std::uint64_t>(into.size(), segment->place().count - ordinal);
      EVENTSTORE_TRY_ASSIGN(const auto offsets, index->offsets(ordinal, count));
      for (std::size_t i = 0; i < count; ++i)
        into[i] = offsets[i] == 0 ? Location{} : Location{segment->number(), offsets[i]};
      into = into.subspan(count);
      first = Position{first.value + count};
      continue;
    }
    const auto after =
        std::partition_point(tails.begin(), tails.end(), [&](const auto& tail) { return tail->before() < first; });
    const auto& tail = **std::prev(after);
    const auto end = after == tails.end() ? first.value + into.size() : (*after)->before().value + 1;
    const auto count = std::min<std::uint64_t>(into.size(), end - first.value);
    for (std::size_t i = 0; i < count; ++i) into[i] = tail.at(Position{first.value + i});
    into = into.subspan(count);
    first = Position{first.value + count};
  }
  return {};
}

Result<Location> View::at(Position position) const {
  Location location;
  EVENTSTORE_TRY(locate(position, {&location, 1}));
  return location;
}

Result<Bound> View::bound(Position last) const {
  if (last == Position{0}) return Bound{};
  if (last <= expired_last()) return Bound{last, Location{expired->last_segment(), expired->header.end}};
  // All events in index files have been published.
  if (!segments.empty() && last <= segments.back()->last())
    return Bound{last, Location{segments.back()->number(), static_cast<std::uint32_t>(segments.back()->place().end)}};
  EVENTSTORE_TRY_ASSIGN(const auto location, at(last));
  return Bound{last, location == Location{} ? format::past_all : location};
}

Result<FoundStream> View::find(std::string_view name, std::uint64_t hash, const Bound& bound) const {
  FoundStream found;
  found.hash = hash;
  // From the newest on: most streams stand in one place, and where version 1 is found nothing comes before it.
  const auto is_whole = [&] { return !found.parts.empty() && found.parts.back().first_version == 1; };
  for (auto tail = tails.rbegin(); tail != tails.rend() && !is_whole(); ++tail) {
    auto* const stream = (*tail)->find(name, hash);
    const auto count = stream == nullptr ? 0 : stream->events.size_up_to(bound.location);
    if (count == 0) continue;
    found.name = stream->name();
    found.organization = stream->organization();
    found.parts.push_back({stream->first_version, count, stream, tail->get(), nullptr, {}});
  }
  for (auto slot = tables.rbegin(); slot != tables.rend() && !is_whole(); ++slot) {
    EVENTSTORE_TRY_ASSIGN(const auto* const table, (*slot)->table());
    EVENTSTORE_TRY_ASSIGN(const auto entry, table->find(name, hash));
    if (!entry) continue;
    found.name = entry->name;
    found.organization = entry->organization;
    const auto count = entry->last.value - entry->first.value + 1;
    found.parts.push_back({entry->first.value, count, nullptr, nullptr, table, *entry});
  }
  if (expired != nullptr && !is_whole()) {
    EVENTSTORE_TRY_ASSIGN(const auto entry, expired->streams->find(name, hash));
    if (entry) {
      found.name = entry->name;
      found.organization = entry->organization;
      found.expired = entry->last;
      found.expired_first = entry->first_position;
      found.expired_last = entry->last_position;
    }
  }
  std::reverse(found.parts.begin(), found.parts.end());
  if (damages->is_empty()) return found;
  Location last{};
  if (!found.parts.empty()) EVENTSTORE_TRY(locate(found, found.head().value, {&last, 1}));
  if (auto damage = damages->past(last)) found.damage = std::make_unique<Error>(std::move(*damage));
  return found;
}

Result<void> View::locate(const FoundStream& stream, std::uint64_t first_version, std::span<Location> into) const {
  const auto end = first_version + into.size();
  if (stream.parts.empty() || stream.parts.front().first_version != 1 || !damages->is_empty())
    std::fill(into.begin(), into.end(), Location{});  // not all need be there
  for (const auto& part : stream.parts) {
    const auto from = std::max(first_version, part.first_version);
    const auto to = std::min(end, part.first_version + part.count);
    if (from >= to) continue;
    const auto out = into.subspan(from - first_version, to - from);
    if (part.table != nullptr) {
      EVENTSTORE_TRY_ASSIGN(const auto locations, part.table->locations(part.entry, Version{from}, to - from));
      std::copy(locations.begin(), locations.end(), out.begin());
    } else {
      for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = part.in_tail->events[static_cast<std::uint32_t>(from - part.first_version + i)];
    }
  }
  return {};
}

bool View::has_failed_tail() const {
  const auto count = std::min(tails.size(), blocks.size());
  return std::any_of(blocks.end() - static_cast<std::ptrdiff_t>(count), blocks.end(),
                     [](const auto& block) { return block != nullptr && block->has_failed(); });
}

// One by one: the index would compare with zeros.
template <class IsIt> Result<Location> View::find_by_checking(const FoundStream::Part& part, IsIt is_it) const {
  for (std::uint32_t i = 0; i < part.count; ++i) {
    const auto location = part.in_tail->events[i];
    if (location == Location{}) continue;
    EVENTSTORE_TRY_ASSIGN(const auto* const found, record(location));
    if (is_it(found)) return location;
  }
  return Location{};
}

Result<Location> View::find_event(const FoundStream& stream, const EventId& id, std::uint64_t hash) const {
  const auto is_it = [&](const std::byte* record) {
    return EventId{format::load<format::EventHeader>(record).id} == id &&
           format::event_at(record).stream == stream.name;
  };
  for (auto part = stream.parts.rbegin(); part != stream.parts.rend(); ++part) {
    if (part->table != nullptr) {
      EVENTSTORE_TRY_ASSIGN(const auto candidates, part->table->candidates(stream.name, id.uuid, hash));
      for (const auto& candidate : candidates) {
        if (candidate.is_outcome()) {
          EVENTSTORE_TRY(record(candidate.record(), format::RecordKind::outcome));  // it is what the table says
          continue;
        }
        EVENTSTORE_TRY_ASSIGN(const auto* const found, record(candidate.location));
        if (is_it(found)) return candidate.location;
        const auto event = format::event_at(found);
        if (hashing.id(event.stream, event.id.uuid) != hash) return failure(misplaced(candidate.location, true));
      }
      continue;
    }
    if (has_failed_tail()) {
      EVENTSTORE_TRY_ASSIGN(const auto checked, find_by_checking(*part, is_it));
      if (checked != Location{}) return checked;
      continue;
    }
    const auto location = part->tail->find_id(
        *part->in_tail, static_cast<std::uint32_t>(part->count), hash, [&](Location at) { return is_it(in_tail(at)); },
        [&](Location at) {
          const auto event = format::event_at(in_tail(at));
          return hashing.id(event.stream, event.id.uuid);
        });
    if (location != Location{}) return location;
  }
  return Location{};
}

Result<Location> View::find_outcome(std::string_view stream, std::uint64_t stream_hash, const Uuid& command_id,
                                    Location end) const {
  const auto hash = hashing.id(stream_hash, command_id);
  const auto is_it = [&](const format::OutcomeView& outcome) {
    return outcome.command_id == command_id && outcome.stream == stream;
  };
  for (auto tail = tails.rbegin(); tail != tails.rend(); ++tail) {
    const auto location =
        (*tail)->find_outcome(hash, [&](Location at) { return at < end && is_it(format::outcome_at(in_tail(at))); });
    if (location != Location{}) return location;
  }
  if (has_failed_tail()) return failure(unreadable("find outcome"));
  for (auto slot = tables.rbegin(); slot != tables.rend(); ++slot) {
    EVENTSTORE_TRY_ASSIGN(const auto* const table, (*slot)->table());
    EVENTSTORE_TRY_ASSIGN(const auto candidates, table->candidates(stream, command_id, hash));
    for (const auto& candidate : candidates) {
      if (!candidate.is_outcome()) {
        EVENTSTORE_TRY(record(candidate.location));  // likewise
        continue;
      }
      EVENTSTORE_TRY_ASSIGN(const auto* const found, record(candidate.record(), format::RecordKind::outcome));
      const auto outcome = format::outcome_at(found);
      if (is_it(outcome)) return candidate.record();
      if (hashing.id(outcome.stream, outcome.command_id) != hash) return failure(misplaced(candidate.record(), true));
    }
  }
  return Location{};
}

Result<StreamInfo> View::info(const FoundStream& stream) const {
  const auto position_of = [&](std::uint64_t version) -> Result<Position> {
    Location location;
    EVENTSTORE_TRY(locate(stream, version, {&location, 1}));
    if (location == Location{}) return Position{0};
    EVENTSTORE_TRY_ASSIGN(const auto* const record, this->record(location));
    const auto event = format::event_at(record);
    if (event.stream != stream.name || event.version.value != version) return failure(misplaced(location, true));
    return event.position;
  };
  auto first = stream.expired_first;
  auto last = stream.expired_last;
  if (stream.expired == Version{0}) {
    EVENTSTORE_TRY_ASSIGN(first, position_of(1));
  }
  if (!stream.parts.empty()) {
    EVENTSTORE_TRY_ASSIGN(last, position_of(stream.head().value));
  }
  return StreamInfo{std::string{stream.name}, std::string{stream.organization}, stream.head(), first, last};
}

Result<std::optional<std::string>> View::name_after(std::string_view name, std::string_view prefix) const {
  std::optional<std::string> next;
  const auto consider = [&](std::string_view candidate) {
    if (!next || candidate < *next) next = std::string{candidate};
  };
  const auto consider_table = [&](const Table& table) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(auto rank, table.lower_bound(std::max(name, prefix)));
    if (rank == table.stream_count()) return {};
    EVENTSTORE_TRY_ASSIGN(auto entry, table.entry_by_rank(rank));
    if (!name.empty() && entry.name == name) {
      if (++rank == table.stream_count()) return {};
      EVENTSTORE_TRY_ASSIGN(entry, table.entry_by_rank(rank));
    }
    consider(entry.name);
    return {};
  };
  if (expired != nullptr) EVENTSTORE_TRY(consider_table(*expired->streams));
  for (const auto& slot : tables) {
    EVENTSTORE_TRY_ASSIGN(const auto* const table, slot->table());
    EVENTSTORE_TRY(consider_table(*table));
  }
  for (const auto& tail : tails)
    if (const auto* const stream = tail->next_by_name(name, prefix)) consider(stream->name());
  return next;
}

}  // namespace eventstore::engine
