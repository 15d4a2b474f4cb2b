#include "writer_lock.hpp"

#include <fmt/format.h>

namespace eventstore::engine {
namespace {

constexpr std::size_t text_bytes = 128;

tl::unexpected<Error> locked(const StoreFiles& store, std::string_view by) {
  return failure(Errc::locked, "open", store.directory(),
                 fmt::format("{} writes to this store; open it read-only, or end that process", by));
}

Result<std::unique_ptr<File>> lock_name(const StoreFiles& store) {
  EVENTSTORE_TRY_ASSIGN(auto file, store.files().open(store.path("lock"), OpenMode::create));
  EVENTSTORE_TRY_ASSIGN(const bool is_ours, file->try_lock());
  if (is_ours) return file;
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(*file, text_bytes));
  const auto text = as_text(bytes);
  const auto name = text.substr(0, text.find_first_of(" \n"));
  return locked(store, name.empty() ? "another process" : fmt::format("process {}", name));
}

Result<void> write_name(const StoreFiles& store, File& file) {
  auto text = store.files().process_name();
  text.resize(text_bytes - 1, ' ');
  return write_all(file, 0, as_bytes(text + "\n"));
}

}  // namespace

Result<WriterLock> WriterLock::take(const StoreFiles& store) {
  EVENTSTORE_TRY_ASSIGN(auto file, lock_name(store));
  WriterLock lock{std::move(file)};
  auto taken = lock.take_manifest(store);
  if (!taken && taken.error().code != Errc::not_found) return failure_of(taken);
  EVENTSTORE_TRY(write_name(store, *lock.lock_));
  return lock;
}

Result<void> WriterLock::take_manifest(const StoreFiles& store) {
  if (manifest_ != nullptr) return {};
  EVENTSTORE_TRY_ASSIGN(auto file, store.files().open(store.path("manifest"), OpenMode::write));
  EVENTSTORE_TRY_ASSIGN(const bool is_ours, file->try_lock());
  if (!is_ours) return locked(store, "another process, whose file `lock` was deleted,");
  manifest_ = std::move(file);
  return {};
}

Result<void> WriterLock::restore(const StoreFiles& store) {
  EVENTSTORE_TRY_ASSIGN(const bool is_in_place, lock_->is_still_at(store.path("lock")));
  if (is_in_place) return {};
  EVENTSTORE_TRY_ASSIGN(auto file, lock_name(store));
  EVENTSTORE_TRY(write_name(store, *file));
  lock_ = std::move(file);
  return {};
}

}  // namespace eventstore::engine
