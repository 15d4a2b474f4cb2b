// Where the log ends when no writer has published an end: one answer, which readers, backup and verify give.
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>

#include "../../src/log/bytes/log_end.hpp"
#include "store_on_disk.hpp"

namespace log_end_test {

using namespace eventstore;
using namespace eventstore::engine;
using namespace eventstore::laws;

namespace {

constexpr std::uint64_t fold = 7;

Bytes bytes_of_commit(format::Location place, format::Location synced, std::uint64_t first, std::uint32_t count) {
  format::CommitHeader header;
  header.store_fold = fold;
  header.location = place;
  header.generation = 1;
  header.synced_end = synced;
  header.first_position = first;
  header.event_count = count;
  header.checksum = format::header_checksum(header);
  const auto view = format::bytes_of(header);
  return {view.begin(), view.end()};
}

ExpectedCommit expected_at(format::Location place) {
  return {.store_fold = fold, .location = place, .generation = 1, .next_position = 5};
}

// After a start of the machine, so that no published end counts.
struct WithoutWriter : StoreWithoutRoom {
  std::size_t first_end = 0;

  WithoutWriter() {
    auto log = open();
    fill(*log, "delivery-1", 1, 2);
    first_end = segment_size(1);
    fill(*log, "delivery-1", 3, 3);
    keep();
  }
};

}  // namespace

TEST_CASE("a commit that follows proves what it states to be synced, and no more") {
  const format::Location end{1, 120};
  Bytes rest(200);
  const auto later = bytes_of_commit(format::Location{1, 120 + 200}, format::Location{1, 150}, 6, 3);
  rest.insert(rest.end(), later.begin(), later.end());
  const auto found = later_commits(rest, expected_at(end));
  CHECK(found.last == Position{8});
  CHECK(found.prove(end));
  CHECK(found.prove(format::Location{1, 149}));
  CHECK_FALSE(found.prove(format::Location{1, 150}));
}

TEST_CASE("a commit of another place, store or generation proves nothing") {
  const format::Location end{1, 120};
  Bytes rest(200);
  const auto elsewhere = bytes_of_commit(format::Location{1, 400}, format::Location{1, 150}, 6, 3);
  rest.insert(rest.end(), elsewhere.begin(), elsewhere.end());
  CHECK_FALSE(later_commits(rest, expected_at(end)).prove(end));
  auto expected = expected_at(end);
  const auto later = bytes_of_commit(format::Location{1, 120 + 200}, format::Location{1, 150}, 6, 3);
  rest.resize(200);
  rest.insert(rest.end(), later.begin(), later.end());
  expected.generation = 2;
  CHECK_FALSE(later_commits(rest, expected).prove(end));
  CHECK_FALSE(later_commits({}, expected_at(end)).prove(end));
}

TEST_CASE("readers, backup and verify end a torn log at the same place") {
  WithoutWriter store;
  store.return_to_kept();
  const auto size = store.segment_size(1);
  std::filesystem::resize_file(store.segment(1), size - 8);
  const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
  const auto report = verify(store.files, store.path());
  const auto copied = backup(store.files, store.path(), store.files, store.path() + "-copy", store.clock);
  REQUIRE(report);
  REQUIRE(copied);
  CHECK(report->findings.empty());
  CHECK(*reader->head() == report->last);
  CHECK(copied->state.last == report->last);
}

TEST_CASE("readers, backup and verify tell of the same damage where later commits prove it") {
  WithoutWriter store;
  store.return_to_kept();
  flip_byte(store.segment(1), store.first_end - 8);
  const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
  const auto report = verify(store.files, store.path());
  const auto copied = backup(store.files, store.path(), store.files, store.path() + "-copy", store.clock);
  REQUIRE(report);
  CHECK_FALSE(report->findings.empty());
  REQUIRE_FALSE(copied);
  CHECK(copied.error().code == Errc::corrupt_record);
  const auto page = reader->read_all({.from = Position{2}});
  REQUIRE_FALSE(page);
  CHECK(page.error().code == Errc::corrupt_record);
}

}  // namespace log_end_test
