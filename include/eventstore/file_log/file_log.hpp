#pragma once
// A log in files: durable, checksummed, one writing process, any number of readers. On-disk layout:
// docs/reference/file-format.md.
#include <eventstore/file_log/retention.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/os/file_system.hpp>
#include <functional>
#include <future>
#include <optional>

namespace eventstore {
inline namespace v1 {

struct FileLogOptions {
  enum class Mode : std::uint8_t {
    read_write,  ///< the one writing process; makes the store when it is missing
    read_only,   ///< writes nothing, locks nothing; follows what a writer publishes
  };
  Mode mode = Mode::read_write;
  bool create_when_missing = true;
  Durability durability = Durability::every_commit;  ///< where a commit does not say
  std::chrono::milliseconds sync_interval{100};      ///< for Durability::interval
  std::size_t segment_bytes_max = std::size_t{128} * 1024 * 1024;
  /// The number of zeros that are written after the end when a durable append makes the last segment grow. Later
  /// appends write over these zeros, and their syncs need not record a longer file. 0: none.
  std::size_t prepared_bytes = std::size_t{256} * 1024;
  /// Appends are refused (clock_ran_ahead) while the clock is so much ahead of the time that has passed since the log
  /// was opened. `recorded_at` never decreases, so one commit under a clock that is years ahead would spoil it for
  /// years. A gap between two openings is idle time, and is not looked at.
  std::chrono::microseconds clock_lead_max = std::chrono::hours{24};
  /// How many files reads may keep mapped, about: when they are more, the next call lets all of them go. A page that is
  /// held keeps mapped what was mapped with it. Linux gives a process 65,530 maps, unless vm.max_map_count says
  /// otherwise.
  std::size_t maps_most = 8192;
  /// Whether a thread of the log makes index files. If not, an append that begins a new segment makes them: for runs
  /// that must be repeatable.
  bool background_work = true;
  /// Whether finished segments get seals, by which verify --chain finds altered history. The command `seal` makes
  /// missing seals.
  bool tamper_evidence = true;
  /// The id of a new store; nil: a random id. No two stores may have the same id: for runs that must be repeatable.
  Uuid new_store_id{};
};

/// The bytes that an opening for writing found behind the last whole commit, and dropped because no writer was promised
/// them.
struct RecoveryReport {
  std::uint64_t bytes_discarded = 0;  ///< up to the last that is not zero; 0: the store was whole
  std::string file{};
  std::uint64_t offset = 0;
  Position after{};      ///< the last position kept
  std::string reason{};  ///< what is wrong with the first byte dropped
};

/// The progress of a store that was opened for writing, as it looks for missing index files and makes them.
struct IndexProgress {
  std::size_t segments_done = 0;
  std::size_t segments_all = 0;  ///< that were finished when it was opened
};

/// Threads: every member from any thread; appends take turns, reads do not wait for their disk.
/// Damage: an operation that needs damaged bytes fails with corrupt_record.
class FileLog final : public EventLog {
 public:
  /// Opens the store in `directory`. `files` and `clock` outlive the log.
  /// Errors: not_found (read_only, or not to be created); locked, naming the process that writes; newer_format;
  /// corrupt_record, where the manifest is damaged, or a part of the last segment that was proven durable;
  /// invalid_argument; io_failed; read_only; out_of_space. Cost: reads the commits after those that the index files
  /// cover. A segment without index files is read when it is first needed.
  static Result<std::unique_ptr<FileLog>> open(FileSystem& files, const Clock& clock, std::string directory,
                                               FileLogOptions options = {});
  ~FileLog() override;

  /// Waits for the calls that are inside, refuses those that come later, syncs, and releases the lock; afterwards
  /// appends are refused, and reads are still possible. Other callers wait for the first one, and get its result. The
  /// destructor does the same, but cannot report. Errors: as sync.
  Result<void> close();
  [[nodiscard]] const RecoveryReport& recovery() const;
  /// Returns when the index files are in step with the log. Reads and appends need not wait for it. Errors: the first
  /// since the last call; an index that could not be written stays in memory, and is written when the store is opened
  /// again.
  Result<void> settle();
  /// May be asked while index files are made. Reads and appends are possible during that time; events that are not
  /// indexed yet are read more slowly. 0 of 0 for a log that was opened for reading: it makes no files.
  [[nodiscard]] IndexProgress index_progress() const;

  /// Drops or archives the segments that `policy` names: finished segments from the oldest on, never the one that takes
  /// new commits. A drop is first stated durably. A read of dropped events is `expired`. Their streams still exist and
  /// continue their versions; their event ids are no longer recognised. Their states at that place are kept as far as
  /// `policy.state_of` gives them. Archived segments stay readable. Reads and appends are possible during the call, and
  /// a page of dropped events stays valid. Errors: read_only; corrupt_record, where one of the segments is damaged,
  /// which then stays; those of `policy.state_of`, and too_large for its states: nothing has changed; out_of_space,
  /// io_failed: the next call or opening still drops the segments that were stated, and nothing else has changed.
  /// Threads: any. Cost: reads the segments once, and copies the states that were kept before; an archive is read back
  /// and compared. Memory: some 200 bytes for each stream of the segments and each stream ever dropped, and one state.
  Result<RetentionReport> retain(const RetentionPolicy& policy);
  /// The last position that retention dropped; 0: none.
  [[nodiscard]] Result<Position> expired() const;

  /// As append, but returns once the commit was checked and written, without waiting for a sync. `done` is called once,
  /// with the result of append, from a thread of the log or of another append; it must not append or
  /// close, nor block for long. `done` is called for the commits of one caller in the caller's order. The views in
  /// `commit` are read only during the call.
  void append_async(const Commit& commit, std::function<void(Result<Receipt>)> done);
  /// The same as a future.
  std::future<Result<Receipt>> append_later(const Commit& commit);

  Result<Receipt> append(const Commit& commit) override;
  Result<Page> read_stream(const StreamId& stream, const ReadStream& options = {}) const override;
  Result<Page> read_all(const ReadAll& options = {}) const override;
  Result<Visited> visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const override;
  Result<Visited> visit_all(const ReadAll& options, Visitor visitor) const override;
  Result<Page> find(const StreamId& stream, const EventId& id) const override;
  Result<RecordedOutcome> find_outcome(const StreamId& stream, const Uuid& command_id) const override;
  Result<Version> head(const StreamId& stream) const override;
  Result<Position> head() const override;
  Result<StreamInfo> info(const StreamId& stream) const override;
  Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                          std::size_t limit) const override;
  Result<BytesView> schema(const SchemaId& id) const override;
  Result<std::vector<SchemaRecord>> schemas() const override;
  Result<Position> wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const override;
  Result<void> sync() override;
  [[nodiscard]] Uuid store_id() const override;
  Result<std::uint64_t> checksum_at(Position position) const override;
  [[nodiscard]] const EventOpener* opener() const override;
  /// Sets the opener, once, before other threads use the log.
  void open_with(std::shared_ptr<const EventOpener> opener);
  Result<DroppedEvents> dropped() const override;
  Result<std::optional<KeptState>> kept_state(const StreamId& stream) const override;

 private:
  class Engine;
  explicit FileLog(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace v1
}  // namespace eventstore
