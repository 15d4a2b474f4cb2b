#pragma once
// Private to the layer: an open key store, with one connection that reads and one that writes.
#include <atomic>
#include <condition_variable>
#include <eventstore/security/sqlite_key_store.hpp>
#include <functional>
#include <mutex>

#include "key_file.hpp"
#include "key_rows.hpp"

namespace eventstore::security {

/// Threads: any. Whoever needs both locks takes `writing` first.
class OpenedKeys {
 public:
  explicit OpenedKeys(KeyStoreOptions options);
  OpenedKeys(const OpenedKeys&) = delete;
  OpenedKeys& operator=(const OpenedKeys&) = delete;
  ~OpenedKeys();

  [[nodiscard]] const KeyStoreOptions& options() const { return options_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string made_master_key() const;
  [[nodiscard]] Timestamp now() const;

  /// Opens the file, if it is there, and clears what a process that was killed has left in its log.
  Result<void> open();

  /// Calls `read` with the rows, alone; false, where there is no file yet.
  Result<bool> read(const std::function<Result<void>(KeyRows&)>& read);
  /// The key of a row that `find` gives; absent where it finds none.
  Result<std::optional<SubjectKey>> find(const std::function<Result<std::optional<KeyRow>>(KeyRows&)>& find);
  /// The head of today. Absent: there is no file yet.
  Result<std::shared_ptr<const OpenedHead>> head();

  /// Calls `write` with the rows and the head, within a transaction, and commits. Makes the file where it is missing.
  Result<void> write(const std::function<Result<void>(KeyRows&, const OpenedHead&)>& write);
  /// The key of a row. Errors: corrupt_record, where the head's master key does not open it.
  [[nodiscard]] Result<SubjectKey> key_of(const KeyRow& row, const OpenedHead& head) const;
  /// After writes: nothing of what was there before is left beside the file.
  Result<void> empty_log();
  /// The keys were wrapped by another master key, by this object.
  void set_head(std::shared_ptr<const OpenedHead> head);

  [[nodiscard]] std::uint64_t generation();
  void begin_generation() { generation_.fetch_add(1, std::memory_order_acq_rel); }

 private:
  // With reading_ locked.
  Result<bool> open_reader();
  Result<void> read_master_key();
  // With writing_ locked.
  Result<void> open_writer();
  Result<std::shared_ptr<const OpenedHead>> head_to_write();

  const KeyStoreOptions options_;
  const std::string path_;
  std::atomic<std::int64_t> look_at_{0};  // milliseconds
  std::atomic<std::uint64_t> generation_{1};

  mutable std::mutex writing_;  // guards the writer
  std::optional<KeyRows> writer_;

  mutable std::mutex reading_;  // guards everything below
  std::optional<KeyRows> reader_;
  std::shared_ptr<const OpenedHead> head_;
  std::uint64_t destroyed_ = 0;
  std::string made_master_key_;
};

/// The error of a key that is not there.
tl::unexpected<Error> no_such_key(const Uuid& id, const std::string& path);

/// Destroyed keys are overwritten by it.
inline constexpr WrappedKey destroyed_key{};

}  // namespace eventstore::security
