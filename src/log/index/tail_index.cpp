#include "tail_index.hpp"

#include <algorithm>

namespace eventstore::engine {

using format::Location;

Location LocationList::operator[](std::uint32_t index) const {
  if (index < own_capacity) return own_[index];
  index -= own_capacity;
  const Chunk* chunk = first_;
  for (; index >= chunk->capacity; chunk = chunk->next) index -= chunk->capacity;
  return chunk->items[index];
}

void LocationList::push_back(Location location, Arena& arena) {
  const auto size = size_.load(std::memory_order_relaxed);
  if (size == room_) {
    auto* const chunk = arena.make<Chunk>();
    chunk->capacity = room_;
    chunk->items = arena.make_array<Location>(chunk->capacity);
    (last_ == nullptr ? first_ : last_->next) = chunk;
    last_ = chunk;
    room_ += chunk->capacity;
  }
  if (size < own_capacity)
    own_[size] = location;
  else
    last_->items[size - (room_ - last_->capacity)] = location;
  size_.store(size + 1, std::memory_order_release);
}

std::uint32_t LocationList::size_up_to(Location last) const {
  auto end = size();
  if (end == 0 || last == format::past_all || (*this)[end - 1] <= last) return end;
  std::uint32_t begin = 0;
  while (begin < end) {
    const auto middle = begin + (end - begin) / 2;
    if ((*this)[middle] <= last)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin;
}

/// An open-addressing table of streams: in a slot the address, and above it 16 bits of the hash; 0 where free.
struct TailIndex::Slots {
  explicit Slots(std::size_t count) : mask{count - 1}, slots{std::make_unique<std::atomic<std::uint64_t>[]>(count)} {}

  static constexpr unsigned address_bits = 48;
  static std::uint64_t tag_of(std::uint64_t hash) { return hash >> address_bits << address_bits; }

  std::size_t mask;
  std::unique_ptr<std::atomic<std::uint64_t>[]> slots;
};

TailIndex::TailIndex(Position before, const Hashing& hashing) : before_{before}, hashing_{hashing} {}
TailIndex::~TailIndex() = default;

const TailIndex::Stream* TailIndex::find(std::string_view name, std::uint64_t hash) const {
  const auto* const table = slots_.load(std::memory_order_acquire);
  if (table == nullptr) return nullptr;
  for (auto at = hash & table->mask;; at = (at + 1) & table->mask) {
    const auto slot = table->slots[at].load(std::memory_order_acquire);
    if (slot == 0) return nullptr;
    if (((slot ^ hash) >> Slots::address_bits) != 0) continue;
    const auto* const stream = reinterpret_cast<const Stream*>(slot - Slots::tag_of(slot));
    if (stream->hash == hash && stream->name() == name) return stream;
  }
}

void TailIndex::prefetch(std::uint64_t hash) const {
  if (const auto* const table = slots_.load(std::memory_order_acquire))
    __builtin_prefetch(&table->slots[hash & table->mask]);
}

void TailIndex::prefetch_stream(std::uint64_t hash) const {
  const auto* const table = slots_.load(std::memory_order_acquire);
  if (table == nullptr) return;
  const auto slot = table->slots[hash & table->mask].load(std::memory_order_acquire);
  if (slot == 0) return;
  const auto* const stream = reinterpret_cast<const std::byte*>(slot - Slots::tag_of(slot));
  for (std::size_t line = 0; line < sizeof(Stream) + 64; line += 64) __builtin_prefetch(stream + line);  // and its name
}

TailIndex::Stream& TailIndex::add_stream(const RecordedEvent& event, std::uint64_t hash) {
  auto& stream = *arena_.make<Stream>();
  auto* const text = arena_.make_array<char>(event.stream.size() + event.organization.size());
  std::copy(event.organization.begin(), event.organization.end(),
            std::copy(event.stream.begin(), event.stream.end(), text));
  stream.text = text;
  stream.hash = hash;
  stream.name_bytes = static_cast<std::uint16_t>(event.stream.size());
  stream.organization_bytes = static_cast<std::uint16_t>(event.organization.size());
  stream.first_version = event.version.value;
  auto* table = slots_.load(std::memory_order_relaxed);
  if (table == nullptr || (streams_.size() + 1) * 3 > (table->mask + 1) * 2) table = &grow();
  streams_.push_back(&stream);
  insert(*table, stream);
  stream_count_.store(streams_.size(), std::memory_order_release);
  return stream;
}

void TailIndex::insert(Slots& table, Stream& stream) {
  auto at = stream.hash & table.mask;
  while (table.slots[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & table.mask;
  table.slots[at].store(reinterpret_cast<std::uint64_t>(&stream) | Slots::tag_of(stream.hash),
                        std::memory_order_release);
}

TailIndex::Slots& TailIndex::grow() {
  const auto* const table = slots_.load(std::memory_order_relaxed);
  auto& grown = *all_slots_.emplace_back(std::make_unique<Slots>(table == nullptr ? 64 : (table->mask + 1) * 2));
  for (std::size_t i = 0; i < streams_.size(); ++i) insert(grown, *streams_[i]);
  slots_.store(&grown, std::memory_order_release);
  return grown;
}

void TailIndex::add(Stream& stream, Location location, std::uint64_t id_hash) {
  locations_.push_back(location);
  stream.ids.put(id_hash);
  stream.events.push_back(location, arena_);
  count_.store(locations_.size(), std::memory_order_release);
}

void OutcomeTable::add(std::uint64_t hash, Location record) {
  const std::lock_guard lock{mutex_};
  if (entries_.empty() || entries_.back().location < record) entries_.push_back({hash, record});
  for (; numbered_ < entries_.size(); ++numbered_)
    numbers_.put(entries_[numbered_].hash, numbered_, [&](std::uint32_t earlier) { return entries_[earlier].hash; });
}

void TailIndex::add_outcomes(const std::byte* commit, Location location) {
  format::each_outcome(commit, [&](const std::byte* record, std::uint32_t distance) {
    const auto outcome = format::outcome_at(record);
    outcomes_.add(hashing_.id(outcome.stream, outcome.command_id), Location{location.value + distance});
  });
}

// Memory may run out at any place. So each step asks what an earlier call has added already.
void TailIndex::add_commit(const std::byte* commit, Location location) {
  add_outcomes(commit, location);
  format::each_event(commit, [&](const std::byte* record, std::uint32_t distance) {
    const auto event = format::event_at(record);
    if (event.position <= last()) return;
    const auto hash = hashing_.name(event.stream);
    auto* const known = find(event.stream, hash);
    auto& stream = known == nullptr ? add_stream(event, hash) : *known;
    while (stream.first_version + stream.events.size() < event.version.value)
      stream.events.push_back(Location{}, arena_);  // versions that damage took
    const Location place{location.value + distance};
    stream.ids.put(hashing_.id(hash, event.id.uuid));
    const auto next_version = stream.first_version + stream.events.size();
    if (next_version == event.version.value)
      stream.events.push_back(place, arena_);
    else if (stream.events[static_cast<std::uint32_t>(event.version.value - stream.first_version)] != place)
      misplaced_ = misplaced_.value_or(place);
    locations_.push_back(place);
    count_.store(locations_.size(), std::memory_order_release);
  });
}

void TailIndex::add_lost(Position position) {
  while (last() < position) locations_.push_back(Location{});
  count_.store(locations_.size(), std::memory_order_release);
}

const TailIndex::Stream* TailIndex::next_by_name(std::string_view name, std::string_view prefix) const {
  const auto by_names = [](const Stream* a, const Stream* b) { return a->name() < b->name(); };
  const std::lock_guard lock{names_mutex_};
  const auto known = sorted_.size();
  const auto count = stream_count_.load(std::memory_order_acquire);
  for (auto i = known; i < count; ++i) sorted_.push_back(streams_[i]);
  if (known < count) {
    const auto fresh = sorted_.begin() + static_cast<std::ptrdiff_t>(known);
    std::sort(fresh, sorted_.end(), by_names);
    std::inplace_merge(sorted_.begin(), fresh, sorted_.end(), by_names);
  }
  const auto found = std::partition_point(sorted_.begin(), sorted_.end(), [&](const Stream* stream) {
    return stream->name() < prefix || (!name.empty() && stream->name() <= name);
  });
  return found == sorted_.end() ? nullptr : *found;
}

}  // namespace eventstore::engine
