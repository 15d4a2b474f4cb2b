// The room on the disk that a collection takes.
#include "impl.hpp"

#include <eventstore/collections/collections.hpp>

#include <filesystem>
#include <system_error>

namespace eventstore {
inline namespace v1 {
namespace {

Result<std::uint64_t> number(sqlite3* connection, std::string_view sql) {
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(connection, sql));
  EVENTSTORE_TRY(statement.step());
  return static_cast<std::uint64_t>(statement.integer(0));
}

// In bytes: the pages of the file that are in use, and those that could be.
struct FileRoom {
  std::uint64_t used;
  std::uint64_t available;
};

Result<FileRoom> file_room(sqlite3* handle, const std::string& path) {
  const auto folder = std::filesystem::path{path}.parent_path();
  std::error_code error;
  const auto disk = std::filesystem::space(folder.empty() ? "." : folder, error);
  if (error) return failure(Error{Errc::io_failed, "look for room", path, error.message(), {}, error.value()});
  EVENTSTORE_TRY_ASSIGN(const auto page_bytes, number(handle, "PRAGMA page_size"));
  EVENTSTORE_TRY_ASSIGN(const auto free_pages, number(handle, "PRAGMA freelist_count"));
  EVENTSTORE_TRY_ASSIGN(const auto pages, number(handle, "PRAGMA page_count"));
  return FileRoom{(pages - free_pages) * page_bytes, disk.available + free_pages * page_bytes};
}

}  // namespace

Result<RoomNeeded> SqliteCollections::room_for_rebuild(std::string_view name) {
  auto* const handle = impl_->handle();
  EVENTSTORE_TRY_ASSIGN(const auto file, file_room(handle, impl_->path));
  // An SQLite that was built without dbstat knows only how large the whole file is.
  const auto whole = size(name);
  const auto bytes = whole                                   ? whole->document_bytes + whole->index_bytes()
                     : whole.error().code == Errc::not_found ? 0
                                                             : file.used;
  const auto beside = size(kept_name(name));
  const auto kept = beside ? beside->document_bytes + beside->index_bytes() : 0;
  return RoomNeeded{bytes + bytes / 4, file.available + kept, kept};
}

Result<bool> SqliteCollections::has_room_for_all() {
  EVENTSTORE_TRY_ASSIGN(const auto file, file_room(impl_->handle(), impl_->path));
  return file.used + file.used / 4 <= file.available;
}

}  // namespace v1
}  // namespace eventstore
