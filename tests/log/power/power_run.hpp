#pragma once
// One simulated life of a store: what is done to it, what it promised, and what is left after each power cut.
#include <eventstore/aggregate/random.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/testing/simulated_disk.hpp>
#include <map>

#include "power_backup.hpp"
#include "power_check.hpp"
#include "watched_disk.hpp"

namespace eventstore::power {

inline constexpr const char* directory = "data/store";

/// How many actions are done before the cut that is asked for.
inline constexpr int actions_before_cut = 60;

/// Which life: the same seed and cut do the same operations every time.
struct Life {
  std::uint64_t seed = 1;
  std::uint64_t cut = 0;  ///< the change of the disk with which the first run ends; 0: after all actions
};

struct Outcome {
  std::string broken;         ///< the promise that was broken; empty where all were kept
  std::uint64_t changes = 0;  ///< that the first run made: one cut for each is all cuts
  std::uint64_t trace = 0;    ///< of the whole life, as SimulatedDisk::trace
};

/// Lives `life` and checks after each restart.
Outcome live(const Life& life);

/// What the actions act on. Members that throw throw Broken.
class PowerRun {
 public:
  explicit PowerRun(const Life& life);

  /// Whether segments are dropped and archived in this life; in the others there are backups, lost index files, rot,
  /// and readers who look in the middle of what the writer does.
  const bool retains;
  /// Whether its drops keep the states of streams.
  const bool keeps_states;
  /// How many files reads may keep mapped.
  const std::size_t maps_most;

  /// Appends, and holds the answer against the model. Nothing is done where no log is open.
  void append(ModelCommit commit);
  void sync();
  /// Drops or archives, and holds what the log then says of it against what was asked for.
  void retain(const RetentionPolicy& policy);
  void close();
  /// Drops the writer, as if its process had ended without closing, and everyone else with it.
  void end_programs();
  /// Opens for writing, and takes what is there into the model. Nothing where the simulated failures prevent it.
  void open();
  /// Reads all through the reader, who is opened where there is none.
  void follow();
  void forget_reader() { reader_.reset(); }
  /// The log that writes agrees with the model in everything.
  void check();
  void check_all();
  /// The program that checks a store finds nothing, in the log, its index files or its seals.
  void verify();
  void back_up();
  /// Closes the log, backs it up, and leaves it closed.
  void back_up_closed();
  void restore_backup() { backup_.restore(); }
  void check_backup() { backup_.check(); }
  /// Takes away some of the files that come back by themselves. No log may be open.
  void lose_caches();
  /// Puts damaged, stale and foreign files in the place of index files. No log may be open.
  void spoil_caches();
  /// Keeps the log's files as they are now, all of them on the disk.
  void keep_copy();
  /// Puts the files that were kept in the place of the log's, as a person would; index files stay. No log may be open.
  void put_back_copy();
  /// From now on a reader reads before each change that the writer makes to the disk, or no more.
  void watch(bool is_on) { is_watching_ = is_on && !retains; }
  void set_random_failures(bool are_on);
  /// Up to `count` random actions while the run goes on.
  void work(int count);
  /// Starts again after the run has ended.
  void restart();
  /// Closes all, on a disk that works again.
  void finish();
  /// The disk can no longer read a page: the log gives what is right, or fails. Then all programs end.
  void lose_page();
  /// Flips a bit of a closed store or its backup: what is given is right, or told to be damaged.
  void rot();
  /// Where the last segment is; the first where there is none.
  [[nodiscard]] std::string last_segment();
  /// Where the last segment's bytes end, zeros not counted: the end of the log, as far as nothing failed.
  [[nodiscard]] std::size_t end_of_last_segment();

  [[nodiscard]] bool is_open() const { return log_ != nullptr; }
  /// Takes appends, as far as is known.
  [[nodiscard]] bool is_writable() const { return log_ && !is_poisoned_ && !is_closed_; }
  [[nodiscard]] const FileLog& log() const { return *log_; }

  Random random;
  SimulatedDisk disk;
  ManualClock clock;
  Model model;
  std::vector<ModelEvent> absent;  // of commits that were refused or lost
  std::optional<ModelCommit> to_retry;

 private:
  template <class T> bool is_excused(const Result<T>& failed, std::uint64_t failures_before) const;
  void take_refusal(const ModelCommit& commit, const Judgement& judgement, const Error& error,
                    std::uint64_t failures_before);
  void take_receipt(const ModelCommit& commit, const Judgement& judgement, const Receipt& receipt);
  void add(const ModelCommit& commit);
  void lose_from(std::size_t commits);
  void close_log();
  void reconcile();
  void take_expired(Position expired);
  void check_what_is_there(const std::vector<ModelEvent>& there) const;
  void rot_in_log(const std::string& path);
  void rot_in_cache(const std::string& path);
  void check_rotten(const FileLog& log, bool is_witnessed) const;
  void check_rotten_streams(const FileLog& log, std::size_t given) const;
  void look();
  /// Whether a commit of unknown outcome is on the disk, while no log is open for writing.
  [[nodiscard]] bool is_unknown_on_disk();
  void tell_what_was_seen() const { require(seen_wrong_.empty(), "meanwhile " + seen_wrong_); }
  /// The store's files whose names end so, by path.
  [[nodiscard]] std::vector<std::string> files(std::string_view ending);
  [[nodiscard]] std::vector<std::string> cache_files();
  void replace_file(const std::string& path, BytesView bytes);
  [[nodiscard]] FileLogOptions options();

  WatchedDisk watched_{disk};  // what the writer writes to
  PowerBackup backup_{disk, clock};

  std::unique_ptr<FileLog> log_;
  std::unique_ptr<FileLog> reader_;
  bool is_poisoned_ = false;
  bool is_closed_ = false;
  bool has_store_ = false;                // it was opened once: from then on it must be there
  bool may_have_lost_ = false;            // the power went since the log was last open
  bool caches_dropped_ = false;           // since the log was last open, while the machine stayed up
  bool is_published_ = false;             // a writer was open in this run of the machine
  std::size_t may_expire_ = 0;            // events that a drop may have taken
  int first_segment_ = 1;                 // those before it were dropped or archived
  std::size_t seen_ = 0;                  // events that a reader saw since the power last came
  std::vector<std::uint64_t> checksums_;  // of each commit; 0: not known
  std::string boot_;
  bool is_watching_ = false;
  bool is_looking_ = false;
  bool fails_at_random_ = true;
  bool are_caches_spoilt_ = false;     // index files may be wrong, and must not be believed
  std::string seen_wrong_;             // by a reader while the writer wrote
  std::map<std::string, Bytes> copy_;  // by path: files of the log, as they were
  std::size_t copied_commits_ = 0;
  std::map<std::string, Bytes> older_caches_;  // likewise
};

}  // namespace eventstore::power
