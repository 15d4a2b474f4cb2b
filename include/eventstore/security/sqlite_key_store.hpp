#pragma once
// The key store of a store on disk: one SQLite file, keys.sqlite, whose keys are wrapped by the master key.
// docs/inside/privacy.md has its format, docs/operate/keys.md how it is kept.
#include <chrono>
#include <eventstore/os/clock.hpp>
#include <eventstore/security/master_key.hpp>
#include <functional>
#include <memory>
#include <string>

namespace eventstore {
inline namespace v1 {

struct KeyStoreOptions {
  std::string directory{};  ///< of keys.sqlite, and of master.key where `master_key` names none
  Uuid log_id{};            ///< EventLog::store_id of the log that it belongs to
  MasterKeySource master_key{};
  bool read_only = false;
  /// Whether the log has encrypted values. A key store that is missing is then an error: it is never made again.
  bool is_expected = false;
  const Clock* clock = nullptr;  ///< null: the system's; otherwise it outlives the key store
  /// Called once, with the file, where this object makes a master key. It must not throw.
  std::function<void(const std::string& file)> on_made_master_key{};
  /// generation() looks no more often for what other processes did.
  std::chrono::milliseconds look_every{50};
};

/// Threads: as KeyStore; those that make keys at a time share a transaction, and those that find keys wait for no sync.
/// Processes: any number, which may all write. A process that forks makes no use of it in the child.
class SqliteKeyStore final : public KeyStore {
 public:
  /// Opens the key store in the directory; where there is none, the first call that needs one makes it, with its
  /// directory and, where none is named, its master key. With `read_only` nothing is made: until another process has
  /// made it, keys are missing. Errors: missing_key, where it is missing and expected, where the master key is missing
  /// or does not open it; invalid_argument, where it belongs to another log, or as find_master_key; newer_format;
  /// corrupt_record; io_failed. Nothing is changed then.
  static Result<std::unique_ptr<SqliteKeyStore>> open(KeyStoreOptions options);
  SqliteKeyStore(const SqliteKeyStore&) = delete;
  SqliteKeyStore& operator=(const SqliteKeyStore&) = delete;
  /// Leaves one file, unless other processes have it open.
  ~SqliteKeyStore() override;

  Result<SubjectKey> find(const Uuid& id) const override;
  Result<std::optional<SubjectKey>> find(const Subject& subject) const override;
  Result<std::vector<SubjectKey>> find_or_make(std::span<const Subject> subjects) override;
  /// Besides the errors of KeyStore::erase: locked, where another program reads what the file was before. The key is
  /// then destroyed for all who open the key store, and its wrapped bytes may still be in its log: call it again.
  Result<Erasure> erase(const Erasure& erasure) override;
  Result<void> note(const Subject& subject, ErasureStep step) override;
  Result<std::vector<Erasure>> erasures(bool unfinished_only) const override;
  /// Makes the key store where it is missing, unless it is read only.
  Result<KeyBytes> own_key() const override;
  std::uint64_t generation() const override;

  /// Wraps all keys by another master key, in one transaction: whatever fails or is killed, the key store is opened by
  /// the old one or by the new one. The keys, and what they encrypted, stay as they are. Other processes go on with the
  /// keys that they have read, and need the new master key for others. Errors: read_only, out_of_space, io_failed,
  /// corrupt_record; locked, where it has succeeded and keys under the old one may still be in the log beside the file.
  /// Cost: some 10 microseconds a key; those that make keys wait.
  Result<void> rotate(const MasterKey& to);
  /// The same with a new master key in the place of the file `master.key` beside the key store. Errors: as above;
  /// invalid_argument, where the master key is named by KeyStoreOptions::master_key.
  Result<void> rotate();

  /// Copies the key store to the file `path`, for its owner alone, in the place of what is there; durable when this
  /// returns. The copy needs the same master key. Errors: not_found, where there is no key store yet; out_of_space,
  /// io_failed, read_only: what was there is then unchanged. Threads: others go on.
  Result<void> back_up(const std::string& path) const;

  /// The file with the master key, where this object has made it, so that a face can say so; otherwise empty.
  [[nodiscard]] std::string made_master_key() const;

 private:
  struct Impl;
  explicit SqliteKeyStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace v1
}  // namespace eventstore
