#include "text_file.hpp"

#include <limits>

namespace eventstore::app {

Result<std::string> read_text_file(FileSystem& files, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(const auto file, files.open(path, OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const Bytes bytes, read_whole(*file, std::numeric_limits<std::uint32_t>::max()));
  return std::string{as_text(bytes)};
}

Result<void> replace_text_file(FileSystem& files, const std::string& path, std::string_view text) {
  const auto folder = path.substr(0, path.rfind('/'));
  EVENTSTORE_TRY(files.make_directories(folder));
  const auto written = path + ".tmp";
  (void)files.remove(written);
  {
    EVENTSTORE_TRY_ASSIGN(const auto file, files.open(written, OpenMode::create_new));
    EVENTSTORE_TRY(write_all(*file, 0, as_bytes(text)));
    EVENTSTORE_TRY(file->sync_data());
  }
  EVENTSTORE_TRY(files.rename(written, path));
  return files.sync_directory(folder);
}

}  // namespace eventstore::app
