#include <eventstore/os/named_lock.hpp>

#include <catch2/catch.hpp>

#include "temporary_directory.hpp"

namespace es = eventstore;

namespace {

std::optional<es::NamedLock> take(es::FileSystem& files, const std::string& path) {
  auto taken = es::NamedLock::try_take(files, path);
  if (!taken) FAIL(taken.error().message());
  return std::move(*taken);
}

}  // namespace

TEST_CASE("one at a time has a named lock and everybody sees who", "[os][lock]") {
  const es::test::TemporaryDirectory folder;
  es::PosixFileSystem files;
  const auto path = folder.file("lock");
  CHECK(*es::NamedLock::holder(files, path) == "");
  auto mine = take(files, path);
  REQUIRE(mine);
  CHECK_FALSE(take(files, path));
  CHECK(*es::NamedLock::holder(files, path) == files.process_name());
  mine.reset();
  CHECK(*es::NamedLock::holder(files, path) == "");
  CHECK(take(files, path));
}

TEST_CASE("a named lock in a folder that is not there is an error", "[os][lock]") {
  const es::test::TemporaryDirectory folder;
  es::PosixFileSystem files;
  CHECK_FALSE(es::NamedLock::try_take(files, folder.file("no/lock")));
}
