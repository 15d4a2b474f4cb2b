#pragma once
// The logs that the projection benchmarks read, each made once and then used again.
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/os/file_system.hpp>
#include <eventstore/projection/projection_type.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// A log and the collections that are made from it.
struct Projected {
  std::string name;  ///< of the directory that keeps both
  std::vector<eventstore::ProjectionType> projections;
  std::function<void(eventstore::EventLog& log, const std::filesystem::path& directory)> fill;
};

/// The collections of the domain from `events` made-up events of all aggregates.
Projected project_all(std::size_t events);
/// `analytics` alone, from the same events.
Projected project_one(std::size_t events);
/// The collections of the domain from `campaigns` campaigns of `contacts` contacts, each reached three times.
Projected project_large(std::size_t contacts, std::size_t campaigns);

/// The log of a Projected, open, and the collections file that eventstore makes from it. Both are made in
/// Options::directory where they are missing, and removed as filled() stores are. Throws where that fails.
/// Threads: `log` from any thread.
class ProjectedLog {
 public:
  explicit ProjectedLog(const Projected& projected);

  [[nodiscard]] const eventstore::EventLog& log() const { return *log_; }
  /// The log's own directory, which holds nothing that is not on the disk.
  [[nodiscard]] std::filesystem::path log_directory() const { return directory_ / "log"; }
  [[nodiscard]] std::size_t events() const { return events_; }
  /// The collections that every engine must come to.
  [[nodiscard]] std::filesystem::path reference() const { return directory_ / "reference.sqlite"; }

 private:
  void open_keys();

  std::filesystem::path directory_;
  eventstore::PosixFileSystem files_;
  eventstore::SystemClock clock_;
  std::unique_ptr<eventstore::FileLog> log_;
  std::size_t events_ = 0;
};

/// Appends `events` events to the first campaign of a project_large log: contacts that nobody has added, each between
/// two of its `contacts`.
void append_late_contacts(eventstore::EventLog& log, std::size_t contacts, std::size_t events);

/// Makes the collections of `projections` in the new file `file` with eventstore's own worker, indexes included.
/// Throws where a projection does not come to the end of the log.
void project_by_eventstore(const eventstore::EventLog& log, const std::vector<eventstore::ProjectionType>& projections,
                           const std::filesystem::path& file);

}  // namespace bench
