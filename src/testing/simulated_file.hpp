#pragma once
// One file of a simulated disk: what the page cache holds, what is on the disk, and the writes between the two.
#include <eventstore/aggregate/random.hpp>
#include <eventstore/core/bytes.hpp>
#include <eventstore/testing/simulated_disk.hpp>
#include <map>

#include "simulated_memory.hpp"

namespace eventstore {
inline namespace v1 {

/// What a power cut does to all files alike.
struct Cut {
  Loss loss = Loss::nothing;
  std::uint64_t last_order = 0;  ///< Loss::tail: what has a higher number is lost, and this one is torn
};

/// Threads: one at a time; but other threads may write to mapped memory at the same time, by atomic stores.
class SimulatedFile {
 public:
  static constexpr std::size_t sector_bytes = 512;
  static constexpr std::size_t page_bytes = 4096;

  explicit SimulatedFile(std::shared_ptr<SimulatedMemory> memory) : memory_{std::move(memory)} {}

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] BytesView cached() const { return {memory_->data(), size_}; }
  [[nodiscard]] const Bytes& on_disk() const { return disk_; }
  [[nodiscard]] const std::shared_ptr<SimulatedMemory>& memory() const { return memory_; }

  /// `order` numbers all changes of the disk.
  void write(std::uint64_t offset, BytesView bytes, std::uint64_t& order, std::optional<Betrayal> betrayal = {});
  /// From now on what is stored to the memory is noticed.
  void watch_stores();
  /// Makes writes of what was stored to the memory since the last time.
  void note_stores(std::uint64_t& order);
  void sync();
  /// Some sectors reach the disk, and all are clean.
  void fail_sync(Random& random);
  /// Loses what the cut takes; the cache is what is on the disk then.
  void lose(const Cut& cut, Random& random);
  /// Before lose(): some blocks that an unsynced write is in lose what they had on the disk.
  void lose_neighbours(Random& random);
  /// What is stored through today's maps from now on is not seen in the file. Lost pages are there again.
  void leave_maps_behind();
  /// The cache shows the disk again but for what is unsynced.
  void drop_clean();
  void flip_bit(std::uint64_t offset, unsigned bit);
  /// Takes the page that has `offset` from the cache, which cannot read it again: it shows zeros. False where the page
  /// is not clean, or stores through maps are watched.
  bool lose_page(std::uint64_t offset);
  /// Whether a lost page has one of these bytes.
  [[nodiscard]] bool has_lost(std::uint64_t offset, std::uint64_t bytes) const;
  /// The number of the first unsynced write; `otherwise` where there is none.
  [[nodiscard]] std::uint64_t first_unsynced(std::uint64_t otherwise) const {
    return unsynced_.empty() ? otherwise : unsynced_.front().order;
  }

 private:
  // Whole sectors as they were after a write.
  struct Write {
    std::size_t first_sector;
    Bytes bytes;
    std::uint64_t size_after;
    std::uint64_t order;
    std::optional<Betrayal> betrayal;
    [[nodiscard]] std::size_t sectors() const { return bytes.size() / sector_bytes; }
  };

  void note_write(std::size_t first_sector, std::size_t end_sector, std::uint64_t& order,
                  std::optional<Betrayal> betrayal = {});
  void put_sector(const Write& write, std::size_t sector);
  void put(const Write& write);
  void keep_sectors(Random& random);
  void keep_writes(Random& random);
  void keep_until(std::uint64_t last_order, Random& random);
  void begin_anew(const Bytes& content);

  std::shared_ptr<SimulatedMemory> memory_;
  std::uint64_t size_ = 0;
  Bytes disk_;  // as long as the file is on the disk
  std::vector<Write> unsynced_;
  bool is_watched_ = false;
  Bytes watched_;                        // what the memory held when stores were last noted
  std::map<std::uint64_t, Bytes> lost_;  // by the number of the page: what it held
};

}  // namespace v1
}  // namespace eventstore
