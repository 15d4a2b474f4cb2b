#include "scratch_file.hpp"

#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "output_place.hpp"

namespace eventstore::app {
namespace {

tl::unexpected<Error> refuse(const std::string& path) {
  return failure(Errc::invalid_argument, "make file", path,
                 "the file exists already: name one that does not, or remove it");
}

}  // namespace

Result<ScratchFile> ScratchFile::beside(const Store& store, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(const auto there, look_at_place(store, path));
  if (there == AtPlace::file) return refuse(path);
  ScratchFile file{store.files(), path + ".making-" + store.files().process_name(), path, {}};
  file.remove();  // what an earlier process of that name may have left
  return file;
}

Result<ScratchFile> ScratchFile::temporary(const Store& store) {
  const auto* const place = std::getenv("TMPDIR");
  auto directory = std::string{place == nullptr || *place == '\0' ? "/tmp" : place} + "/eventstore-XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr) {
    Error error{Errc::io_failed, "make directory", directory, "set TMPDIR to a directory that can be written"};
    error.os_errno = errno;
    return failure(std::move(error));
  }
  auto path = directory + "/collections.sqlite";
  return ScratchFile{store.files(), std::move(path), {}, std::move(directory)};
}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : files_{std::exchange(other.files_, nullptr)},
      path_{std::move(other.path_)},
      target_{std::move(other.target_)},
      directory_{std::move(other.directory_)} {}

ScratchFile::~ScratchFile() {
  if (files_ == nullptr) return;
  remove();
  if (!directory_.empty()) ::rmdir(directory_.c_str());
}

// Nothing can be done about a file that stays: it says by its name what it is.
void ScratchFile::remove() {
  for (const auto* const end : std::array{"", "-wal", "-shm", "-journal"}) (void)files_->remove(path_ + end);
}

Result<void> ScratchFile::keep() {
  if (is_taken(target_)) return refuse(target_);
  EVENTSTORE_TRY(files_->rename(path_, target_));
  EVENTSTORE_TRY(files_->sync_directory(directory_of(target_)));
  files_ = nullptr;
  return {};
}

}  // namespace eventstore::app
