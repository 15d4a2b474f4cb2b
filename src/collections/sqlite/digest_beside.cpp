#include "digest_beside.hpp"

#include "counts.hpp"
#include "database_file.hpp"

#include <chrono>
#include <system_error>

namespace eventstore::engine::sqlite {
namespace {

constexpr std::int64_t rows_at_once = 4096;  // some milliseconds, which a commit may wait
constexpr std::chrono::milliseconds between_looks{20};

}  // namespace

DigestBeside::DigestBeside(sqlite3* connection, const CollectionShape& shape, std::string_view name) {
  const auto* const path = sqlite3_db_filename(connection, nullptr);
  if (path == nullptr || *path == '\0') return;  // in memory
  try {
    found_ = std::async(std::launch::async, [this, &shape, path = std::string{path}, name = std::string{name}] {
      try {
        return read(path, shape, name);
      } catch (const std::bad_alloc&) {
        return std::optional<Found>{};
      }
    });
  } catch (const std::system_error&) {  // no thread is to be had
  }
}

DigestBeside::~DigestBeside() {
  {
    const std::lock_guard lock{mutex_};
    has_ended_ = true;
  }
  changed_.notify_all();
  if (found_.valid()) found_.wait();
}

DigestBeside::Pause::Pause(DigestBeside& beside) : beside_{beside} {
  std::unique_lock lock{beside_.mutex_};
  ++beside_.pauses_;
  beside_.changed_.wait(lock, [&] { return !beside_.is_reading_; });
}

DigestBeside::Pause::~Pause() {
  {
    const std::lock_guard lock{beside_.mutex_};
    --beside_.pauses_;
  }
  beside_.changed_.notify_all();
}

bool DigestBeside::begin_to_read() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [&] { return pauses_ == 0 || has_ended_; });
  is_reading_ = !has_ended_;
  return is_reading_;
}

void DigestBeside::end_reading() {
  {
    const std::lock_guard lock{mutex_};
    is_reading_ = false;
  }
  changed_.notify_all();
}

// Each part is read at a moment of its own. The number of the documents' state, which was read before the first, is the
// same after the last one where nobody has changed a document meanwhile.
std::optional<DigestBeside::Found> DigestBeside::read(const std::string& path, const CollectionShape& shape,
                                                      const std::string& name) {
  struct EndReading {
    ~EndReading() { beside.end_reading(); }
    DigestBeside& beside;
  };
  std::optional<Connection> connection;
  std::optional<DigestScan> scan;
  std::uint64_t changes = 0;
  while (begin_to_read()) {
    const EndReading at_end{*this};
    if (!scan) {
      auto opened = open_database(path, SqliteCollections::Mode::read_only);
      if (!opened) return std::nullopt;
      connection = std::move(*opened);
      const auto count = read_count(connection->get(), name);
      auto begun = DigestScan::open(connection->get(), shape, name);
      if (!count || !*count || !begun) return std::nullopt;
      changes = (*count)->changes;
      scan = std::move(*begun);
    }
    const auto more = scan->next(rows_at_once);
    if (!more) return std::nullopt;
    if (!*more) return Found{scan->sum(), changes};
  }
  return std::nullopt;
}

Result<std::optional<DigestBeside::Found>> DigestBeside::wait(const Watcher& watcher) {
  if (!found_.valid()) return std::optional<Found>{};
  while (found_.wait_for(between_looks) != std::future_status::ready)
    if (watcher.is_stopped())
      return failure(Errc::stopped, "make digest", "", "stopped before the digest of the documents was made");
  return found_.get();
}

}  // namespace eventstore::engine::sqlite
