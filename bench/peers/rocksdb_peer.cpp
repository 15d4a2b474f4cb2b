#include <bench/commit_queue.hpp>
#include <bench/peers/rocksdb_peer.hpp>
#include <bench/record.hpp>

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

namespace bench {
namespace {

void check(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error{"rocksdb: " + status.ToString()};
}

rocksdb::Slice slice_of(const eventstore::Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const std::byte* bytes_of(const rocksdb::Slice& slice) { return reinterpret_cast<const std::byte*>(slice.data()); }

// Big-endian, so that the order of the keys is the order of the numbers.
void append_number(std::string& key, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(number >> shift));
}

std::string key_of(std::uint64_t position) {
  std::string key;
  append_number(key, position);
  return key;
}

std::string key_of(const std::string& stream, std::uint64_t version) {
  std::string key = stream;
  key.push_back('\0');
  append_number(key, version);
  return key;
}

std::uint64_t number_in(const rocksdb::Slice& key) {
  std::uint64_t number = 0;
  for (std::size_t i = key.size() - 8; i < key.size(); ++i) number = number << 8 | static_cast<unsigned char>(key[i]);
  return number;
}

rocksdb::ColumnFamilyOptions family_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.block_size = std::size_t{16} * 1024;
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.compression = rocksdb::kNoCompression;  // the payloads do not compress
  options.write_buffer_size = std::size_t{128} << 20;
  options.level_compaction_dynamic_level_bytes = true;
  return options;
}

}  // namespace

struct RocksdbPeer::Store {
  Store(const std::filesystem::path& directory, Appends appends) : is_queued{appends == Appends::queued} {
    rocksdb::DBOptions options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.max_background_jobs = 2;
    options.max_open_files = -1;
    const auto cache = rocksdb::NewLRUCache(std::size_t{1} << 30);
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const char* family : {"default", "by_stream", "by_position"})
      families.emplace_back(family, family_options(cache));
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    check(rocksdb::DB::Open(options, directory.string(), families, &handles, &opened));
    db.reset(opened);
    heads = handles[0];
    by_stream = handles[1];
    by_position = handles[2];
    const std::unique_ptr<rocksdb::Iterator> last{db->NewIterator({}, by_position)};
    last->SeekToLast();
    if (last->Valid()) next_position = number_in(last->key()) + 1;
  }
  ~Store() {
    for (auto* family : {heads, by_stream, by_position}) db->DestroyColumnFamilyHandle(family);
  }

  std::uint64_t head(const std::string& stream) {
    thread_local rocksdb::PinnableSlice value;
    value.Reset();
    const auto status = db->Get({}, heads, stream, &value);
    if (status.IsNotFound()) return 0;
    check(status);
    return number_in(value);
  }

  void add(const Batch& batch, rocksdb::WriteBatch& to) {
    thread_local eventstore::Bytes record;
    for (const auto& event : batch.events) {
      const auto position = next_position++;
      record.clear();
      encode_record(event, position, record);
      check(to.Put(by_position, key_of(position), slice_of(record)));
      check(to.Put(by_stream, key_of(event.stream->text(), event.version), slice_of(record)));
    }
    for (const auto& expected : batch.expected) check(to.Put(heads, expected.stream->text(), key_of(expected.after)));
  }

  // Many batches in one write; those before it in the group are not yet in the database.
  void write_group(std::vector<Queued>& group) {
    rocksdb::WriteBatch writes;
    std::unordered_map<std::string_view, std::uint64_t> pending;
    for (auto& queued : group) {
      const auto& expectations = queued.batch->expected;
      queued.accepted = std::all_of(expectations.begin(), expectations.end(), [&](const Expected& expected) {
        const auto found = pending.find(expected.stream->text());
        return expected.before == (found == pending.end() ? head(expected.stream->text()) : found->second);
      });
      if (!queued.accepted) continue;
      for (const auto& expected : expectations) pending[expected.stream->text()] = expected.after;
      add(*queued.batch, writes);
    }
    write(writes, Sync::every_append);
  }

  void write(rocksdb::WriteBatch& writes, Sync sync) {
    rocksdb::WriteOptions options;
    options.sync = sync == Sync::every_append;
    check(db->Write(options, &writes));
  }

  // Only the streams that a batch touches are locked, so that RocksDB can group the writes of many threads by itself.
  bool write_alone(const Batch& batch, Sync sync) {
    std::uint64_t touched = 0;
    for (const auto& expected : batch.expected)
      touched |= std::uint64_t{1} << std::hash<std::string>{}(expected.stream->text()) % locks.size();
    for (auto left = touched; left != 0; left &= left - 1)
      locks[static_cast<std::size_t>(std::countr_zero(left))].lock();
    const auto unlock = [&](const void*) {
      for (auto left = touched; left != 0; left &= left - 1)
        locks[static_cast<std::size_t>(std::countr_zero(left))].unlock();
    };
    const std::unique_ptr<const void, decltype(unlock)> locked{this, unlock};
    for (const auto& expected : batch.expected)
      if (head(expected.stream->text()) != expected.before) return false;
    rocksdb::WriteBatch writes;
    add(batch, writes);
    write(writes, sync);
    return true;
  }

  std::unique_ptr<rocksdb::DB> db;
  rocksdb::ColumnFamilyHandle* heads = nullptr;
  rocksdb::ColumnFamilyHandle* by_stream = nullptr;
  rocksdb::ColumnFamilyHandle* by_position = nullptr;
  std::atomic<std::uint64_t> next_position = 1;
  std::array<std::mutex, 64> locks;  // of the streams, by hash
  const bool is_queued;
  CommitQueue queue{[this](std::vector<Queued>& group) { write_group(group); }};
};

RocksdbPeer::RocksdbPeer(const std::filesystem::path& directory, Appends appends)
    : store_{std::make_unique<Store>(directory, appends)} {}
RocksdbPeer::~RocksdbPeer() = default;

bool RocksdbPeer::append(const Batch& batch, Sync sync) {
  if (store_->is_queued && sync == Sync::every_append) return store_->queue.append(batch);
  return store_->write_alone(batch, sync);
}

void RocksdbPeer::sync() { check(store_->db->SyncWAL()); }

void RocksdbPeer::settle() {
  for (auto* family : {store_->heads, store_->by_stream, store_->by_position})
    check(store_->db->CompactRange({}, family, nullptr, nullptr));
}

void RocksdbPeer::Reader::read_stream(const StreamId& stream, Visit visit) const {
  const auto first = key_of(stream.text(), 0);
  const auto past = stream.text() + '\1';
  const rocksdb::Slice end{past};
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &end;
  const std::unique_ptr<rocksdb::Iterator> event{peer_.store_->db->NewIterator(options, peer_.store_->by_stream)};
  for (event->Seek(first); event->Valid(); event->Next()) visit(decode_record(bytes_of(event->value())).seen);
  check(event->status());
}

void RocksdbPeer::Reader::scan(Visit visit) const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.readahead_size = std::size_t{2} << 20;
  const std::unique_ptr<rocksdb::Iterator> event{peer_.store_->db->NewIterator(options, peer_.store_->by_position)};
  for (event->SeekToFirst(); event->Valid(); event->Next()) visit(decode_record(bytes_of(event->value())).seen);
  check(event->status());
}

void RocksdbPeer::Reader::scan_filtered(std::string_view type, Visit visit) const {
  scan([&](const Seen& seen) {
    if (seen.type == type) visit(seen);
  });
}

}  // namespace bench
