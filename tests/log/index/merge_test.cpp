#include <rapidcheck.h>

#include "laws/event_log_laws.hpp"
#include "sample_log.hpp"

using namespace eventstore;
using namespace eventstore::test;

namespace {

std::vector<std::shared_ptr<const Table>> tables_by_segment(Stretch events, std::size_t events_a_segment) {
  std::vector<std::shared_ptr<const Table>> tables;
  for (; !events.empty(); events = events.subspan(std::min(events_a_segment, events.size())))
    tables.push_back(open_table(table_bytes(events.first(std::min(events_a_segment, events.size())))));
  return tables;
}

Result<Bytes> merged(std::span<const std::shared_ptr<const Table>> tables) {
  MemorySink sink;
  EVENTSTORE_TRY(merge_tables(tables, sink));
  return sink.take();
}

}  // namespace

TEST_CASE("merged tables are what all events at once would make, byte for byte") {
  REQUIRE(rc::check([] {
    const auto events_a_segment = *rc::gen::inRange<std::size_t>(1, 300);
    const SampleLog log{*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(1, 1500), events_a_segment,
                        true, *rc::gen::arbitrary<bool>()};
    const auto tables = tables_by_segment(log.events, events_a_segment);
    const auto all = merged(tables);
    RC_ASSERT(all.has_value());
    RC_ASSERT(*all == table_bytes(log.events));
    // In two steps too.
    const auto half = std::span{tables}.first((tables.size() + 1) / 2);
    std::vector<std::shared_ptr<const Table>> halves{open_table(*merged(half))};
    if (half.size() < tables.size()) halves.push_back(open_table(*merged(std::span{tables}.subspan(half.size()))));
    RC_ASSERT(*merged(halves) == *all);
  }));
}

TEST_CASE("tables of many blocks are merged into a file that is whole") {
  const laws::TemporaryDirectory directory;
  PosixFileSystem files;
  const SampleLog log{11, 20'000, 6000};
  const auto path = directory.file("1-4.tbl");
  REQUIRE(merge_tables(tables_by_segment(log.events, 6000), files, path));
  const auto opened = Table::open(files, path);
  REQUIRE(opened);
  CHECK((*opened)->file().verify_all());
  const auto expected = table_bytes(log.events);
  const auto bytes = (*opened)->file().bytes();
  CHECK(expected.size() > 20 * format::index_block_bytes);
  CHECK(std::equal(bytes.begin(), bytes.end(), expected.begin(), expected.end()));
}

TEST_CASE("tables that do not belong together are not merged") {
  const SampleLog log{12, 300, 100};
  const auto tables = tables_by_segment(log.events, 100);
  CHECK(merged({}).error().code == Errc::invalid_argument);
  CHECK(merged(std::vector{tables[0], tables[2]}).error().code == Errc::invalid_argument);
  CHECK(merged(std::vector{tables[1], tables[0]}).error().code == Errc::invalid_argument);
  TableBuilder empty{sample_hashing()};
  auto foreign = identity_of(Stretch{log.events}.subspan(100, 100));
  foreign.store_id.octets.fill(8);
  CHECK(merged(std::vector{tables[0], open_table(*empty.finish(foreign))}).error().code == Errc::invalid_argument);
}

TEST_CASE("a damaged input is named, and nothing comes under the name of the table") {
  const laws::TemporaryDirectory directory;
  PosixFileSystem files;
  const SampleLog log{13, 2000, 1000};
  auto tables = tables_by_segment(log.events, 1000);
  auto bytes = table_bytes(Stretch{log.events}.subspan(1000));
  bytes[bytes.size() / 2] ^= std::byte{1};
  tables[1] = *Table::of(bytes, "damaged.tbl");
  const auto refused = merge_tables(tables, files, directory.file("1-2.tbl"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::corrupt_record);
  CHECK(refused.error().where == "damaged.tbl");
  CHECK(files.list(directory.file(""))->empty());
}
