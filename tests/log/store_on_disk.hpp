#pragma once
// A store in a temporary folder, and ways to copy, cut and flip its files behind its back.
#include <algorithm>
#include <eventstore/testing/faulty_file_system.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "laws/event_log_laws.hpp"

namespace eventstore::laws {

inline std::string read_text(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

inline void write_text(const std::string& path, std::string_view text) {
  std::ofstream{path, std::ios::binary | std::ios::trunc}.write(text.data(), static_cast<std::streamsize>(text.size()));
}

inline void flip_byte(const std::string& path, std::size_t offset) {
  auto text = read_text(path);
  text.at(offset) = static_cast<char>(~text.at(offset));
  write_text(path, text);
}

class StoreOnDisk {
 public:
  using Mode = FileLogOptions::Mode;

  ManualClock clock{noon};
  PosixFileSystem disk;
  FaultyFileSystem files{disk};
  std::size_t prepared_bytes = FileLogOptions{}.prepared_bytes;

  Result<std::unique_ptr<FileLog>> try_open(FileLogOptions options = {}) {
    options.prepared_bytes = prepared_bytes;
    return FileLog::open(files, clock, path(), options);
  }
  std::unique_ptr<FileLog> open(FileLogOptions options = {}) {
    auto opened = try_open(options);
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }
  Error refusal(FileLogOptions options = {}) {
    const auto opened = try_open(options);
    if (opened) FAIL("expected that the store does not open");
    return opened.error();
  }

  [[nodiscard]] std::string path() const { return directory_.file("store"); }
  [[nodiscard]] std::string file(const std::string& name) const { return path() + "/" + name; }
  [[nodiscard]] std::string segment(int number) const {
    return file("segments/000000000000000" + std::to_string(number) + ".log");
  }
  [[nodiscard]] std::size_t segment_size(int number) const { return std::filesystem::file_size(segment(number)); }
  [[nodiscard]] std::size_t segment_count() const {
    const std::filesystem::directory_iterator entries{file("segments")};
    return static_cast<std::size_t>(std::count_if(
        begin(entries), end(entries), [](const auto& entry) { return entry.path().extension() == ".log"; }));
  }
  /// Where the segment's zeros begin, behind all that was written.
  [[nodiscard]] std::size_t written_size(int number) const {
    return read_text(segment(number)).find_last_not_of('\0') + 1;
  }

  /// Deletes every index file; nothing may be lost by it.
  void remove_indexes() {
    std::filesystem::remove_all(file("tables"));
    std::filesystem::remove(file("catalog"));
    for (const auto& entry : std::filesystem::directory_iterator{file("segments")})
      if (entry.path().extension() == ".idx") std::filesystem::remove(entry.path());
  }
  /// Keeps the files as they are now; `put_back` puts them back.
  void keep() { copy(path(), directory_.file("kept")); }
  void put_back() { copy(directory_.file("kept"), path()); }
  /// As a power cut would: the files are put back, and the machine is started anew.
  void return_to_kept() {
    put_back();
    files.set_boot_id("run " + std::to_string(++runs_));
  }

 private:
  static void copy(const std::string& from, const std::string& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  }

  TemporaryDirectory directory_;
  int runs_ = 0;
};

/// Its segments' files end where their commits do: for tests that cut files off or change bytes.
struct StoreWithoutRoom : StoreOnDisk {
  StoreWithoutRoom() { prepared_bytes = 0; }
};

inline constexpr std::size_t small_segment = 4096;

}  // namespace eventstore::laws
