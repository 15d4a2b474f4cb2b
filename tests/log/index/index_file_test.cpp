#include "log/index/index_file.hpp"

#include <cerrno>
#include <eventstore/testing/faulty_file_system.hpp>
#include <numeric>

#include "fuzz/repair.hpp"
#include "laws/event_log_laws.hpp"
#include "log/index/index_writer.hpp"

using namespace eventstore;
using namespace eventstore::engine;

namespace {

constexpr auto magic = format::table_magic;

// Two sections of some blocks, and between them an empty one.
struct Sample {
  std::vector<std::uint64_t> first = std::vector<std::uint64_t>(5000);
  std::vector<std::uint32_t> last = std::vector<std::uint32_t>(7001);

  Sample() {
    std::iota(first.begin(), first.end(), 1);
    std::iota(last.begin(), last.end(), 1000);
  }
  Result<void> write(IndexSink& sink) const {
    format::IndexHeader header;
    header.magic = magic;
    header.numbers[3] = 33;
    header.sections[0].bytes = first.size() * sizeof(std::uint64_t);
    header.sections[2].bytes = last.size() * sizeof(std::uint32_t);
    IndexIdentity identity;
    identity.end = 4711;
    IndexWriter writer{sink, identity, header};
    for (std::size_t i = 0; i < last.size(); ++i) {
      EVENTSTORE_TRY(writer.write_one(2, last[i]));
      if (i < first.size()) EVENTSTORE_TRY(writer.write_one(0, first[i]));
    }
    return writer.finish();
  }
  [[nodiscard]] Bytes bytes() const {
    MemorySink sink;
    REQUIRE(write(sink));
    return sink.take();
  }
};

Error error_of(const Result<IndexFile>& opened) {
  if (opened) FAIL("expected that the file does not open");
  return opened.error();
}

}  // namespace

TEST_CASE("sections that were written side by side are read as they are") {
  const Sample sample;
  const auto file = IndexFile::of(sample.bytes(), "x", magic);
  REQUIRE(file);
  CHECK(file->number(3) == 33);
  CHECK(file->identity().end == 4711);
  CHECK(file->count<std::uint64_t>(0) == 5000);
  CHECK(file->count<std::uint64_t>(1) == 0);
  CHECK(file->count<std::uint32_t>(2) == 7001);
  const auto first = file->array<std::uint64_t>(0, 0, 5000);
  const auto last = file->array<std::uint32_t>(2, 1, 7000);
  REQUIRE(first);
  REQUIRE(last);
  CHECK(std::equal(first->begin(), first->end(), sample.first.begin()));
  CHECK(std::equal(last->begin(), last->end(), sample.last.begin() + 1));
  CHECK(file->verify_all());
}

TEST_CASE("a place outside of a section is damage") {
  const auto file = IndexFile::of(Sample{}.bytes(), "x", magic);
  REQUIRE(file);
  constexpr auto huge = ~std::uint64_t{0};
  for (const auto& [at, count] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {5000, 1}, {0, 5001}, {5001, 0}, {huge, 1}, {1, huge}, {huge, huge}, {huge / 8, 2}}) {
    const auto outside = file->array<std::uint64_t>(0, at, count);
    REQUIRE_FALSE(outside);
    CHECK(outside.error().code == Errc::corrupt_record);
    CHECK(outside.error().where == "x");
  }
  CHECK(file->array<std::uint64_t>(0, 5000, 0));
}

TEST_CASE("a block is verified when it is touched, and not before") {
  auto bytes = Sample{}.bytes();
  bytes[20'000] ^= std::byte{1};
  const auto file = IndexFile::of(bytes, "x", magic);
  REQUIRE(file);
  CHECK(file->array<std::uint64_t>(0, 0, 1000));
  for (int i = 0; i < 2; ++i) {
    const auto damaged = file->array<std::uint64_t>(0, 1000, 2000);
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().code == Errc::corrupt_record);
  }
  CHECK(file->array<std::uint64_t>(0, 4200, 800));
  CHECK_FALSE(file->verify_all());
}

TEST_CASE("a file that is cut, too long, of another kind or newer does not open") {
  const auto bytes = Sample{}.bytes();
  for (const std::size_t length : {std::size_t{0}, std::size_t{511}, std::size_t{512}, bytes.size() - 1}) {
    auto cut = bytes;
    cut.resize(length);
    CHECK(error_of(IndexFile::of(cut, "x", magic)).code == Errc::corrupt_record);
  }
  auto longer = bytes;
  longer.emplace_back();
  CHECK(error_of(IndexFile::of(longer, "x", magic)).code == Errc::corrupt_record);
  CHECK(error_of(IndexFile::of(bytes, "x", format::segment_index_magic)).code == Errc::corrupt_record);
  for (const auto at :
       {offsetof(format::IndexHeader, format_version), offsetof(format::IndexHeader, must_understand)}) {
    auto newer = bytes;
    fuzz::put(newer, at, std::uint32_t{3});
    fuzz::repair_header(newer, sizeof(format::IndexHeader));
    CHECK(error_of(IndexFile::of(newer, "x", magic)).code == Errc::newer_format);
  }
}

TEST_CASE("absurd lengths in a header whose checksum fits are refused before anything is allocated") {
  for (const auto absurd : {std::uint64_t{1} << 62, ~std::uint64_t{0}, ~std::uint64_t{7}, std::uint64_t{100'000}})
    for (const auto at : {offsetof(format::IndexHeader, content_end), offsetof(format::IndexHeader, sections),
                          offsetof(format::IndexHeader, sections) + 8}) {
      auto bytes = Sample{}.bytes();
      fuzz::put(bytes, at, absurd);
      fuzz::repair_header(bytes, sizeof(format::IndexHeader));
      CHECK(error_of(IndexFile::of(bytes, "x", magic)).code == Errc::corrupt_record);
    }
}

TEST_CASE("a writer takes no more and no less than was stated") {
  MemorySink sink;
  format::IndexHeader header;
  header.sections[0].bytes = 8;
  IndexWriter writer{sink, {}, header};
  CHECK_FALSE(writer.finish());
  CHECK(writer.write_one(0, std::uint64_t{1}));
  CHECK_FALSE(writer.write_one(0, std::uint8_t{1}));
  CHECK_FALSE(writer.write_one(1, std::uint8_t{1}));
  CHECK(writer.finish());
}

TEST_CASE("an index file is whole under its name, or what was there stays") {
  const laws::TemporaryDirectory directory;
  PosixFileSystem disk;
  FaultyFileSystem files{disk};
  const auto path = directory.file("1.idx");
  const Sample sample;
  const auto write = [&] { return write_index_file(files, path, [&](IndexSink& sink) { return sample.write(sink); }); };
  REQUIRE(write_index_file(disk, path, as_bytes("before")));
  for (const auto call : {FileCall::open, FileCall::write, FileCall::sync, FileCall::rename}) {
    files.fail(call, 1, ENOSPC);
    const auto failed = write();
    files.heal();
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == Errc::out_of_space);
    CHECK(disk.list(directory.file("")) == std::vector<std::string>{"1.idx"});
    CHECK((*disk.open(path, OpenMode::read))->size() == 6);
  }
  // What an interrupted attempt left is longer than what comes now.
  REQUIRE(write_all(**disk.open(path + ".tmp", OpenMode::create), 1'000'000, as_bytes("left over")));
  REQUIRE(write());
  CHECK(disk.list(directory.file("")) == std::vector<std::string>{"1.idx"});
  const auto file = IndexFile::open(disk, path, magic);
  REQUIRE(file);
  const auto expected = sample.bytes();
  CHECK(std::equal(expected.begin(), expected.end(), file->bytes().begin(), file->bytes().end()));
}
