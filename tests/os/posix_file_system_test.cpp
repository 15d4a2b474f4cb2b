// The names and folders of this machine.
#include <eventstore/os/file_system.hpp>

#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>

#include <temporary_directory.hpp>

using namespace eventstore;

namespace {

void make_file(const std::string& path) { REQUIRE(PosixFileSystem{}.open(path, OpenMode::create_new)); }

template <class T> void require_error(const Result<T>& result, Errc code, int os_errno, const std::string& where) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == code);
  CHECK(result.error().os_errno == os_errno);
  CHECK(result.error().where == where);
}

}  // namespace

TEST_CASE("each way of opening asks for a file, for none, or for either") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  const auto path = directory.file("a");
  require_error(files.open(path, OpenMode::read), Errc::not_found, ENOENT, path);
  require_error(files.open(path, OpenMode::write), Errc::not_found, ENOENT, path);
  CHECK(files.open(path, OpenMode::create_new));
  require_error(files.open(path, OpenMode::create_new), Errc::io_failed, EEXIST, path);
  CHECK(files.open(path, OpenMode::create));
  CHECK(files.open(path, OpenMode::write));
  CHECK(files.open(path, OpenMode::read));
}

TEST_CASE("opening for creation keeps the bytes of a file that exists") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  REQUIRE(write_all(**files.open(directory.file("a"), OpenMode::create), 0, as_bytes("kept")));
  CHECK(*(*files.open(directory.file("a"), OpenMode::create))->size() == 4);
}

TEST_CASE("a pipe or a device is refused at once and in one line") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  const auto pipe = directory.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (const auto& path : {pipe, std::string{"/dev/null"}})
    for (const auto mode : {OpenMode::read, OpenMode::write, OpenMode::create}) {
      CAPTURE(path);
      const auto opened = files.open(path, mode);
      REQUIRE_FALSE(opened);
      CHECK(opened.error().message() ==
            "io_failed: open [" + path + "]: it is a pipe or a device, and a regular file is needed: move it away");
    }
}

TEST_CASE("a folder lists its names in byte order") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  for (const auto* const name : {"b", "a", "B", "10", "2"}) make_file(directory.file(name));
  CHECK(*files.list(directory.path()) == std::vector<std::string>{"10", "2", "B", "a", "b"});
  require_error(files.list(directory.file("missing")), Errc::not_found, ENOENT, directory.file("missing"));
}

TEST_CASE("a rename takes the place of the file that has the name") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  REQUIRE(write_all(**files.open(directory.file("new"), OpenMode::create), 0, as_bytes("new text")));
  make_file(directory.file("old"));
  REQUIRE(files.rename(directory.file("new"), directory.file("old")));
  CHECK(*files.list(directory.path()) == std::vector<std::string>{"old"});
  CHECK(*(*files.open(directory.file("old"), OpenMode::read))->size() == 8);
  require_error(files.rename(directory.file("new"), directory.file("old")), Errc::not_found, ENOENT,
                directory.file("new") + " to " + directory.file("old"));
}

TEST_CASE("a removed file is gone, and removing it again says so") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  make_file(directory.file("a"));
  REQUIRE(files.remove(directory.file("a")));
  CHECK(files.list(directory.path())->empty());
  require_error(files.remove(directory.file("a")), Errc::not_found, ENOENT, directory.file("a"));
}

TEST_CASE("folders are made with all that stand above them, and again without harm") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  const auto* const tail = GENERATE("a/b/c", "a/b/c/", "a//b/c");
  REQUIRE(files.make_directories(directory.file(tail)));
  REQUIRE(files.make_directories(directory.file(tail)));
  CHECK(*files.list(directory.file("a/b")) == std::vector<std::string>{"c"});
  REQUIRE(files.sync_directory(directory.file("a/b")));
}

TEST_CASE("a file in the place of a folder is named") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  make_file(directory.file("a"));
  require_error(files.make_directories(directory.file("a")), Errc::io_failed, ENOTDIR, directory.file("a"));
  require_error(files.make_directories(directory.file("a/b")), Errc::io_failed, ENOTDIR, directory.file("a/b"));
  require_error(files.sync_directory(directory.file("a")), Errc::io_failed, ENOTDIR, directory.file("a"));
}

TEST_CASE("a process names itself by its number and its host") {
  PosixFileSystem files;
  CHECK_THAT(files.process_name(), Catch::StartsWith(std::to_string(::getpid()) + "@"));
  CHECK(files.process_name().size() > std::to_string(::getpid()).size() + 1);
  CHECK(files.boot_id() == files.boot_id());
}
