#include <eventstore/testing/faulty_file_system.hpp>

#include <cerrno>

#include <temporary_directory.hpp>

using namespace eventstore;

namespace {

// Real files in a folder of the test's own, behind a file system that fails on demand.
struct Folder {
  test::TemporaryDirectory directory{};
  PosixFileSystem real{};
  FaultyFileSystem files{real};

  [[nodiscard]] std::unique_ptr<File> open(const std::string& name) {
    auto file = files.open(directory.file(name), OpenMode::create);
    REQUIRE(file);
    return std::move(*file);
  }
  [[nodiscard]] std::string contents(const std::string& name) {
    const auto file = real.open(directory.file(name), OpenMode::read);
    REQUIRE(file);
    return std::string{as_text(*read_whole(**file, 1000))};
  }
};

void require_failed(const Result<void>& result, Errc code, int os_errno, const std::string& where) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == code);
  CHECK(result.error().os_errno == os_errno);
  CHECK(result.error().where == where);
}

template <class T> Result<void> outcome(Result<T> result) {
  if (!result) return failure_of(result);
  return {};
}

}  // namespace

TEST_CASE("without a plan every call reaches the real files", "[faulty]") {
  Folder folder;
  REQUIRE(write_all(*folder.open("a"), 0, as_bytes("text")));
  REQUIRE(folder.files.rename(folder.directory.file("a"), folder.directory.file("b")));
  CHECK(folder.contents("b") == "text");
  CHECK(*folder.files.list(folder.directory.path()) == std::vector<std::string>{"b"});
}

TEST_CASE("the nth call of a kind fails, and those after it, until the file system is healed", "[faulty]") {
  Folder folder;
  const auto file = folder.open("a");
  folder.files.fail(FileCall::sync, 2, EIO);
  CHECK(file->sync_data());
  require_failed(file->sync_data(), Errc::io_failed, EIO, folder.directory.file("a"));
  require_failed(file->sync_data(), Errc::io_failed, EIO, folder.directory.file("a"));
  CHECK(write_all(*file, 0, as_bytes("other calls go on")));
  folder.files.heal();
  CHECK(file->sync_data());
  CHECK(folder.files.calls(FileCall::sync) == 4);
}

TEST_CASE("every kind of call can fail, with the code that its errno has", "[faulty]") {
  Folder folder;
  const auto file = folder.open("a");
  const auto path = folder.directory.file("a");
  std::array<std::byte, 1> byte{};
  const auto [os_errno, code] =
      GENERATE(table<int, Errc>({{ENOSPC, Errc::out_of_space}, {EROFS, Errc::read_only}, {EIO, Errc::io_failed}}));
  const auto failed = [&, os_errno = os_errno, code = code](FileCall call, auto use) {
    folder.files.fail(call, 1, os_errno);
    require_failed(use(), code, os_errno, path);
    folder.files.heal();
  };
  failed(FileCall::open, [&] { return outcome(folder.files.open(path, OpenMode::write)); });
  failed(FileCall::read, [&] { return outcome(file->read_some(0, byte)); });
  failed(FileCall::write, [&] { return outcome(file->write_some(0, byte)); });
  failed(FileCall::sync, [&] { return file->sync_data(); });
  failed(FileCall::map, [&] { return outcome(file->map(1, MapMode::read)); });
  failed(FileCall::rename, [&] { return folder.files.rename(path, path); });
  failed(FileCall::remove, [&] { return folder.files.remove(path); });
  failed(FileCall::make_directory, [&] { return folder.files.make_directories(path); });
  failed(FileCall::sync_directory, [&] { return folder.files.sync_directory(path); });
  CHECK(*folder.files.list(folder.directory.path()) == std::vector<std::string>{"a"});
}

TEST_CASE("opening for reading never counts and never fails", "[faulty]") {
  Folder folder;
  (void)folder.open("a");
  folder.files.fail(FileCall::open, 1, EIO);
  CHECK(folder.files.open(folder.directory.file("a"), OpenMode::read));
  CHECK(folder.files.calls(FileCall::open) == 1);
}

TEST_CASE("a failing write has written as many bytes as the plan says", "[faulty]") {
  Folder folder;
  const auto file = folder.open("a");
  folder.files.fail(FileCall::write, 1, ENOSPC, 3);
  require_failed(write_all(*file, 0, as_bytes("abcdef")), Errc::out_of_space, ENOSPC, folder.directory.file("a"));
  CHECK(folder.contents("a") == "abc");
}

TEST_CASE("short writes are finished by whoever writes all", "[faulty]") {
  Folder folder;
  folder.files.write_short(2);
  REQUIRE(write_all(*folder.open("a"), 0, as_bytes("abcde")));
  CHECK(folder.contents("a") == "abcde");
  CHECK(folder.files.calls(FileCall::write) == 3);
}

TEST_CASE("a machine that was started again has another boot id", "[faulty]") {
  Folder folder;
  CHECK(folder.files.boot_id() == folder.real.boot_id());
  folder.files.set_boot_id("next");
  CHECK(folder.files.boot_id() == "next");
  CHECK(folder.files.process_name() == folder.real.process_name());
}
