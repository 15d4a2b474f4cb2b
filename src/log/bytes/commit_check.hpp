#pragma once
// Whether bytes are a whole, undamaged commit.
#include <optional>

#include "format.hpp"

namespace eventstore::engine {

/// The values with which the next commit has to agree.
struct ExpectedCommit {
  std::uint64_t store_fold = 0;
  format::Location location{};
  std::uint32_t generation = 0;
  std::uint64_t next_position = 0;
  std::optional<std::uint64_t> previous_checksum{};  ///< absent: unknown, after damage

  /// What the first commit of a segment with `header` has to agree with.
  static ExpectedCommit first_of(const format::SegmentHeader& header);
  /// Now it is the commit that follows `commit`, which was the one expected.
  void pass(const format::CommitHeader& commit);
};

/// The flaw of a commit; `text` is empty if there is none.
struct Flaw {
  std::string_view text{};
  bool is_newer_format = false;  ///< whole, but with something that this build does not understand
};

/// Checks all of the commit that `bytes` begin with. Cost: reads it once.
Flaw check_commit(BytesView bytes, const ExpectedCommit& expected);

/// Checks the record that `bytes` begin with, `distance` bytes into its commit; not its place among the others.
Flaw check_record(BytesView bytes, std::size_t distance);

/// Checks the record at `offset` of a segment's bytes, which must be of that kind, and the header of the commit that
/// holds it.
Flaw check_record_at(BytesView segment, std::uint32_t offset, format::RecordKind kind);

/// The header that `bytes` begin with, where it is a commit header of this store, generation and place.
std::optional<format::CommitHeader> commit_header(BytesView bytes, const ExpectedCommit& expected);

}  // namespace eventstore::engine
