#include <bench/commit_queue.hpp>
#include <bench/peers/sqlite_peer.hpp>
#include <bench/peers/sqlite_statement.hpp>

#include <mutex>

namespace bench {
namespace {

std::filesystem::path file_in(const std::filesystem::path& directory) { return directory / "events.sqlite"; }

constexpr const char* settings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-262144; PRAGMA mmap_size=17179869184;"
    "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=10000;";

// The stream stands in the row, so that no read needs a join; the index gives a stream's events and its head.
constexpr const char* tables =
    "CREATE TABLE IF NOT EXISTS events(position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL,"
    " type TEXT NOT NULL, id BLOB NOT NULL, created_at INTEGER NOT NULL, metadata BLOB NOT NULL, data BLOB NOT NULL);"
    "CREATE UNIQUE INDEX IF NOT EXISTS by_stream ON events(stream, version);";

void visit_rows(SqliteStatement& statement, Visit visit) {
  while (statement.step())
    visit({.stream = statement.text(1),
           .version = statement.number(2),
           .position = statement.number(0),
           .type = statement.text(3),
           .metadata = statement.bytes(4),
           .data = statement.bytes(5)});
  statement.reset();
}

}  // namespace

struct SqlitePeer::Writer {
  Writer(const std::filesystem::path& directory, Appends appends)
      : connection{file_in(directory), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE},
        is_queued{appends == Appends::queued} {
    SqliteStatement last{connection, "SELECT max(position) FROM events"};
    last.step();
    next_position = last.number(0) + 1;
  }

  void use(Sync sync) {
    if (sync == used) return;
    connection.run(sync == Sync::every_append ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
    used = sync;
  }

  bool holds(const Batch& batch) {
    for (const auto& expected : batch.expected) {
      head.bind(0, expected.stream->text());
      head.step();
      const auto version = head.number(0);
      head.reset();
      if (version != expected.before) return false;
    }
    return true;
  }

  void insert_all(const Batch& batch) {
    for (const auto& event : batch.events) {
      insert.bind(0, static_cast<std::int64_t>(next_position++));
      insert.bind(1, event.stream->text());
      insert.bind(2, static_cast<std::int64_t>(event.version));
      insert.bind(3, event.type);
      insert.bind(4, std::as_bytes(std::span{event.id.octets}));
      insert.bind(5, event.created_at);
      insert.bind(6, event.metadata);
      insert.bind(7, event.data);
      insert.run();
    }
  }

  void write(std::vector<Queued>& group) {
    begin.run();
    for (auto& queued : group) {
      queued.accepted = holds(*queued.batch);
      if (queued.accepted) insert_all(*queued.batch);
    }
    commit.run();
  }

  // Opened, set and filled with tables before the statements below are prepared.
  struct Ready : SqliteConnection {
    Ready(const std::filesystem::path& file, int flags) : SqliteConnection{file, flags} {
      run(settings);
      run(tables);
    }
  } connection;
  SqliteStatement begin{connection, "BEGIN IMMEDIATE"};
  SqliteStatement commit{connection, "COMMIT"};
  SqliteStatement head{connection, "SELECT max(version) FROM events WHERE stream = ?"};
  SqliteStatement insert{connection, "INSERT INTO events VALUES(?, ?, ?, ?, ?, ?, ?, ?)"};
  Sync used = Sync::every_append;
  std::uint64_t next_position = 1;
  const bool is_queued;
  std::mutex mutex;  // appends take turns, unless they are queued
  CommitQueue queue{[this](std::vector<Queued>& group) {
    use(Sync::every_append);
    write(group);
  }};
};

SqlitePeer::SqlitePeer(const std::filesystem::path& directory, Appends appends)
    : directory_{directory}, writer_{std::make_unique<Writer>(directory, appends)} {}
SqlitePeer::~SqlitePeer() = default;

bool SqlitePeer::append(const Batch& batch, Sync sync) {
  if (writer_->is_queued && sync == Sync::every_append) return writer_->queue.append(batch);
  const std::unique_lock lock{writer_->mutex};
  writer_->use(sync);
  std::vector<Queued> alone{{&batch}};
  writer_->write(alone);
  return alone.front().accepted;
}

void SqlitePeer::sync() {
  const std::unique_lock lock{writer_->mutex};
  writer_->use(Sync::every_append);
  writer_->connection.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

struct SqlitePeer::Reader::Statements {
  explicit Statements(const std::filesystem::path& directory) : connection{file_in(directory), SQLITE_OPEN_READWRITE} {
    connection.run("PRAGMA cache_size=-262144; PRAGMA mmap_size=17179869184;");
  }
  SqliteConnection connection;
  SqliteStatement by_stream{connection,
                            "SELECT position, stream, version, type, metadata, data FROM events WHERE stream = ? "
                            "ORDER BY version"};
  SqliteStatement all{connection,
                      "SELECT position, stream, version, type, metadata, data FROM events ORDER BY position"};
  SqliteStatement of_type{connection,
                          "SELECT position, stream, version, type, metadata, data FROM events WHERE type = ? "
                          "ORDER BY position"};
};

SqlitePeer::Reader::Reader(const std::filesystem::path& directory)
    : statements_{std::make_unique<Statements>(directory)} {}
SqlitePeer::Reader::Reader(Reader&&) noexcept = default;
SqlitePeer::Reader::~Reader() = default;

void SqlitePeer::Reader::read_stream(const StreamId& stream, Visit visit) {
  statements_->by_stream.bind(0, stream.text());
  visit_rows(statements_->by_stream, visit);
}

void SqlitePeer::Reader::scan(Visit visit) { visit_rows(statements_->all, visit); }

void SqlitePeer::Reader::scan_filtered(std::string_view type, Visit visit) {
  statements_->of_type.bind(0, type);
  visit_rows(statements_->of_type, visit);
}

}  // namespace bench
