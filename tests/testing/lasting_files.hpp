#pragma once
// Files on a simulated disk, and what is left of them after a cut.
#include <catch2/catch.hpp>
#include <eventstore/testing/simulated_disk.hpp>
#include <set>

namespace eventstore::test {

inline constexpr std::size_t sector = 512;

inline std::string text_of(const Result<Bytes>& bytes) { return bytes ? std::string{as_text(*bytes)} : "(no file)"; }

inline std::unique_ptr<File> made(FileSystem& disk, const std::string& path) {
  auto file = disk.open(path, OpenMode::create);
  REQUIRE(file);
  return std::move(*file);
}

inline void write(File& file, std::uint64_t offset, std::string_view text) {
  REQUIRE(write_all(file, offset, as_bytes(text)));
}

// A file whose content and name are on the disk.
inline std::unique_ptr<File> lasting(FileSystem& disk, const std::string& path, std::string_view text) {
  auto file = made(disk, path);
  write(*file, 0, text);
  REQUIRE(file->sync_data());
  REQUIRE(disk.sync_directory("."));
  return file;
}

inline void lose_power(SimulatedDisk& disk) {
  disk.cut_power();
  disk.restart();
}

// What `path` holds after a cut, for many seeds: `prepare` has done something to the disk first.
template <class Prepare>
std::set<std::string> contents_after_cuts(Loss loss, const std::string& path, Prepare prepare) {
  std::set<std::string> contents;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SimulatedDisk disk{{.seed = seed, .loss = loss, .file_bytes_max = 65536}};
    prepare(disk);
    lose_power(disk);
    contents.insert(text_of(disk.cached(path)));
  }
  return contents;
}

inline std::string sectors(std::string_view letters) {
  std::string text;
  for (const char letter : letters) text += std::string(sector, letter);
  return text;
}

}  // namespace eventstore::test
