#pragma once
// The key that wraps all keys of a key store: read from where it is kept, or made.
#include <eventstore/core/result.hpp>
#include <eventstore/security/key_store.hpp>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// 32 bytes, which no message shows. Its memory is overwritten when it is gone. Threads: constant once it is made.
class MasterKey {
 public:
  explicit MasterKey(const KeyBytes& bytes) : bytes_{bytes} {}
  MasterKey(const MasterKey&) = default;
  MasterKey& operator=(const MasterKey&) = default;
  ~MasterKey();

  /// A new one, which nobody can guess. Errors: io_failed, where the system gives no random numbers.
  static Result<MasterKey> make();
  /// Of 64 hexadecimal digits, or of 32 bytes in base64; white space around it counts for nothing. Errors:
  /// invalid_argument.
  static Result<MasterKey> parse(std::string_view text);
  /// Of a file that has what parse reads, or the 32 bytes themselves. Errors: missing_key, where there is no such file;
  /// invalid_argument, where it has something else, or others than its owner may read or write it; io_failed.
  static Result<MasterKey> read(const std::string& path);

  /// Makes the file `path` with the key in hexadecimal digits, for its owner alone, durable when this returns. False
  /// where the name is taken; that file is unchanged. Errors: as make_private_file.
  Result<bool> write(const std::string& path) const;

  /// Lifetime: the key's.
  [[nodiscard]] const KeyBytes& bytes() const { return bytes_; }

 private:
  KeyBytes bytes_;
};

/// Where a master key may be.
struct MasterKeySource {
  std::string file{};  ///< EVENTSTORE_MASTER_KEY_FILE, the path of a file; it counts first
  std::string text{};  ///< EVENTSTORE_MASTER_KEY, the key itself
  /// Of the two, the name of the one that would count and is set to nothing: somebody meant to give a key.
  std::string empty_variable{};
};

/// What this process's environment says. Threads: as getenv.
MasterKeySource master_key_of_environment();

struct FoundMasterKey {
  MasterKey key;
  std::string made_file{};  ///< the file with the key where it was made now, so that a face can say so; otherwise empty
};

/// The key that `source` names; where it names none, that of the file `master.key` in `directory`, which is made, for
/// its owner alone, where it is missing and `may_make`. Errors: as MasterKey::parse and read; invalid_argument, where
/// the variable that counts is empty; missing_key, where it is
/// missing and not to be made; out_of_space, io_failed, read_only. Threads and processes: any; two that make the file
/// at a time get one key.
Result<FoundMasterKey> find_master_key(const MasterKeySource& source, const std::string& directory, bool may_make);

}  // namespace v1
}  // namespace eventstore
