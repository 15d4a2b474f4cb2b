#include "index_maker.hpp"

#include <algorithm>
#include <iterator>

#include "segment_index_builder.hpp"
#include "table_builder.hpp"

namespace eventstore::engine {

using format::Location;

Result<MadeIndexes> make_indexes(BytesView segment, const std::string& path, const ScanRange& range,
                                 std::uint32_t table_version) {
  const auto header = format::load<format::SegmentHeader>(segment.data());
  const auto number = static_cast<std::uint32_t>(header.number);
  const auto hashing = Hashing::of_store(header.store_id);
  SegmentIndexBuilder index{hashing};
  TableBuilder table{table_version < format::seeded_table_version ? Hashing{} : hashing};
  const auto add = [&](const std::byte* commit, std::uint32_t offset) {
    format::each_schema(commit, [&](const format::SchemaHeader& schema, std::uint32_t distance) {
      index.add_schema(SchemaId{schema.id}, offset + distance);
    });
    format::each_outcome(commit, [&](const std::byte* record, std::uint32_t distance) {
      table.add(format::outcome_at(record), Location{number, offset + distance});
    });
    format::each_event(commit, [&](const std::byte* record, std::uint32_t distance) {
      const auto event = format::event_at(record);
      index.add(event, offset + distance);
      table.add(event, Location{number, offset + distance});
    });
  };
  const auto lose = [&](Position until) { index.skip(until.value + 1 - header.first_position - index.count()); };
  EVENTSTORE_TRY_ASSIGN(auto scanned, scan_segment(segment, path, range, add, lose));

  MadeIndexes made;
  made.segment = {number,      header.generation, header.first_position,     scanned.count,
                  scanned.end, scanned.checksum,  scanned.first_recorded_at, scanned.last_recorded_at};
  made.is_finished = scanned.is_finished;
  made.damages = std::move(scanned.damages);
  const IndexIdentity identity{header.store_id,    number, number, header.generation, scanned.end, scanned.checksum,
                               scanned.is_finished};
  EVENTSTORE_TRY_ASSIGN(made.index,
                        index.finish(identity, {Position{header.first_position}, Timestamp{scanned.first_recorded_at},
                                                Timestamp{scanned.last_recorded_at}}));
  EVENTSTORE_TRY_ASSIGN(made.table, table.finish(identity));
  return made;
}

Result<MadeTable> make_table(std::span<const SegmentToScan> segments, const IndexIdentity& identity,
                             std::uint32_t table_version) {
  MadeTable made;
  TableBuilder table{table_version < format::seeded_table_version ? Hashing{} : Hashing::of_store(identity.store_id)};
  for (const auto& segment : segments) {
    const auto number = static_cast<std::uint32_t>(format::load<format::SegmentHeader>(segment.bytes.data()).number);
    const auto add = [&](const std::byte* commit, std::uint32_t offset) {
      format::each_outcome(commit, [&](const std::byte* record, std::uint32_t distance) {
        table.add(format::outcome_at(record), Location{number, offset + distance});
      });
      format::each_event(commit, [&](const std::byte* record, std::uint32_t distance) {
        table.add(format::event_at(record), Location{number, offset + distance});
      });
    };
    EVENTSTORE_TRY_ASSIGN(auto scanned, scan_segment(segment.bytes, segment.path, segment.range, add, [](Position) {}));
    std::move(scanned.damages.begin(), scanned.damages.end(), std::back_inserter(made.damages));
  }
  EVENTSTORE_TRY_ASSIGN(made.table, table.finish(identity));
  return made;
}

}  // namespace eventstore::engine
