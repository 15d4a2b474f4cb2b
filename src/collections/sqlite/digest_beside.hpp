#pragma once
// Private to the SQLite engine: the digest of a collection that has been built is made by a second thread while the
// first one makes the indexes.
#include "digest_scan.hpp"
#include "watcher.hpp"

#include <condition_variable>
#include <future>
#include <mutex>

namespace eventstore::engine::sqlite {

/// Reads the collection with a connection of its own, some rows at a time, between the commits of the first thread.
/// Threads: the first one. Lifetime: borrows the shape; the destructor ends the reading and waits for its end.
class DigestBeside {
 public:
  /// Begins. Where there can be no second connection or thread, nothing is found.
  DigestBeside(sqlite3* connection, const CollectionShape& shape, std::string_view name);
  ~DigestBeside();
  DigestBeside(const DigestBeside&) = delete;
  DigestBeside& operator=(const DigestBeside&) = delete;

  /// While it lives, nothing is read: a reader would keep SQLite from using its log of writes again.
  class Pause {
   public:
    explicit Pause(DigestBeside& beside);
    ~Pause();
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    DigestBeside& beside_;
  };

  struct Found {
    Digest128 digest;
    std::uint64_t changes;  ///< the number of the documents' state, by their count
  };
  /// Waits for the end of the reading. Absent where it was of no use. Errors: stopped, by the watch.
  Result<std::optional<Found>> wait(const Watcher& watcher);

 private:
  std::optional<Found> read(const std::string& path, const CollectionShape& shape, const std::string& name);
  bool begin_to_read();
  void end_reading();

  std::mutex mutex_;  // guards what follows, up to the result
  std::condition_variable changed_;
  int pauses_ = 0;
  bool is_reading_ = false;
  bool has_ended_ = false;  // nobody waits for the result any more
  std::future<std::optional<Found>> found_;
};

}  // namespace eventstore::engine::sqlite
