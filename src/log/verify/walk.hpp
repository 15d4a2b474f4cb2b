#pragma once
// Walks through the whole published log, and tells observers about each event and each damaged place. The Follower
// checks only the parts that an open store needs; the walk continues after every kind of damage and reports each.
#include <eventstore/file_log/verify.hpp>

#include "../bytes/log_end.hpp"
#include "../files/end_finder.hpp"
#include "../files/segment_list.hpp"
#include "../files/store_files.hpp"
#include "../index/expired.hpp"

namespace eventstore::engine {

struct WalkedSegment {
  std::uint32_t number = 0;
  std::string path{};
  std::optional<Position> first{};  ///< of its first event; absent after damage, until a commit tells
};

struct WalkedEvent {
  RecordedEvent event{};
  BytesView record{};
  std::uint64_t offset = 0;  ///< of the record in the segment
};

struct WalkedEnd {
  std::uint32_t number = 0;
  Position last{};           ///< of its last event, or of the one before it where it has none
  bool is_finished = false;  ///< nothing will be added
};

/// One check that runs while the log is walked. An observer adds its findings to the report itself.
class WalkObserver {
 public:
  virtual ~WalkObserver() = default;
  virtual Result<void> begin_segment(const WalkedSegment& segment) = 0;
  virtual void schema(const SchemaRecord& schema, std::uint64_t offset) = 0;
  virtual void event(const WalkedEvent& event) = 0;
  /// From here on schemas or events can't be read; lost() names the events once they are known.
  virtual void gap_begins() = 0;
  /// These positions can't be read.
  virtual void lost(Position first, Position last) = 0;
  virtual Result<void> end_segment(const WalkedEnd& end) = 0;
};

/// The segments that retention dropped, which the walk passes over.
struct Dropped {
  std::shared_ptr<const Expired> expired{};  ///< null for none; its table is whole, or missing
  std::optional<Error> damage{};             ///< of the statement, or of its table
};

class LogWalk {
 public:
  LogWalk(const StoreFiles& store, const Uuid& store_id, Dropped dropped, VerifyReport& report,
          std::vector<WalkObserver*> observers, std::function<void(const VerifyProgress&)> progress,
          std::stop_token stop)
      : store_{store},
        store_id_{store_id},
        finder_{store, store_id},
        dropped_{std::move(dropped)},
        report_{report},
        observers_{std::move(observers)},
        progress_{std::move(progress)},
        stop_{std::move(stop)} {}

  /// Errors: newer_format, stopped, and those of the files; expired if a writer has dropped a segment during the walk.
  Result<void> run();

  /// Whether a writer has published commits past the end of the walk.
  [[nodiscard]] Result<bool> has_grown();
  /// The segment in which the walk ended.
  [[nodiscard]] std::uint32_t last_segment() const { return last_segment_; }
  /// The files behind it that are no segments of the log.
  [[nodiscard]] const std::vector<StraySegment>& strays() const { return strays_; }

 private:
  struct Opened {
    std::unique_ptr<File> file;
    BytesView bytes{};  // of the file, in content_
    std::uint64_t capacity = 0;
    std::optional<LaterCommits> later{};  // the statements of commits behind the first flaw; found when first needed
  };

  Result<void> find_end();
  void look_at_next();
  [[nodiscard]] std::uint32_t last_to_walk(const SegmentList& list) const;
  Result<void> count_bytes(const std::vector<std::uint32_t>& numbers);
  [[nodiscard]] Result<std::uint64_t> size_of(std::uint32_t number) const;
  void begin_after_dropped(std::uint32_t first_there);
  Result<void> walk_segment();
  Result<std::string> open(Opened& opened);
  Result<void> read(Opened& opened);
  [[nodiscard]] Result<std::string_view> flaw_of_header(Opened& opened) const;
  void enter(const format::SegmentHeader& header);
  Result<void> walk_commits(Opened& opened);
  void end_of_bytes(const Opened& opened);
  bool is_end_of_log(Opened& opened, BytesView rest);
  [[nodiscard]] bool is_limit() const;
  [[nodiscard]] BytesView rest_of(const Opened& opened) const;
  [[nodiscard]] ExpectedCommit expected_at(std::uint64_t offset) const;
  Result<void> examine(BytesView rest, std::string_view what);
  void resync(BytesView rest, std::string_view what);
  void compare_with_chain(const format::CommitHeader& header);
  Result<void> examine_body(BytesView commit, std::string_view what);
  void take(BytesView commit);
  void give(const std::byte* record, const format::CommitHeader& header, std::uint64_t offset);
  void pass(const format::CommitHeader& header);
  void advance(std::uint64_t bytes);

  Finding& find(FindingKind kind, std::uint64_t offset, std::string_view what);
  void find_in_commit(std::string_view what, const format::CommitHeader& header);
  void open_gap(std::uint64_t offset, std::string_view what);
  void close_gap(std::uint64_t next_position);
  void lose(std::uint64_t first, std::uint64_t last);
  [[nodiscard]] Error newer(std::string_view what) const;

  const StoreFiles& store_;
  const Uuid store_id_;
  EndFinder finder_;
  const Dropped dropped_;
  VerifyReport& report_;
  const std::vector<WalkObserver*> observers_;
  const std::function<void(const VerifyProgress&)> progress_;
  const std::stop_token stop_;

  std::optional<format::Location> end_;  // of the walk; absent after damage there: the end of the whole commits
  bool is_published_ = false;            // readers may have read up to the end
  std::uint32_t last_segment_ = 0;
  std::vector<StraySegment> strays_;
  VerifyProgress done_;
  std::uint64_t reported_bytes_ = 0;

  std::unique_ptr<std::byte[]> content_;  // of one segment after another
  std::uint64_t content_capacity_ = 0;
  std::uint32_t number_ = 1;
  std::string path_;
  std::uint32_t generation_ = 0;
  std::uint64_t at_ = 0;  // offset of the next commit
  std::uint64_t next_position_ = 1;
  std::optional<std::uint64_t> checksum_ = 0;  // of the commit before; absent after damage
  std::optional<ClockJump> jump_;              // that the next commit may confirm
  void look_at_clock(const format::CommitHeader& commit);
  std::int64_t recorded_at_ = std::numeric_limits<std::int64_t>::min();
  bool is_finished_ = false;
  std::vector<std::size_t> gap_;  // the findings whose last position is not known yet
  std::uint64_t gap_first_ = 0;   // the first position that they may concern
};

}  // namespace eventstore::engine
