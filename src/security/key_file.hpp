#pragma once
// Private to the layer: the file keys.sqlite, how it is made, opened and left. docs/inside/privacy.md has its format.
#include <eventstore/core/timestamp.hpp>
#include <string>

#include "key_wrapping.hpp"
#include "sql.hpp"

namespace eventstore::security {

/// The one row of the table `meta`.
struct KeyFileHead {
  Uuid log_id{};
  Bytes own_key{};            ///< wrapped
  Bytes check{};              ///< wrapped zeros: only the right master key opens them
  std::uint64_t destroyed{};  ///< how many keys were
};

/// What the master key opens.
struct OpenedHead {
  OpenedHead(const KeyBytes& master_key, const KeyBytes& own, Bytes check_value)
      : master{master_key}, own_key{own}, check{std::move(check_value)} {}
  OpenedHead(const OpenedHead&) = delete;
  OpenedHead& operator=(const OpenedHead&) = delete;
  ~OpenedHead() { wipe(own_key); }

  Cipher master;
  KeyBytes own_key;
  Bytes check;  ///< as the file had it; another one there: the master key was rotated
};

enum class KeyFileAccess : std::uint8_t { read_only, read, write };

/// Makes the file, wholly or not at all, unless another process is first. Errors: out_of_space, io_failed, read_only.
Result<void> make_key_file(const std::string& path, const Uuid& log_id, const MasterKey& master, Timestamp now);

/// Errors: io_failed, corrupt_record.
Result<Connection> open_key_file(const std::string& path, KeyFileAccess access);

/// Whether the file is there. Errors: io_failed.
Result<bool> has_key_file(const std::string& path);

/// Errors: newer_format; corrupt_record; io_failed.
Result<KeyFileHead> read_head(sqlite3* connection);

/// A connection that writes begins with it. Errors: locked, io_failed.
Result<void> begin_log(sqlite3* connection);

/// Moves all that was written into the file, so that nothing of what was there before is left beside it. Errors:
/// locked, where another program reads what was there before; io_failed, out_of_space.
Result<void> empty_log(sqlite3* connection);

/// Leaves one file without a log beside it, unless others have it open. No statement of `connection` may be left.
void leave_key_file(sqlite3* connection);

/// The head's keys. Errors: missing_key, where this is not the master key; invalid_argument, where the key store is of
/// another log; corrupt_record.
Result<std::shared_ptr<const OpenedHead>> open_head(const KeyFileHead& head, const MasterKey& master,
                                                    const Uuid& log_id, const std::string& path);

/// The head's two values under another master key. Throws as wrap.
std::pair<WrappedKey, WrappedKey> wrapped_head(const Uuid& log_id, const Cipher& master, const KeyBytes& own_key);

}  // namespace eventstore::security
