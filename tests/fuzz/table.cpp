// The reader of a table, and merging, which reads all of it.
#include "fuzz_one.hpp"
#include "log/index/table_merge.hpp"
#include "repair.hpp"
#include "walk.hpp"

namespace eventstore::fuzz {

using namespace engine;
namespace {

// Takes a few megabytes: what states absurd gaps is to be given up.
class SmallSink final : public IndexSink {
 public:
  Result<void> write(std::uint64_t offset, BytesView bytes) override {
    if (offset + bytes.size() > std::uint64_t{4} * 1024 * 1024) return failure(Errc::out_of_space, "write", "sink");
    return sink_.write(offset, bytes);
  }
  Bytes take() { return sink_.take(); }

 private:
  MemorySink sink_;
};

void merge(const Table& table, const Bytes& bytes) {
  const auto& identity = table.identity();
  std::vector<std::shared_ptr<const Table>> inputs;
  // The same again as that of the segments that follow.
  Bytes next = bytes;
  put(next, offsetof(format::IndexHeader, first_segment), identity.last_segment + 1);
  put(next, offsetof(format::IndexHeader, last_segment), identity.last_segment + 2);
  repair_header(next, sizeof(format::IndexHeader));
  for (const Bytes* input : std::initializer_list<const Bytes*>{&bytes, &next}) {
    const auto opened = Table::of(*input, "input");
    if (!opened) return;
    inputs.push_back(*opened);
    SmallSink sink;
    if (!merge_tables(inputs, sink)) continue;
    const auto merged = Table::of(sink.take(), "merged");
    must(merged.has_value() && walk(**merged).has_value());
  }
}

void read(const Bytes& bytes) {
  const auto table = Table::of(bytes, "1-1.tbl");
  if (!table) return must(table.error().where == "1-1.tbl");
  const auto walked = walk(**table);
  if (!walked) must(walked.error().code == Errc::corrupt_record);
  merge(**table, bytes);
}

}  // namespace

void fuzz_one(BytesView bytes) {
  Bytes copy{bytes.begin(), bytes.end()};
  read(copy);
  repair_index(copy, format::table_magic);
  read(copy);
}

}  // namespace eventstore::fuzz
