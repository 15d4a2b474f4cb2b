// The file through which a writer tells other processes how far they may read.
#include "../../src/log/files/published_end.hpp"

#include "store_on_disk.hpp"

namespace published_end_test {

using namespace eventstore;
using namespace eventstore::engine;
using namespace eventstore::laws;
using eventstore::engine::format::Location;

namespace {

struct HeadFile {
  TemporaryDirectory directory;
  PosixFileSystem disk;
  FaultyFileSystem files{disk};
  const std::string path = directory.file("head");

  PublishedEnd to_publish() { return *PublishedEnd::open_to_publish(files, path, {}); }
  PublishedEnd to_follow() { return std::move(**PublishedEnd::open_to_follow(files, path, {})); }
};

}  // namespace

TEST_CASE("an end is only published forward", "[published_end]") {
  HeadFile head;
  const auto late = head.to_publish();
  const auto writer = head.to_publish();
  late.publish(Location{1, 100}, Position{1});
  writer.publish(Location{1, 300}, Position{3});
  const auto word = writer.word();
  late.publish(Location{1, 200}, Position{2});
  CHECK(writer.word() == word);
  CHECK(head.to_follow().end() == Location{1, 300});
  CHECK(head.to_follow().last() == Position{3});
}

TEST_CASE("after a start of the machine an earlier end may be published", "[published_end]") {
  HeadFile head;
  head.to_publish().publish(Location{1, 300}, Position{3});
  head.files.set_boot_id("another run");
  CHECK_FALSE(head.to_follow().end());
  CHECK_FALSE(head.to_follow().end_of_writer());
  head.to_publish().publish(Location{1, 200}, Position{2});
  CHECK(head.to_follow().end() == Location{1, 200});
}

TEST_CASE("a file with zeros in the place of an end has none", "[published_end]") {
  HeadFile head;
  const auto writer = head.to_publish();
  CHECK_FALSE(writer.end());
  CHECK_FALSE(writer.end_of_writer());
}

TEST_CASE("it is seen that the file lost its name", "[published_end]") {
  HeadFile head;
  const auto writer = head.to_publish();
  CHECK(*writer.is_in_place());
  std::filesystem::remove(head.path);
  CHECK_FALSE(*writer.is_in_place());
  const auto next = head.to_publish();
  CHECK_FALSE(*writer.is_in_place());
  CHECK(*next.is_in_place());
}

}  // namespace published_end_test
