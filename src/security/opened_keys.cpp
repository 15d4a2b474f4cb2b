#include "opened_keys.hpp"

#include <time.h>
#include <eventstore/os/file_system.hpp>

#include <filesystem>

namespace eventstore::security {
namespace {

const SystemClock system_time;

// Without a call of the system: it is asked for each time that a key is used.
std::int64_t coarse_millis() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

bool has_left_log(const std::string& path) {
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(path + "-wal", ignored);
  return !ignored && bytes != 0;
}

}  // namespace

tl::unexpected<Error> no_such_key(const Uuid& id, const std::string& path) {
  return failure(Errc::missing_key, "find a key", id.to_string(),
                 "the key store " + path + " has no key of this id: restore the key store's backup");
}

OpenedKeys::OpenedKeys(KeyStoreOptions options)
    : options_{std::move(options)}, path_{options_.directory + "/keys.sqlite"} {}

OpenedKeys::~OpenedKeys() {
  reader_.reset();
  if (!writer_) return;
  writer_->finish();
  leave_key_file(writer_->connection());
}

Timestamp OpenedKeys::now() const { return (options_.clock == nullptr ? system_time : *options_.clock).now(); }

std::string OpenedKeys::made_master_key() const {
  const std::lock_guard lock{reading_};
  return made_master_key_;
}

Result<void> OpenedKeys::open() {
  {
    const std::lock_guard lock{reading_};
    EVENTSTORE_TRY_ASSIGN(const bool is_there, open_reader());
    if (!is_there && options_.is_expected)
      return failure(Errc::missing_key, "open the key store", path_,
                     "it is missing, and the log has values that are encrypted by its keys: restore the key store's "
                     "backup");
    if (!is_there) return {};
  }
  // A log of another process that writes just now is left alone.
  if (!options_.read_only && has_left_log(path_)) (void)empty_log();
  return {};
}

Result<bool> OpenedKeys::open_reader() {
  if (reader_) return true;
  EVENTSTORE_TRY_ASSIGN(const bool is_there, has_key_file(path_));
  if (!is_there) return false;
  EVENTSTORE_TRY_ASSIGN(auto connection,
                        open_key_file(path_, options_.read_only ? KeyFileAccess::read_only : KeyFileAccess::read));
  reader_.emplace(std::move(connection));
  auto opened = read_master_key();
  if (opened) return true;
  reader_.reset();
  return failure_of(opened);
}

// A rotation that was killed between its commit and its end has left the new key under the second name.
Result<void> OpenedKeys::read_master_key() {
  EVENTSTORE_TRY_ASSIGN(const auto head, read_head(reader_->connection()));
  auto found = find_master_key(options_.master_key, options_.directory, false);
  auto opened = found ? open_head(head, found->key, options_.log_id, path_)
                      : Result<std::shared_ptr<const OpenedHead>>{failure_of(found)};
  if (!opened && opened.error().code == Errc::missing_key && options_.master_key.file.empty() &&
      options_.master_key.text.empty()) {
    const auto beside = options_.directory + "/master.key";
    const auto next = MasterKey::read(beside + ".new");
    if (next) {
      auto by_next = open_head(head, *next, options_.log_id, path_);
      if (by_next && !options_.read_only) EVENTSTORE_TRY(PosixFileSystem{}.rename(beside + ".new", beside));
      if (by_next) opened = std::move(by_next);
    }
  }
  if (!opened) return failure_of(opened);
  if (head_ && head.destroyed != destroyed_) begin_generation();
  head_ = std::move(*opened);
  destroyed_ = head.destroyed;
  return {};
}

Result<bool> OpenedKeys::read(const std::function<Result<void>(KeyRows&)>& read) {
  const std::lock_guard lock{reading_};
  EVENTSTORE_TRY_ASSIGN(const bool is_there, open_reader());
  if (!is_there) return false;
  EVENTSTORE_TRY(read(*reader_));
  return true;
}

Result<SubjectKey> OpenedKeys::key_of(const KeyRow& row, const OpenedHead& head) const {
  if (row.wrapped == destroyed_key) return SubjectKey{row.id, std::nullopt};
  const auto bytes = unwrap(head.master, use_of(options_.log_id, row.id, row.subject), row.wrapped);
  if (bytes) return SubjectKey{row.id, bytes};
  return failure(Errc::corrupt_record, "read a key", row.id.to_string(),
                 "it is damaged in " + path_ + ": restore the key store's backup");
}

Result<std::optional<SubjectKey>> OpenedKeys::find(const std::function<Result<std::optional<KeyRow>>(KeyRows&)>& find) {
  const std::lock_guard lock{reading_};
  EVENTSTORE_TRY_ASSIGN(const bool is_there, open_reader());
  if (!is_there) return std::optional<SubjectKey>{};
  EVENTSTORE_TRY_ASSIGN(const auto row, find(*reader_));
  if (!row) return std::optional<SubjectKey>{};
  auto key = key_of(*row, *head_);
  if (key) return std::optional{std::move(*key)};
  EVENTSTORE_TRY_ASSIGN(const auto check, reader_->check());
  if (check == head_->check) return failure_of(key);
  EVENTSTORE_TRY(read_master_key());  // another process has rotated it
  EVENTSTORE_TRY_ASSIGN(const auto again, find(*reader_));
  EVENTSTORE_TRY_ASSIGN(key, again ? key_of(*again, *head_) : Result<SubjectKey>{no_such_key(row->id, path_)});
  return std::optional{std::move(*key)};
}

Result<std::shared_ptr<const OpenedHead>> OpenedKeys::head() {
  const std::lock_guard lock{reading_};
  EVENTSTORE_TRY_ASSIGN(const bool is_there, open_reader());
  return is_there ? head_ : nullptr;
}

void OpenedKeys::set_head(std::shared_ptr<const OpenedHead> head) {
  const std::lock_guard lock{reading_};
  head_ = std::move(head);
}

Result<void> OpenedKeys::open_writer() {
  if (options_.read_only) return failure(Errc::read_only, "write to the key store", path_, "it was opened for reading");
  if (writer_) return {};
  const std::lock_guard lock{reading_};
  EVENTSTORE_TRY_ASSIGN(const bool is_there, open_reader());
  if (!is_there) {
    EVENTSTORE_TRY_ASSIGN(const auto found, find_master_key(options_.master_key, options_.directory, true));
    made_master_key_ = found.made_file;
    if (!made_master_key_.empty() && options_.on_made_master_key) options_.on_made_master_key(made_master_key_);
    EVENTSTORE_TRY(make_key_file(path_, options_.log_id, found.key, now()));
    EVENTSTORE_TRY(open_reader());
  }
  EVENTSTORE_TRY_ASSIGN(auto connection, open_key_file(path_, KeyFileAccess::write));
  EVENTSTORE_TRY(begin_log(connection.get()));
  writer_.emplace(std::move(connection));
  return {};
}

// Keys that are wrapped by a master key which another process has replaced would be lost.
Result<std::shared_ptr<const OpenedHead>> OpenedKeys::head_to_write() {
  EVENTSTORE_TRY_ASSIGN(const auto check, writer_->check());
  const std::lock_guard lock{reading_};
  if (check != head_->check) EVENTSTORE_TRY(read_master_key());
  return head_;
}

Result<void> OpenedKeys::write(const std::function<Result<void>(KeyRows&, const OpenedHead&)>& write) {
  return guarded("write to the key store", [&]() -> Result<void> {
    const std::lock_guard lock{writing_};
    EVENTSTORE_TRY(open_writer());
    EVENTSTORE_TRY_ASSIGN(auto transaction, Transaction::begin(writer_->connection()));
    EVENTSTORE_TRY_ASSIGN(const auto head, head_to_write());
    EVENTSTORE_TRY(write(*writer_, *head));
    return transaction.commit();
  });
}

Result<void> OpenedKeys::empty_log() {
  const std::lock_guard lock{writing_};
  EVENTSTORE_TRY(open_writer());
  return security::empty_log(writer_->connection());
}

std::uint64_t OpenedKeys::generation() {
  const auto now = coarse_millis();
  if (now < look_at_.load(std::memory_order_acquire)) return generation_.load(std::memory_order_acquire);
  const std::unique_lock lock{reading_, std::try_to_lock};
  if (!lock) return generation_.load(std::memory_order_acquire);  // the next one looks
  auto is_there = open_reader();
  auto destroyed = is_there && *is_there ? reader_->destroyed() : Result<std::uint64_t>{destroyed_};
  // Where it cannot be told, keys that are kept are not to be trusted: whoever finds them again gets the error.
  if (!is_there || !destroyed || *destroyed != destroyed_) begin_generation();
  if (destroyed) destroyed_ = *destroyed;
  look_at_.store(now + options_.look_every.count(), std::memory_order_release);
  return generation_.load(std::memory_order_acquire);
}

}  // namespace eventstore::security
