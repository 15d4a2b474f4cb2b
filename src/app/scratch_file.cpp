#include "scratch_file.hpp"

#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace eventstore::app {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> refuse(const std::string& path, std::string why) {
  return failure(Errc::invalid_argument, "make file", path, std::move(why));
}

fs::path canonical(const std::string& path) {
  std::error_code unknown;
  auto found = fs::weakly_canonical(path, unknown);
  return unknown ? fs::path{path} : found;
}

std::string directory_of(const std::string& path) {
  const auto parent = fs::path{path}.parent_path();
  return parent.empty() ? "." : parent.string();
}

Result<void> check_missing(FileSystem& files, const std::string& path) {
  const auto there = files.open(path, OpenMode::read);
  if (there) return refuse(path, "the file exists already: name one that does not, or remove it");
  if (there.error().code != Errc::not_found) return tl::unexpected<Error>{there.error()};
  return {};
}

}  // namespace

Result<ScratchFile> ScratchFile::beside(const Store& store, const std::string& path) {
  if (path.empty() || path.back() == '/') return refuse(path, "name a file");
  if (canonical(path) == canonical(store.collections_path()))
    return refuse(path, "this is the file of the store's own collections: name another one");
  EVENTSTORE_TRY(check_missing(store.files(), path));
  if (const auto parent = store.files().list(directory_of(path)); !parent)
    return refuse(path, "its directory cannot be read: " + parent.error().message());
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
  EVENTSTORE_TRY(check_missing(*files_, target_));
  EVENTSTORE_TRY(files_->rename(path_, target_));
  EVENTSTORE_TRY(files_->sync_directory(directory_of(target_)));
  files_ = nullptr;
  return {};
}

}  // namespace eventstore::app
