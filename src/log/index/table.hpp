#pragma once
// Streams, event ids and outcomes of consecutive segments, FIRST-LAST.tbl: name -> versions -> locations, id ->
// location.
#include <optional>

#include "../containers/hashing.hpp"
#include "index_file.hpp"
#include "table_format.hpp"

namespace eventstore::engine {

/// A stream as far as its events stand in the table's segments. Lifetime: the table's.
struct StreamEntry {
  std::string_view name{};
  std::string_view organization{};
  Version first{};
  Version last{};
  Position first_position{};
  Position last_position{};
  std::uint64_t first_location = 0;  ///< for Table::locations
  std::uint64_t rank = 0;            ///< place among the table's streams in byte order of names, from 0
};

/// Threads: every member from any thread. Errors of all: corrupt_record, `where` being the path; then the file is to be
/// made again from the segments.
class Table {
 public:
  /// Errors: not_found, io_failed, corrupt_record, newer_format.
  static Result<std::shared_ptr<const Table>> open(FileSystem& files, const std::string& path);
  static Result<std::shared_ptr<const Table>> of(Bytes bytes, std::string path);

  [[nodiscard]] const IndexFile& file() const { return file_; }
  [[nodiscard]] const IndexIdentity& identity() const { return file_.identity(); }
  [[nodiscard]] std::uint64_t stream_count() const { return stream_count_; }
  /// Of events and of outcomes.
  [[nodiscard]] std::uint64_t id_count() const { return id_count_; }
  /// Of the events in the table; 0 where there is none.
  [[nodiscard]] Position first_position() const;
  [[nodiscard]] Position last_position() const;

  /// Cost: where the name is absent, about one miss of the cache; where it is there, about five.
  [[nodiscard]] Result<std::optional<StreamEntry>> find(std::string_view name) const;
  /// The same for a caller who has the name's hash by the store's Hashing already.
  [[nodiscard]] Result<std::optional<StreamEntry>> find(std::string_view name, std::uint64_t hash) const;

  /// Where `count` events of the stream stand, from the version `first` on; 0: lost to damage. Lifetime: the table's.
  /// Errors: also invalid_argument where they are not all between the entry's first and last version.
  [[nodiscard]] Result<std::span<const format::Location>> locations(const StreamEntry& entry, Version first,
                                                                    std::uint64_t count) const;

  /// The rank of the first stream whose name is not less than `name`; stream_count() where there is none.
  [[nodiscard]] Result<std::uint64_t> lower_bound(std::string_view name) const;
  /// The stream of that rank. Errors: also invalid_argument.
  [[nodiscard]] Result<StreamEntry> entry_by_rank(std::uint64_t rank) const;

  /// The events and outcomes that have the hash of this stream and id, in the order of the log; nearly always none or
  /// one. The caller compares with the records. `hash` is by the store's Hashing. Lifetime: the table's.
  [[nodiscard]] Result<std::span<const format::IdEntry>> candidates(std::string_view stream, const Uuid& id,
                                                                    std::uint64_t hash) const;
  [[nodiscard]] Result<std::span<const format::IdEntry>> candidates(std::string_view stream, const Uuid& id) const {
    return candidates(stream, id, hashing_.id(stream, id));
  }
  /// Those of a hash by the table's own hashing().
  [[nodiscard]] Result<std::span<const format::IdEntry>> candidates(std::uint64_t hash) const;
  /// By which its streams and ids are hashed: that of its store or, in a table of version 1, none.
  [[nodiscard]] const Hashing& hashing() const { return hashing_; }

  /// Entries by number, for merging. Lifetime: the table's.
  [[nodiscard]] Result<std::span<const format::IdEntry>> ids(std::uint64_t first, std::uint64_t count) const;
  [[nodiscard]] Result<std::span<const std::uint64_t>> stream_hashes(std::uint64_t first, std::uint64_t count) const;
  [[nodiscard]] Result<std::span<const std::uint32_t>> stream_ranks(std::uint64_t first, std::uint64_t count) const;

 private:
  explicit Table(IndexFile file);
  static Result<std::shared_ptr<const Table>> checked(IndexFile file);
  /// The numbers [first, last) of the entries in the bucket of `hash`; none where the filter knows that there is none.
  struct Bucket {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
  };
  [[nodiscard]] Result<Bucket> bucket(std::uint8_t filter, std::uint8_t buckets, std::uint64_t entries,
                                      std::uint64_t hash) const;

  [[nodiscard]] bool covers(format::Location location) const { return begin_ < location && location < end_; }

  IndexFile file_;
  Hashing hashing_;
  std::uint64_t stream_count_;
  std::uint64_t id_count_;
  format::Location begin_;  // of the part of the log that it covers
  format::Location end_;
};

}  // namespace eventstore::engine
