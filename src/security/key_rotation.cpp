#include "key_rotation.hpp"

#include <unistd.h>
#include <eventstore/os/file_system.hpp>
#include <eventstore/os/private_file.hpp>

namespace eventstore::security {
namespace {

Result<void> wrap_all(OpenedKeys& keys, KeyRows& rows, const OpenedHead& head, const Cipher& next) {
  for (std::int64_t number = 0;;) {
    EVENTSTORE_TRY_ASSIGN(const auto row, rows.after(number));
    if (!row) return {};
    number = row->number;
    EVENTSTORE_TRY_ASSIGN(auto key, keys.key_of(*row, head));
    if (!key.bytes) continue;
    const auto use = use_of(keys.options().log_id, row->id, row->subject);
    EVENTSTORE_TRY(rows.set_wrapped(number, wrap(next, use, *key.bytes)));
    wipe(*key.bytes);
  }
}

Result<std::shared_ptr<const OpenedHead>> wrap_by(OpenedKeys& keys, KeyRows& rows, const OpenedHead& head,
                                                  const MasterKey& to) {
  const Cipher next{to.bytes()};
  EVENTSTORE_TRY(wrap_all(keys, rows, head, next));
  const auto [own_key, check] = wrapped_head(keys.options().log_id, next, head.own_key);
  EVENTSTORE_TRY(rows.set_head(own_key, check));
  return std::make_shared<const OpenedHead>(to.bytes(), head.own_key, Bytes{check.begin(), check.end()});
}

}  // namespace

Result<void> rotate(OpenedKeys& keys, const MasterKey& to) {
  std::shared_ptr<const OpenedHead> next;
  const auto wrap_keys = [&](KeyRows& rows, const OpenedHead& head) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(next, wrap_by(keys, rows, head, to));
    return {};
  };
  EVENTSTORE_TRY(keys.write(wrap_keys));
  keys.set_head(std::move(next));
  return keys.empty_log();
}

// The new key is on the disk before anything is wrapped by it, and the old one until everything is: whoever opens the
// key store in between tries both.
Result<void> rotate_beside(OpenedKeys& keys) {
  if (!keys.options().master_key.file.empty() || !keys.options().master_key.text.empty())
    return failure(Errc::invalid_argument, "rotate the master key", keys.path(),
                   "the master key is kept elsewhere: make a new one there, and name it");
  PosixFileSystem files;
  const auto beside = keys.options().directory + "/master.key";
  std::shared_ptr<const OpenedHead> next;
  const auto wrap_keys = [&](KeyRows& rows, const OpenedHead& head) -> Result<void> {
    ::unlink((beside + ".new").c_str());  // of a rotation that came to nothing
    EVENTSTORE_TRY_ASSIGN(const auto key, MasterKey::make());
    EVENTSTORE_TRY(key.write(beside + ".new"));
    EVENTSTORE_TRY_ASSIGN(next, wrap_by(keys, rows, head, key));
    return {};
  };
  EVENTSTORE_TRY(keys.write(wrap_keys));
  keys.set_head(std::move(next));
  EVENTSTORE_TRY(files.rename(beside + ".new", beside));
  EVENTSTORE_TRY(files.sync_directory(keys.options().directory));
  return keys.empty_log();
}

// SQLite's own way to copy a file that others write to; what was deleted is not in the copy.
Result<void> back_up(OpenedKeys& keys, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(const bool is_there, has_key_file(keys.path()));
  if (!is_there) return failure(Errc::not_found, "back up the key store", keys.path(), "there is no key store yet");
  const auto access = keys.options().read_only ? KeyFileAccess::read_only : KeyFileAccess::read;
  PosixFileSystem files;
  const auto meanwhile = path + "." + files.process_name() + ".tmp";
  ::unlink(meanwhile.c_str());
  EVENTSTORE_TRY(make_private_file(meanwhile, {}));
  const auto copy = [&]() -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto connection, open_key_file(keys.path(), access));
    EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection.get(), "VACUUM INTO ?1"));
    statement.bind(1, std::string_view{meanwhile});
    EVENTSTORE_TRY(statement.run());
    EVENTSTORE_TRY_ASSIGN(const auto file, files.open(meanwhile, OpenMode::write));
    EVENTSTORE_TRY(file->sync_data());
    EVENTSTORE_TRY(files.rename(meanwhile, path));
    return files.sync_directory(directory_of_file(path));
  };
  auto copied = copy();
  if (!copied) ::unlink(meanwhile.c_str());
  return copied;
}

}  // namespace eventstore::security
