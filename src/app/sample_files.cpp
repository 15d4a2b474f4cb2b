#include "sample_files.hpp"

#include <fmt/format.h>

#include <cerrno>

namespace eventstore::app {

std::string samples_folder(const std::string& samples, std::string_view category) {
  return fmt::format("{}/{}/samples", samples, category);
}

Result<std::vector<std::string>> list_samples(FileSystem& files, const std::string& folder) {
  auto names = files.list(folder);
  // A file that stands among the folders has no folder of samples either.
  if (!names && (names.error().code == Errc::not_found || names.error().os_errno == ENOTDIR))
    return std::vector<std::string>{};
  if (names) std::erase_if(*names, [](const std::string& name) { return !name.ends_with(".sample"); });
  return names;
}

}  // namespace eventstore::app
