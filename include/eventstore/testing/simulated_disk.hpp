#pragma once
// A disk in memory on which a test cuts the power. Writes that no sync has put on the disk may then be lost.
#include <array>
#include <eventstore/os/file_system.hpp>
#include <eventstore/testing/detail/file_call.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {

/// The fate of unsynced writes and unsynced changes of directories when the power fails.
enum class Loss : std::uint8_t {
  nothing,     ///< all had reached the disk
  everything,  ///< nothing had
  sectors,     ///< each sector as it was after any of the writes to it, or before them; sizes likewise
  writes,      ///< each write is there or not, whole and without regard to the order
  tail,        ///< what was done up to some moment is there, the last write of it torn
};

/// What a disk does with a write of which it says that it is done.
enum class Betrayal : std::uint8_t {
  lost,         ///< nothing: the sectors keep what they had
  misdirected,  ///< it writes the sectors over those that stand before them, or behind where there are none before
};

struct SimulatedDiskOptions {
  std::uint64_t seed = 1;
  std::optional<Loss> loss{};                                   ///< absent: chosen at random at each cut
  std::size_t file_bytes_max = std::size_t{256} * 1024 * 1024;  ///< address space for each file and for each map
  std::array<unsigned, file_calls> failures_in_10000{};         ///< by FileCall: how often a call fails by itself
  unsigned short_transfers_in_10000 = 0;                        ///< reads and writes that take a part
  unsigned flipped_reads_in_10000 = 0;                          ///< reads that give one bit wrong
  /// The disk copies on write: with set_free_bytes, a write over bytes that are there needs room too, for a moment.
  bool overwrites_need_space = false;
  /// A sync of a directory that fails (EINTR apart) loses the changes of files' names that it was to put on the disk,
  /// and later syncs succeed without them: a power cut takes them back, unless the names were changed again. While the
  /// run goes on: when all its programs have ended, the system tries again.
  bool directory_errors_are_told_once = false;
  /// The disk reads, changes and writes blocks of 4096 bytes: a power cut during a write may take what else the blocks
  /// of the write have, although it was synced.
  bool loses_neighbours = false;
};

/// The same seed and the same calls give the same answers and the same losses.
///
/// A *run* is the time between starts of the programs that use the disk: it ends with a power cut, or with the end of
/// all programs while the machine stays up. After that every call through a file that was opened in it fails, and its
/// locks are free.
///
/// Files. Reads, writes and maps share one page cache, by sectors of 512 bytes. A sync puts the cache on the disk. A
/// sync that fails (EINTR apart, which does nothing) leaves some sectors on the disk and some not, and all of them
/// clean: the cache keeps showing them, and no later sync writes them unless they are written again. A store through a
/// map is an unsynced write. At a power cut each unsynced write is kept, lost or torn, as `Loss` says; a sector is
/// never torn. A file's size is kept or not by itself, so that zeros may stand where bytes were lost.
///
/// Directories. Creating, renaming and removing change the cache; the directory's sync puts them on the disk, and
/// syncing the file does not: a synced file whose name was not may be gone, and a removed one may be back. A rename has
/// happened or has not. A sync of a directory that fails leaves its changes unsynced, unless an option says otherwise.
///
/// Bits flip only in the bytes of read_some, never in mapped memory, so a check of a map stays valid.
///
/// Threads: every member from any thread. Lifetime: maps and files may outlive the disk. A map is valid memory as long
/// as it is held, after the file is removed and after the run too, but then no other map sees its stores. Cost: below a
/// microsecond for each call, and a copy of the written bytes.
class SimulatedDisk final : public FileSystem {
 public:
  explicit SimulatedDisk(SimulatedDiskOptions options = {});
  ~SimulatedDisk() override;

  /// Cuts the power now.
  void cut_power();
  /// Cuts the power at the `nth` change from now on (1: the next), which happens in part or not at all. A change is a
  /// call that may write; a cut anywhere else is the same as at the next change.
  void cut_power_after(std::uint64_t nth);
  /// Ends all programs now: nothing unsynced is lost, and nothing more is on the disk than before.
  void end_run();
  /// Likewise at the `nth` change from now on.
  void end_run_after(std::uint64_t nth);
  /// Forgets cut_power_after and end_run_after.
  void never_stop();
  /// The cache forgets clean sectors and reads them again from the disk. So the writes of a failed sync are lost
  /// although the machine stayed up. Best between runs: a program that has it mapped sees its bytes change.
  void drop_caches();
  [[nodiscard]] bool is_running() const;
  /// Begins the next run; after a power cut with another boot id.
  void restart();
  /// The number of changes, failed ones too.
  [[nodiscard]] std::uint64_t changes() const;
  /// A digest of all calls and their outcome, without the bytes: two runs with the same calls have the same digest.
  [[nodiscard]] std::uint64_t trace() const;

  /// The `nth` call of this kind from now on, and `times` - 1 after it, fail with `os_errno`; one plan for each kind of
  /// call. A write that fails may have written a part. Opening counts where it may write.
  void fail(FileCall call, int nth, int os_errno, int times = 1);
  void heal();
  /// Whether failures_in_10000 holds; it does at first.
  void set_random_failures(bool are_on);
  /// The number of calls that failed while the run continued.
  [[nodiscard]] std::uint64_t failures() const;
  /// The number of bytes by which files may still grow before the disk is full; absent: no limit.
  void set_free_bytes(std::optional<std::uint64_t> bytes);

  /// The contents of a file in the cache. Errors: not_found.
  [[nodiscard]] Result<Bytes> cached(const std::string& path) const;
  /// The part of a file that is surely on the disk, under the same name. Errors: not_found.
  [[nodiscard]] Result<Bytes> on_disk(const std::string& path) const;
  /// Rot: changes one bit in the cache and on the disk. Errors: not_found.
  Result<void> flip_bit(const std::string& path, std::uint64_t offset, unsigned bit);
  /// The disk betrays the `nth` write to a file from now on (1: the next) when it is synced. The cache shows what was
  /// written until it is dropped, or the power fails.
  void betray_write(std::uint64_t nth, Betrayal how);
  /// The cache drops the page of 4096 bytes that has `offset`, and the disk cannot read it again until the run is over:
  /// calls that read or write there fail with EIO, and maps show zeros and have failed. False, and nothing is done,
  /// where there is no such file, a part of the page is unsynced, or the file is mapped for writing.
  bool lose_page(const std::string& path, std::uint64_t offset);

  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<void> make_directories(const std::string& directory) override;
  Result<void> sync_directory(const std::string& directory) override;
  std::string boot_id() override;
  std::string process_name() override;

 private:
  class OpenFile;
  class Machine;
  std::shared_ptr<Machine> machine_;
};

}  // namespace v1
}  // namespace eventstore
