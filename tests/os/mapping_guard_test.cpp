// A mapped page that cannot be read reads as zeros, and is told; the process goes on.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <eventstore/os/detail/mapping_failures.hpp>
#include <eventstore/os/file_system.hpp>
#include <filesystem>
#include <thread>

#include "laws/event_log_laws.hpp"

using namespace eventstore;

namespace {

constexpr std::size_t page = 4096;

struct Mapped {
  laws::TemporaryDirectory directory;
  PosixFileSystem files;
  std::string path = directory.file("file");
  std::shared_ptr<Mapping> map;

  explicit Mapped(MapMode mode, std::size_t pages = 4) {
    const auto file = files.open(path, OpenMode::create);
    REQUIRE(file);
    REQUIRE(write_all(**file, 0, Bytes(pages * page, std::byte{7})));
    auto mapped = (*file)->map(pages * page, mode);
    REQUIRE(mapped);
    map = std::move(*mapped);
  }
  void shrink_to(std::size_t bytes) const { std::filesystem::resize_file(path, bytes); }
  [[nodiscard]] std::byte at(std::size_t offset) const {
    return *const_cast<const volatile std::byte*>(map->data() + offset);
  }
};

}  // namespace

TEST_CASE("what a file has lost reads as zeros through its map, and the rest as it was", "[mapping_guard]") {
  const Mapped mapped{MapMode::read};
  const auto before = mapping_failures();
  CHECK(mapped.at(3 * page) == std::byte{7});
  CHECK_FALSE(mapped.map->has_failed());
  mapped.shrink_to(2 * page);
  CHECK(mapped.at(2 * page + 5) == std::byte{0});
  CHECK(mapped.map->has_failed());
  CHECK(mapping_failures() == before + 1);
  CHECK(mapped.at(page) == std::byte{7});
  CHECK(mapped.at(4 * page - 1) == std::byte{0});
  const Mapped other{MapMode::read};
  CHECK(other.at(0) == std::byte{7});
  CHECK_FALSE(other.map->has_failed());
}

TEST_CASE("a store through a map of a file that was cut reaches nobody, and ends nothing", "[mapping_guard]") {
  const Mapped mapped{MapMode::read_write};
  mapped.shrink_to(0);
  mapped.map->data()[page] = std::byte{1};
  CHECK(mapped.map->has_failed());
  CHECK(std::filesystem::file_size(mapped.path) == 0);
}

TEST_CASE("threads that meet the same lost pages all go on", "[mapping_guard]") {
  const Mapped mapped{MapMode::read, 64};
  mapped.shrink_to(0);
  std::vector<std::jthread> threads;
  std::atomic<int> zeros{0};
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (std::size_t at = 0; at < 64 * page; at += page) zeros += mapped.at(at) == std::byte{0} ? 1 : 0;
    });
  threads.clear();
  CHECK(zeros == 4 * 64);
}

TEST_CASE("a bus error in memory that is not ours still ends the process", "[mapping_guard]") {
  const Mapped ours{MapMode::read};  // the guard is there
  const auto descriptor = ::open(ours.path.c_str(), O_RDONLY);
  const auto* const foreign =
      static_cast<const volatile char*>(::mmap(nullptr, page, PROT_READ, MAP_SHARED, descriptor, 0));
  ::close(descriptor);
  ours.shrink_to(0);
  const auto child = ::fork();
  if (child == 0) ::_exit(foreign[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK_FALSE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}
