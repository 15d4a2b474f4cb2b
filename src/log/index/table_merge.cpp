#include "table_merge.hpp"

#include <algorithm>

#include "stream_merge.hpp"
#include "table_writer.hpp"

namespace eventstore::engine {
namespace {

using format::IdEntry;
using format::Location;
using Layout = format::TableLayout;
using Inputs = TableInputs;

Result<IndexIdentity> merged_identity(Inputs inputs) {
  const auto invalid = [](std::string reason) {
    return failure(Errc::invalid_argument, "merge tables", {}, std::move(reason));
  };
  if (inputs.empty()) return invalid("there is nothing to merge");
  auto identity = inputs.front()->identity();
  for (const auto& input : inputs.subspan(1)) {
    const auto& next = input->identity();
    if (next.store_id != identity.store_id) return invalid("the tables are of different stores");
    if (input->hashing() != inputs.front()->hashing()) return invalid("the tables are of different versions");
    if (next.first_segment != std::uint64_t{identity.last_segment} + 1)
      return invalid("the tables do not follow one another");
    const auto first = identity.first_segment;
    identity = next;
    identity.first_segment = first;
  }
  return identity;
}

/// The entries of one input one by one, read in stretches.
template <class Entry> class Stretches {
 public:
  using Read = Result<std::span<const Entry>> (Table::*)(std::uint64_t, std::uint64_t) const;
  Stretches(const Table& table, Read read, std::uint64_t count) : table_{&table}, read_{read}, left_{count} {}

  /// Null at the end.
  Result<const Entry*> head() {
    if (at_ == stretch_.size()) {
      if (left_ == 0) return nullptr;
      const auto count = std::min<std::uint64_t>(left_, 1024);
      EVENTSTORE_TRY_ASSIGN(stretch_, (table_->*read_)(next_, count));
      next_ += count;
      left_ -= count;
      at_ = 0;
    }
    return &stretch_[at_];
  }
  void pass() { ++at_; }

 private:
  const Table* table_;
  Read read_;
  std::uint64_t left_;
  std::uint64_t next_ = 0;
  std::span<const Entry> stretch_;
  std::size_t at_ = 0;
};

Result<void> merge_ids(Inputs inputs, TableWriter& writer) {
  std::vector<Stretches<IdEntry>> rest;
  std::vector<const IdEntry*> heads;
  for (const auto& input : inputs) {
    rest.emplace_back(*input, &Table::ids, input->id_count());
    EVENTSTORE_TRY_ASSIGN(const auto* const head, rest.back().head());
    heads.push_back(head);
  }
  std::vector<IdEntry> merged;
  merged.reserve(1024);
  while (true) {
    std::size_t least = inputs.size();
    for (std::size_t i = 0; i < heads.size(); ++i)
      if (heads[i] != nullptr && (least == inputs.size() || *heads[i] < *heads[least])) least = i;
    if (least == inputs.size() || merged.size() == merged.capacity()) {
      EVENTSTORE_TRY(writer.add_ids(merged));
      merged.clear();
    }
    if (least == inputs.size()) return {};
    const auto entry = *heads[least];
    merged.push_back(entry);
    rest[least].pass();
    EVENTSTORE_TRY_ASSIGN(heads[least], rest[least].head());
    if (heads[least] != nullptr && *heads[least] < entry)
      return inputs[least]->file().damaged("its ids are not in order");
  }
}

// How large the table will be. Cost: reads all names.
Result<TableSizes> sizes_of(Inputs inputs) {
  TableSizes sizes;
  for (const auto& input : inputs) {
    sizes.ids += input->id_count();
    if (sizes.first_position == 0) sizes.first_position = input->first_position().value;
    if (input->last_position() != Position{0}) sizes.last_position = input->last_position().value;
  }
  StreamMerge streams{inputs};
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const auto parts, streams.next());
    if (parts.empty()) break;
    const auto& first = parts.front().entry;
    const auto versions = parts.back().entry.last.value - first.first.value + 1;
    ++sizes.streams;
    sizes.text_bytes += first.name.size() + first.organization.size();
    if (versions > Layout::entries_max - sizes.locations) sizes.ids = Layout::entries_max + 1;
    if (sizes.ids > Layout::entries_max)
      return failure(Errc::too_large, "merge tables", {}, "a table has at most 2^32 - 1 events");
    sizes.locations += versions;
  }
  return sizes;
}

Result<void> add_lost_locations(TableWriter& writer, std::uint64_t count) {
  static constexpr std::array<Location, 512> lost{};
  for (; count > lost.size(); count -= lost.size()) EVENTSTORE_TRY(writer.add_locations(lost));
  return writer.add_locations(std::span{lost}.first(static_cast<std::size_t>(count)));
}

/// By input and rank in it: the rank in the table that is made.
using Ranks = std::vector<std::vector<std::uint32_t>>;

Result<void> merge_stream(Inputs inputs, std::span<const StreamMerge::Part> parts, TableWriter& writer) {
  const auto& first = parts.front().entry;
  const auto& last = parts.back().entry;
  format::StreamRecord record;
  record.version_count = static_cast<std::uint32_t>(last.last.value - first.first.value + 1);
  record.first_version = first.first.value;
  record.first_position = first.first_position.value;
  record.last_position = last.last_position.value;
  EVENTSTORE_TRY(writer.add_stream(record, first.name, first.organization));
  auto next = first.first;
  for (const auto& [input, entry] : parts) {
    EVENTSTORE_TRY(add_lost_locations(writer, entry.first.value - next.value));
    const auto count = entry.last.value - entry.first.value + 1;
    EVENTSTORE_TRY_ASSIGN(const auto locations, inputs[input]->locations(entry, entry.first, count));
    EVENTSTORE_TRY(writer.add_locations(locations));
    next = entry.last.next();
  }
  return {};
}

Result<Ranks> merge_streams(Inputs inputs, TableWriter& writer) {
  Ranks ranks(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) ranks[i].reserve(static_cast<std::size_t>(inputs[i]->stream_count()));
  StreamMerge streams{inputs};
  for (std::uint32_t rank = 0;; ++rank) {
    EVENTSTORE_TRY_ASSIGN(const auto parts, streams.next());
    if (parts.empty()) return ranks;
    EVENTSTORE_TRY(merge_stream(inputs, parts, writer));
    for (const auto& part : parts) ranks[part.input].push_back(rank);
  }
}

/// The hashes of an input's streams, each with the rank in the table that is made.
class StreamHashes {
 public:
  StreamHashes(const Table& table, std::span<const std::uint32_t> ranks)
      : table_{&table},
        merged_{ranks},
        hashes_{table, &Table::stream_hashes, table.stream_count()},
        ranks_{table, &Table::stream_ranks, table.stream_count()} {}

  using Head = std::optional<std::pair<std::uint64_t, std::uint32_t>>;

  [[nodiscard]] const Head& head() const { return head_; }

  Result<void> next() {
    const auto earlier = head_;
    EVENTSTORE_TRY_ASSIGN(const auto* const hash, hashes_.head());
    EVENTSTORE_TRY_ASSIGN(const auto* const rank, ranks_.head());
    head_.reset();
    if (hash == nullptr || rank == nullptr) return {};
    if (*rank >= merged_.size()) return table_->file().damaged("a stream's hash has no stream");
    head_.emplace(*hash, merged_[*rank]);
    if (earlier && *head_ <= *earlier) return table_->file().damaged("its streams' hashes are not in order");
    hashes_.pass();
    ranks_.pass();
    return {};
  }

 private:
  const Table* table_;
  std::span<const std::uint32_t> merged_;
  Stretches<std::uint64_t> hashes_;
  Stretches<std::uint32_t> ranks_;
  Head head_;
};

Result<void> merge_stream_hashes(Inputs inputs, const Ranks& ranks, TableWriter& writer) {
  std::vector<StreamHashes> rest;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    rest.emplace_back(*inputs[i], ranks[i]);
    EVENTSTORE_TRY(rest.back().next());
  }
  while (true) {
    StreamHashes::Head least;
    for (const auto& one : rest)
      if (one.head() && (!least || *one.head() < *least)) least = one.head();
    if (!least) return {};
    EVENTSTORE_TRY(writer.add_stream_hash(least->first, least->second));
    for (auto& one : rest)
      if (one.head() == least) EVENTSTORE_TRY(one.next());
  }
}

}  // namespace

Result<void> merge_tables(Inputs inputs, IndexSink& sink) {
  EVENTSTORE_TRY_ASSIGN(const auto identity, merged_identity(inputs));
  EVENTSTORE_TRY_ASSIGN(const auto sizes, sizes_of(inputs));
  TableWriter writer{sink, identity, sizes, inputs.front()->hashing()};
  {
    EVENTSTORE_TRY_ASSIGN(const auto ranks, merge_streams(inputs, writer));
    EVENTSTORE_TRY(merge_stream_hashes(inputs, ranks, writer));
  }
  EVENTSTORE_TRY(merge_ids(inputs, writer));
  return writer.finish();
}

Result<void> merge_tables(Inputs inputs, FileSystem& files, const std::string& path) {
  return write_index_file(files, path, [&](IndexSink& sink) { return merge_tables(inputs, sink); });
}

}  // namespace eventstore::engine
