#include "stopped_disk.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <map>
#include <memory>

namespace eventstore::test {
namespace {

Stop stop_how = Stop::full;
int steps_left = -1;  // negative: never

bool stops() {
  if (steps_left < 0) return false;
  if (steps_left > 0) --steps_left;
  if (steps_left > 0) return false;
  if (stop_how == Stop::killed) ::_exit(killed_code);
  return true;
}

// SQLite's own functions for a file, with some in between.
struct Methods {
  sqlite3_io_methods own{};
  const sqlite3_io_methods* real = nullptr;
};

const sqlite3_io_methods* real_of(sqlite3_file* file) { return reinterpret_cast<const Methods*>(file->pMethods)->real; }

bool needs_room(sqlite3_file* file, sqlite3_int64 end) {
  sqlite3_int64 size = 0;
  return real_of(file)->xFileSize(file, &size) != SQLITE_OK || end > size;
}

int write_step(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  if (stops() && needs_room(file, at + size)) return SQLITE_FULL;
  return real_of(file)->xWrite(file, bytes, size, at);
}

int sync_step(sqlite3_file* file, int flags) {
  (void)stops();  // a full disk syncs what it has
  return real_of(file)->xSync(file, flags);
}

int truncate_step(sqlite3_file* file, sqlite3_int64 size) {
  (void)stops();
  return real_of(file)->xTruncate(file, size);
}

sqlite3_vfs* system_files = nullptr;
sqlite3_vfs stopped_files{};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  static std::map<const sqlite3_io_methods*, std::unique_ptr<Methods>> known;
  const int code = system_files->xOpen(system_files, name, file, flags, flags_out);
  if (code != SQLITE_OK || file->pMethods == nullptr) return code;
  auto& methods = known[file->pMethods];
  if (!methods) {
    methods = std::make_unique<Methods>();
    methods->real = file->pMethods;
    methods->own = *file->pMethods;
    methods->own.xWrite = &write_step;
    methods->own.xSync = &sync_step;
    methods->own.xTruncate = &truncate_step;
  }
  file->pMethods = &methods->own;
  return code;
}

int remove_file(sqlite3_vfs*, const char* name, int sync) {
  (void)stops();
  return system_files->xDelete(system_files, name, sync);
}

}  // namespace

StoppedDisk::StoppedDisk(Stop how, int at) {
  if (system_files == nullptr) {
    system_files = sqlite3_vfs_find(nullptr);
    stopped_files = *system_files;
    stopped_files.zName = "stopped";
    stopped_files.xOpen = &open_file;
    stopped_files.xDelete = &remove_file;
  }
  sqlite3_vfs_register(&stopped_files, 1);
  stop_how = how;
  steps_left = at;
}

StoppedDisk::~StoppedDisk() {
  steps_left = -1;
  sqlite3_vfs_register(system_files, 1);
}

bool StoppedDisk::has_stopped() const { return steps_left == 0; }

}  // namespace eventstore::test
