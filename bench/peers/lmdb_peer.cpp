#include <bench/commit_queue.hpp>
#include <bench/peers/lmdb_peer.hpp>
#include <bench/record.hpp>

#include <lmdb.h>

#include <mutex>
#include <stdexcept>

namespace bench {
namespace {

constexpr std::size_t map_bytes = std::size_t{64} << 30;
constexpr unsigned readers_max = 256;

void check(int code) {
  if (code != MDB_SUCCESS) throw std::runtime_error{std::string{"lmdb: "} + mdb_strerror(code)};
}

// True where there is an entry.
bool found(int code) {
  if (code == MDB_NOTFOUND) return false;
  check(code);
  return true;
}

MDB_val value_of(const void* data, std::size_t size) { return {size, const_cast<void*>(data)}; }
MDB_val value_of(const std::string& text) { return value_of(text.data(), text.size()); }
MDB_val value_of(const std::uint64_t& number) { return value_of(&number, sizeof number); }

std::uint64_t number_in(const MDB_val& value) {
  std::uint64_t number = 0;
  std::memcpy(&number, value.mv_data, sizeof number);
  return number;
}

class Cursor {
 public:
  Cursor(MDB_txn* transaction, MDB_dbi table) { check(mdb_cursor_open(transaction, table, &raw_)); }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  ~Cursor() { mdb_cursor_close(raw_); }
  bool get(MDB_val& key, MDB_val& value, MDB_cursor_op operation) {
    return found(mdb_cursor_get(raw_, &key, &value, operation));
  }
  [[nodiscard]] MDB_cursor* raw() const { return raw_; }

 private:
  MDB_cursor* raw_ = nullptr;
};

}  // namespace

struct LmdbPeer::Store {
  Store(const std::filesystem::path& directory, Appends appends) : is_queued{appends == Appends::queued} {
    check(mdb_env_create(&environment));
    check(mdb_env_set_mapsize(environment, map_bytes));
    check(mdb_env_set_maxdbs(environment, 2));
    check(mdb_env_set_maxreaders(environment, readers_max));
    check(mdb_env_open(environment, directory.c_str(), MDB_NOTLS, 0644));
    MDB_txn* transaction = nullptr;
    check(mdb_txn_begin(environment, nullptr, 0, &transaction));
    check(mdb_dbi_open(transaction, "events", MDB_CREATE | MDB_INTEGERKEY, &events));
    // A stream's positions are sorted duplicates of one key: as many as its version, in the order of versions.
    check(mdb_dbi_open(transaction, "by_stream", MDB_CREATE | MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP, &by_stream));
    {
      Cursor last{transaction, events};
      MDB_val key{};
      MDB_val value{};
      if (last.get(key, value, MDB_LAST)) next_position = number_in(key) + 1;
    }
    check(mdb_txn_commit(transaction));
  }
  ~Store() { mdb_env_close(environment); }

  void use(Sync sync) {
    if (sync == used) return;
    check(mdb_env_set_flags(environment, MDB_NOSYNC, sync == Sync::later ? 1 : 0));
    used = sync;
  }

  static std::uint64_t head(const Cursor& streams, const std::string& stream) {
    auto key = value_of(stream);
    MDB_val value{};
    if (!found(mdb_cursor_get(streams.raw(), &key, &value, MDB_SET))) return 0;
    std::size_t count = 0;
    check(mdb_cursor_count(streams.raw(), &count));
    return count;
  }

  static bool holds(const Batch& batch, const Cursor& streams) {
    for (const auto& expected : batch.expected)
      if (head(streams, expected.stream->text()) != expected.before) return false;
    return true;
  }

  void put_all(const Batch& batch, const Cursor& all, const Cursor& streams) {
    for (const auto& event : batch.events) {
      const std::uint64_t position = next_position++;
      record.clear();
      encode_record(event, position, record);
      auto key = value_of(position);
      auto value = value_of(record.data(), record.size());
      check(mdb_cursor_put(all.raw(), &key, &value, MDB_APPEND));
      auto stream = value_of(event.stream->text());
      auto place = value_of(position);
      check(mdb_cursor_put(streams.raw(), &stream, &place, MDB_APPENDDUP));
    }
  }

  void write(std::vector<Queued>& group) {
    MDB_txn* transaction = nullptr;
    check(mdb_txn_begin(environment, nullptr, 0, &transaction));
    {
      const Cursor all{transaction, events};
      const Cursor streams{transaction, by_stream};
      for (auto& queued : group) {
        queued.accepted = holds(*queued.batch, streams);
        if (queued.accepted) put_all(*queued.batch, all, streams);
      }
    }
    check(mdb_txn_commit(transaction));
  }

  MDB_env* environment = nullptr;
  MDB_dbi events = 0;
  MDB_dbi by_stream = 0;
  std::uint64_t next_position = 1;
  eventstore::Bytes record;
  Sync used = Sync::every_append;
  const bool is_queued;
  std::mutex mutex;  // appends take turns, unless they are queued
  CommitQueue queue{[this](std::vector<Queued>& group) {
    use(Sync::every_append);
    write(group);
  }};
};

LmdbPeer::LmdbPeer(const std::filesystem::path& directory, Appends appends)
    : store_{std::make_unique<Store>(directory, appends)} {}
LmdbPeer::~LmdbPeer() = default;

bool LmdbPeer::append(const Batch& batch, Sync sync) {
  if (store_->is_queued && sync == Sync::every_append) return store_->queue.append(batch);
  const std::unique_lock lock{store_->mutex};
  store_->use(sync);
  std::vector<Queued> alone{{&batch}};
  store_->write(alone);
  return alone.front().accepted;
}

void LmdbPeer::sync() { check(mdb_env_sync(store_->environment, 1)); }

// One read transaction, renewed for each read: a fresh view without a new slot.
struct LmdbPeer::Reader::Snapshot {
  explicit Snapshot(const Store& from) : store{from} {
    check(mdb_txn_begin(store.environment, nullptr, MDB_RDONLY, &transaction));
    check(mdb_cursor_open(transaction, store.by_stream, &streams));
    check(mdb_cursor_open(transaction, store.events, &events));
    mdb_txn_reset(transaction);
  }
  ~Snapshot() {
    mdb_cursor_close(streams);
    mdb_cursor_close(events);
    mdb_txn_abort(transaction);
  }
  template <class Read> void read(Read from_view) {
    check(mdb_txn_renew(transaction));
    check(mdb_cursor_renew(transaction, streams));
    check(mdb_cursor_renew(transaction, events));
    from_view();
    mdb_txn_reset(transaction);
  }
  const Store& store;
  MDB_txn* transaction = nullptr;
  MDB_cursor* streams = nullptr;
  MDB_cursor* events = nullptr;
};

LmdbPeer::Reader::Reader(const Store& store) : snapshot_{std::make_unique<Snapshot>(store)} {}
LmdbPeer::Reader::Reader(Reader&&) noexcept = default;
LmdbPeer::Reader::~Reader() = default;

void LmdbPeer::Reader::read_stream(const StreamId& stream, Visit visit) {
  snapshot_->read([&] {
    auto key = value_of(stream.text());
    MDB_val place{};
    bool more = found(mdb_cursor_get(snapshot_->streams, &key, &place, MDB_SET_KEY));
    while (more) {
      MDB_val record{};
      check(mdb_cursor_get(snapshot_->events, &place, &record, MDB_SET));
      visit(decode_record(static_cast<const std::byte*>(record.mv_data)).seen);
      more = found(mdb_cursor_get(snapshot_->streams, &key, &place, MDB_NEXT_DUP));
    }
  });
}

void LmdbPeer::Reader::scan(Visit visit) {
  snapshot_->read([&] {
    MDB_val key{};
    MDB_val record{};
    bool more = found(mdb_cursor_get(snapshot_->events, &key, &record, MDB_FIRST));
    while (more) {
      visit(decode_record(static_cast<const std::byte*>(record.mv_data)).seen);
      more = found(mdb_cursor_get(snapshot_->events, &key, &record, MDB_NEXT));
    }
  });
}

void LmdbPeer::Reader::scan_filtered(std::string_view type, Visit visit) {
  scan([&](const Seen& seen) {
    if (seen.type == type) visit(seen);
  });
}

}  // namespace bench
