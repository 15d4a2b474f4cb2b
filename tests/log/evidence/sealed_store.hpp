#pragma once
// A small store of several finished segments with their seals, and ways to forge it as someone who knows the format
// would.
#include <eventstore/file_log/proof.hpp>
#include <eventstore/file_log/verify.hpp>

#include "../../../src/log/bytes/format.hpp"
#include "log/store_on_disk.hpp"

namespace eventstore::laws {

using namespace engine;

struct SealedStore : StoreWithoutRoom {
  static constexpr std::uint64_t events = 60;
  ChainHead head;

  SealedStore() {
    {
      auto log = open({.segment_bytes_max = small_segment});
      const auto id = schema_id();
      for (std::uint64_t i = 1; i <= events; ++i) {
        const SchemaRecord schemas[] = {{id, as_bytes(descriptor)}};
        const std::string stream = i % 3 == 0 ? "delivery-1" : "delivery-2";
        auto made = event(stream, i);
        if (i % 4 == 0) {
          made.schema = id;
          made.codec = Codec::binary;
        }
        REQUIRE(log->append({.events = std::span{&made, 1}, .schemas = schemas}));
      }
    }
    remove_indexes();  // what is altered here would be found by them too
    seal();
    keep();
  }

  static constexpr std::string_view descriptor = "Happened{what:text}";
  static SchemaId schema_id() { return SchemaId{Uuid::v5(Uuid::v5(eventstore_namespace, "schema"), descriptor)}; }

  SealsMade seal() {
    const auto made = make_missing_seals(disk, path());
    if (!made) FAIL(made.error().message());
    head = made->head;
    return *made;
  }

  [[nodiscard]] std::string seal_file(int number) const {
    return file("segments/000000000000000" + std::to_string(number) + ".seal");
  }

  VerifyReport check(const VerifyOptions& options = {.chain = true}) {
    auto report = verify(files, path(), options);
    if (!report) FAIL(report.error().message());
    return std::move(*report);
  }
};

/// A segment's bytes, to be changed and written back with every checksum made anew: what someone does who knows the
/// format and may write the files.
class Forger {
 public:
  explicit Forger(SealedStore& store) : store_{store} {}

  /// Changes the data of the event at `position`, and then all checksums from there to the end of the log.
  void change_event(std::uint64_t position, std::string_view data = "DATA") {
    change(position, [&](std::string& bytes, std::size_t at) {
      const auto header = format::load<format::EventHeader>(pointer(bytes, at));
      const auto data_at = at + sizeof header + header.stream_bytes + header.organization_bytes + header.type_bytes +
                           header.metadata_bytes;
      REQUIRE(header.data_bytes == data.size());
      bytes.replace(data_at, data.size(), data);
    });
  }

  /// Calls `edit(bytes, offset of the event's record)`, and makes all checksums of the log anew.
  template <class Edit> void change(std::uint64_t position, Edit edit) {
    each_commit([&](std::string& bytes, std::size_t at, format::CommitHeader& header) {
      for (std::size_t record = at + sizeof header; record < at + header.length;) {
        const auto prefix = format::load<format::RecordPrefix>(pointer(bytes, record));
        if (prefix.kind == format::RecordKind::event && header.first_position + prefix.ordinal == position)
          edit(bytes, record);
        record += prefix.length;
      }
    });
  }

  /// Calls `edit(bytes, offset, header)` for each commit, in order, and makes all checksums of the log anew.
  template <class Edit> void each_commit(Edit edit) {
    std::uint64_t previous = 0;
    auto recorded_at = std::numeric_limits<std::int64_t>::min();
    for (int number = 1; std::filesystem::exists(store_.segment(number)); ++number) {
      auto bytes = read_text(store_.segment(number));
      auto segment = format::load<format::SegmentHeader>(pointer(bytes, 0));
      segment.previous_checksum = previous;
      segment.recorded_at = recorded_at;
      segment.checksum = format::header_checksum(segment);
      put(bytes, 0, segment);
      for (std::size_t at = sizeof segment; at + sizeof(format::CommitHeader) <= bytes.size();) {
        auto header = format::load<format::CommitHeader>(pointer(bytes, at));
        if (header.magic != format::commit_magic) break;
        header.previous_checksum = previous;
        edit(bytes, at, header);
        make_whole(bytes, at, header);
        previous = header.checksum;
        recorded_at = header.recorded_at;
        at += header.length;
      }
      write_text(store_.segment(number), bytes);
    }
  }

  template <class Header> static void put(std::string& bytes, std::size_t at, const Header& header) {
    bytes.replace(at, sizeof header, reinterpret_cast<const char*>(&header), sizeof header);
  }
  static const std::byte* pointer(const std::string& bytes, std::size_t at) {
    return reinterpret_cast<const std::byte*>(bytes.data() + at);
  }

 private:
  static void make_whole(std::string& bytes, std::size_t at, format::CommitHeader& header) {
    std::vector<std::uint64_t> checksums;
    for (std::size_t record = at + sizeof header; record < at + header.length;) {
      auto prefix = format::load<format::RecordPrefix>(pointer(bytes, record));
      prefix.checksum = format::checksum_of({pointer(bytes, record) + 8, prefix.length - 8});
      put(bytes, record, prefix);
      checksums.push_back(prefix.checksum);
      record += prefix.length;
    }
    header.body_checksum = format::checksum_of(std::as_bytes(std::span{checksums}));
    header.checksum = format::header_checksum(header);
    put(bytes, at, header);
  }

  SealedStore& store_;
};

/// One line a finding, without the folder.
inline std::vector<std::string> lines_of(const VerifyReport& report) {
  std::vector<std::string> lines;
  for (const auto& finding : report.findings) {
    const auto name = finding.file.substr(finding.file.rfind('/') + 1);
    const auto digits = name.find_first_not_of('0');
    lines.push_back(std::string{to_string(finding.kind)} + " " + (digits < 16 ? name.substr(digits) : name) + " " +
                    std::to_string(finding.offset) + " " + std::to_string(finding.first.value) + "-" +
                    std::to_string(finding.last.value) + " " + finding.what);
    CHECK_FALSE(finding.advice.empty());
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace eventstore::laws
