// An open file of this machine: reading, writing, mapping, locking.
#include <eventstore/os/file_system.hpp>

#include <cerrno>
#include <cstring>

#include <temporary_directory.hpp>

using namespace eventstore;

namespace {

std::unique_ptr<File> opened(const std::string& path, OpenMode mode = OpenMode::create) {
  auto file = PosixFileSystem{}.open(path, mode);
  REQUIRE(file);
  return std::move(*file);
}

void write(File& file, std::uint64_t offset, std::string_view text) {
  REQUIRE(write_all(file, offset, as_bytes(text)));
}

std::string contents(File& file, std::size_t bytes_max = 1000) {
  const auto bytes = read_whole(file, bytes_max);
  REQUIRE(bytes);
  return std::string{as_text(*bytes)};
}

}  // namespace

TEST_CASE("what is written is read back, from any offset") {
  const test::TemporaryDirectory directory;
  const auto file = opened(directory.file("a"));
  write(*file, 0, "one two");
  write(*file, 4, "six");
  CHECK(contents(*file) == "one six");
  CHECK(*file->size() == 7);
  std::array<std::byte, 3> part{};
  CHECK(*file->read_some(4, part) == 3);
  CHECK(as_text(part) == "six");
  CHECK(*file->read_some(6, part) == 1);
  CHECK(*file->read_some(7, part) == 0);
}

TEST_CASE("a write past the end leaves zeros between") {
  const test::TemporaryDirectory directory;
  const auto file = opened(directory.file("a"));
  write(*file, 3, "x");
  CHECK(contents(*file) == std::string{"\0\0\0x", 4});
}

TEST_CASE("reading a whole file stops at the bytes that the caller allows") {
  const test::TemporaryDirectory directory;
  const auto file = opened(directory.file("a"));
  write(*file, 0, "0123456789");
  CHECK(contents(*file, 4) == "0123");
  CHECK(contents(*file, 0).empty());
}

TEST_CASE("a file that was opened for reading refuses a write and names itself") {
  const test::TemporaryDirectory directory;
  write(*opened(directory.file("a")), 0, "kept");
  const auto file = opened(directory.file("a"), OpenMode::read);
  const auto refused = write_all(*file, 0, as_bytes("lost"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::io_failed);
  CHECK(refused.error().os_errno == EBADF);
  CHECK(refused.error().where == directory.file("a"));
  CHECK(contents(*file) == "kept");
}

TEST_CASE("a map and the file show the same bytes, and the map outlives the file") {
  const test::TemporaryDirectory directory;
  std::shared_ptr<Mapping> mapping;
  {
    const auto file = opened(directory.file("a"));
    write(*file, 0, "one");
    mapping = *file->map(3, MapMode::read_write);
    write(*file, 0, "two");
    CHECK(std::memcmp(mapping->data(), "two", 3) == 0);
    std::memcpy(mapping->data(), "six", 3);
    CHECK(contents(*file) == "six");
  }
  CHECK(mapping->size() == 3);
  CHECK(std::memcmp(mapping->data(), "six", 3) == 0);
}

TEST_CASE("one open file at a time has the lock, until it is closed") {
  const test::TemporaryDirectory directory;
  auto first = opened(directory.file("lock"));
  const auto second = opened(directory.file("lock"));
  CHECK(*first->try_lock());
  CHECK(*first->try_lock());
  CHECK_FALSE(*second->try_lock());
  opened(directory.file("lock")).reset();  // closing another open file of the same path gives no lock back
  CHECK_FALSE(*second->try_lock());
  first.reset();
  CHECK(*second->try_lock());
}

TEST_CASE("what is said about the reads of a map changes nothing that it gives") {
  const test::TemporaryDirectory directory;
  const auto file = opened(directory.file("a"));
  const std::string text(20'000, 'x');
  write(*file, 0, text);
  const auto mapping = *file->map(text.size(), MapMode::read);
  mapping->expect_scattered_reads();
  mapping->read_ahead(5'000, 10'000);
  mapping->read_ahead(text.size() - 1, 1);
  CHECK(std::memcmp(mapping->data(), text.data(), text.size()) == 0);
}

TEST_CASE("a file syncs, and starting its write-back early does no harm") {
  const test::TemporaryDirectory directory;
  const auto file = opened(directory.file("a"));
  write(*file, 0, "text");
  file->start_write_back(0, 4);
  REQUIRE(file->sync_data());
  CHECK(contents(*file) == "text");
}
