#include "output_place.hpp"

#include <algorithm>
#include <filesystem>

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

bool is_within(const fs::path& path, const fs::path& directory) {
  return std::mismatch(directory.begin(), directory.end(), path.begin(), path.end()).first == directory.end();
}

// SQLite keeps files beside the collections' file that have its name and more.
bool belongs_to(const Store& store, const std::string& path) {
  const auto place = canonical(path);
  return is_within(place, canonical(store.directory())) ||
         place.string().starts_with(canonical(store.collections_path()).string());
}

}  // namespace

std::string directory_of(const std::string& path) {
  const auto parent = fs::path{path}.parent_path();
  return parent.empty() ? "." : parent.string();
}

bool is_taken(const std::string& path) {
  std::error_code unknown;
  return fs::exists(fs::symlink_status(path, unknown));
}

Result<AtPlace> look_at_place(const Store& store, const std::string& path) {
  if (path.empty() || path.back() == '/') return refuse(path, "name a file, which may be new");
  if (belongs_to(store, path))
    return refuse(path, "this place belongs to the store itself: name a file outside of the store's directory");
  std::error_code unknown;
  const auto there = fs::symlink_status(path, unknown);
  if (fs::is_directory(there)) return refuse(path, "it is a directory: name a file, which may be new");
  if (fs::exists(there) && !fs::is_regular_file(there))
    return refuse(path, "it is a link, a device or a pipe, and would be replaced: name a file, which may be new");
  if (fs::exists(there)) return AtPlace::file;
  const auto directory = store.files().list(directory_of(path));
  if (directory) return AtPlace::nothing;
  if (directory.error().code == Errc::not_found)
    return failure(Errc::not_found, "make file", path, "its directory does not exist: make it first");
  return tl::unexpected<Error>{directory.error()};
}

}  // namespace eventstore::app
