#include "simulated_file.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t sector_bytes = SimulatedFile::sector_bytes;

constexpr std::size_t sectors_of(std::uint64_t bytes) { return (bytes + sector_bytes - 1) / sector_bytes; }

// Other threads may store to `from` at the same time, so it is read word by word.
bool copy_sector_where_changed(std::byte* from, std::byte* known) {
  bool has_changed = false;
  for (std::size_t at = 0; at < sector_bytes; at += sizeof(std::uint64_t)) {
    const auto now = std::atomic_ref{*reinterpret_cast<std::uint64_t*>(from + at)}.load(std::memory_order_relaxed);
    std::uint64_t before = 0;
    std::memcpy(&before, known + at, sizeof before);
    if (now == before) continue;
    std::memcpy(known + at, &now, sizeof now);
    has_changed = true;
  }
  return has_changed;
}

}  // namespace

void SimulatedFile::write(std::uint64_t offset, BytesView bytes, std::uint64_t& order,
                          std::optional<Betrayal> betrayal) {
  if (bytes.empty()) return;
  note_stores(order);
  const auto end = offset + bytes.size();
  memory_->touch(end);
  std::memcpy(memory_->data() + offset, bytes.data(), bytes.size());
  size_ = std::max(size_, end);
  if (is_watched_) {
    watched_.resize(sectors_of(size_) * sector_bytes);
    std::memcpy(watched_.data() + offset, bytes.data(), bytes.size());
  }
  note_write(offset / sector_bytes, sectors_of(end), order, betrayal);
}

void SimulatedFile::watch_stores() {
  if (is_watched_) return;
  is_watched_ = true;
  watched_.resize(sectors_of(size_) * sector_bytes);
  for (std::size_t at = 0; at < watched_.size(); at += sector_bytes)
    copy_sector_where_changed(memory_->data() + at, watched_.data() + at);
}

void SimulatedFile::note_stores(std::uint64_t& order) {
  if (!is_watched_) return;
  for (std::size_t sector = 0; sector < sectors_of(size_); ++sector) {
    const auto at = sector * sector_bytes;
    if (copy_sector_where_changed(memory_->data() + at, watched_.data() + at)) note_write(sector, sector + 1, order);
  }
}

void SimulatedFile::note_write(std::size_t first_sector, std::size_t end_sector, std::uint64_t& order,
                               std::optional<Betrayal> betrayal) {
  const auto* const cache = is_watched_ ? watched_.data() : memory_->data();
  Bytes sectors(cache + first_sector * sector_bytes, cache + end_sector * sector_bytes);
  unsynced_.push_back({first_sector, std::move(sectors), size_, ++order, betrayal});
}

void SimulatedFile::put_sector(const Write& write, std::size_t sector) {
  auto at = sector * sector_bytes;
  if (write.betrayal == Betrayal::lost && disk_.size() < write.size_after) disk_.resize(write.size_after);
  if (write.betrayal == Betrayal::lost) return;
  if (write.betrayal == Betrayal::misdirected) {
    const auto shift = write.bytes.size();
    at = write.first_sector >= write.sectors() ? at - shift : at + shift;
  }
  const auto end = std::min<std::size_t>(at + sector_bytes, write.size_after);
  if (end <= at) return;
  if (disk_.size() < end) disk_.resize(end);
  const auto* const from = write.bytes.data() + (sector - write.first_sector) * sector_bytes;
  std::memcpy(disk_.data() + at, from, std::min(disk_.size() - at, sector_bytes));
}

void SimulatedFile::put(const Write& write) {
  for (std::size_t i = 0; i < write.sectors(); ++i) put_sector(write, write.first_sector + i);
}

void SimulatedFile::sync() {
  for (const auto& write : unsynced_) put(write);
  unsynced_.clear();
}

void SimulatedFile::fail_sync(Random& random) {
  keep_sectors(random);
  unsynced_.clear();
}

// Each sector as it was after some number of the writes to it, and the size too.
void SimulatedFile::keep_sectors(Random& random) {
  if (unsynced_.empty()) return;
  const auto any_moment = [&](std::size_t writes) -> std::size_t {
    const auto drawn = random.below(100);
    return drawn < 35 ? 0 : drawn < 70 ? writes : random.below(writes + 1);
  };
  const auto moment = any_moment(unsynced_.size());
  const auto size = std::max<std::uint64_t>(disk_.size(), moment == 0 ? 0 : unsynced_[moment - 1].size_after);
  std::vector<std::size_t> kept(sectors_of(size_));
  for (const auto& write : unsynced_)
    for (std::size_t i = 0; i < write.sectors(); ++i) ++kept[write.first_sector + i];
  for (auto& writes : kept) writes = any_moment(writes);
  for (const auto& write : unsynced_)
    for (std::size_t sector = write.first_sector; sector < write.first_sector + write.sectors(); ++sector) {
      if (kept[sector] == 0) continue;
      --kept[sector];
      put_sector(write, sector);
    }
  // Otherwise the size follows from the sectors that were kept.
  if (random.chance(60)) disk_.resize(size);
}

void SimulatedFile::keep_writes(Random& random) {
  for (const auto& write : unsynced_)
    if (random.chance(50)) put(write);
}

void SimulatedFile::keep_until(std::uint64_t last_order, Random& random) {
  for (const auto& write : unsynced_) {
    if (write.order < last_order) put(write);
    if (write.order != last_order) continue;
    for (std::size_t i = 0; i < write.sectors(); ++i)
      if (random.chance(50)) put_sector(write, write.first_sector + i);
  }
}

void SimulatedFile::lose(const Cut& cut, Random& random) {
  switch (cut.loss) {
    case Loss::nothing: sync(); break;
    case Loss::everything: break;
    case Loss::sectors: keep_sectors(random); break;
    case Loss::writes: keep_writes(random); break;
    case Loss::tail: keep_until(cut.last_order, random); break;
  }
  unsynced_.clear();
  begin_anew(disk_);
}

void SimulatedFile::lose_neighbours(Random& random) {
  for (const auto& write : unsynced_) {
    if (!random.chance(50)) continue;
    const auto begin = std::min<std::size_t>(write.first_sector * sector_bytes / page_bytes * page_bytes, disk_.size());
    const auto written = (write.first_sector + write.sectors()) * sector_bytes;
    const auto end = std::min<std::size_t>((written + page_bytes - 1) / page_bytes * page_bytes, disk_.size());
    std::fill(disk_.begin() + static_cast<std::ptrdiff_t>(begin), disk_.begin() + static_cast<std::ptrdiff_t>(end),
              std::byte{0});
  }
}

void SimulatedFile::leave_maps_behind() {
  if (!is_watched_ && lost_.empty()) return;
  Bytes content{cached().begin(), cached().end()};
  for (const auto& [page, bytes] : lost_)
    std::copy(bytes.begin(), bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(page * page_bytes));
  begin_anew(content);
}

bool SimulatedFile::lose_page(std::uint64_t offset) {
  const auto page = offset / page_bytes;
  const auto begin = page * page_bytes;
  if (is_watched_ || offset >= size_ || lost_.contains(page)) return false;
  for (const auto& write : unsynced_)
    if (write.first_sector * sector_bytes < begin + page_bytes &&
        begin < (write.first_sector + write.sectors()) * sector_bytes)
      return false;
  auto* const from = memory_->data() + begin;
  const auto bytes = std::min<std::uint64_t>(page_bytes, size_ - begin);
  lost_.emplace(page, Bytes{from, from + bytes});
  std::memset(from, 0, bytes);
  return true;
}

bool SimulatedFile::has_lost(std::uint64_t offset, std::uint64_t bytes) const {
  const auto next = lost_.lower_bound(offset / page_bytes);
  return next != lost_.end() && next->first * page_bytes < offset + bytes;
}

void SimulatedFile::begin_anew(const Bytes& content) {
  is_watched_ = false;
  watched_.clear();
  lost_.clear();
  const bool is_mapped = memory_.use_count() > 1;
  if (is_mapped)
    memory_ = SimulatedMemory::make(memory_->bytes_max());
  else
    std::memset(memory_->data(), 0, size_);
  size_ = content.size();
  memory_->touch(size_);
  if (size_ > 0) std::memcpy(memory_->data(), content.data(), size_);
}

void SimulatedFile::drop_clean() {
  Bytes shown = disk_;
  shown.resize(sectors_of(size_) * sector_bytes);
  for (const auto& write : unsynced_)
    std::memcpy(shown.data() + write.first_sector * sector_bytes, write.bytes.data(), write.bytes.size());
  if (shown.empty()) return;
  std::memcpy(memory_->data(), shown.data(), shown.size());
  if (is_watched_) watched_ = shown;
}

void SimulatedFile::flip_bit(std::uint64_t offset, unsigned bit) {
  const auto mask = static_cast<std::byte>(1U << bit % 8);
  if (offset < size_) memory_->data()[offset] ^= mask;
  if (offset < disk_.size()) disk_[offset] ^= mask;
  if (offset < watched_.size()) watched_[offset] ^= mask;
}

}  // namespace v1
}  // namespace eventstore
