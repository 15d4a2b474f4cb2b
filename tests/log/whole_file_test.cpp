// A file is whole under its name, or the one before it is there.
#include "../../src/log/files/whole_file.hpp"

#include <cerrno>

#include "../../src/log/bytes/segment_check.hpp"
#include "store_on_disk.hpp"

namespace whole_file_test {

using namespace eventstore;
using namespace eventstore::engine;
using namespace eventstore::laws;

TEST_CASE("a file that cannot be written, synced or renamed leaves the one before it as it was") {
  const TemporaryDirectory directory;
  PosixFileSystem disk;
  FaultyFileSystem files{disk};
  const auto path = directory.file("one");
  REQUIRE(write_whole_file(files, path, as_bytes("before")));
  for (const auto call : {FileCall::write, FileCall::sync, FileCall::rename}) {
    files.fail(call, 1, EIO);
    CHECK_FALSE(write_whole_file(files, path, as_bytes("after")));
    files.heal();
    CHECK(read_text(path) == "before");
  }
  REQUIRE(write_whole_file(files, path, as_bytes("after")));
  CHECK(read_text(path) == "after");
  CHECK_FALSE(std::filesystem::exists(path + ".tmp"));
}

TEST_CASE("what an earlier try left, longer than the new file, is not in it") {
  const TemporaryDirectory directory;
  PosixFileSystem files;
  const auto path = directory.file("one");
  write_text(path + ".tmp", "something that is longer than what comes");
  REQUIRE(write_whole_file(files, path, as_bytes("short")));
  CHECK(read_text(path) == "short");
}

TEST_CASE("a segment's header is told from one that is cut off, foreign, newer or damaged") {
  format::SegmentHeader header;
  header.number = 3;
  header.capacity = 4096;
  header.checksum = format::header_checksum(header);
  const auto flaw_of = [](const format::SegmentHeader& one) {
    return check_segment_header(format::bytes_of(one), Uuid{}, 3);
  };
  CHECK(flaw_of(header).text.empty());
  CHECK(check_segment_header(format::bytes_of(header).first(100), Uuid{}, 3).text == "the header is cut off");
  CHECK(check_segment_header(format::bytes_of(header), Uuid{}, 4).text == "a segment of another store or place");
  CHECK(check_segment_size(header, 4096).text.empty());
  CHECK(check_segment_size(header, 4097).text == "longer than it may be");
  auto damaged = header;
  damaged.capacity = 8192;
  CHECK(flaw_of(damaged).text == "the header's checksum does not match");
  auto newer = header;
  newer.format_version = format::version + 1;
  CHECK(flaw_of(newer).is_newer_format);
  auto other = header;
  other.magic = 0;
  CHECK(flaw_of(other).text == "not a file of eventstore");
}

}  // namespace whole_file_test
