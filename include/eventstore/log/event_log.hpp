#pragma once
// The contract of every engine: an append-only log of events in streams. It knows bytes, not event types. The laws that
// each engine keeps are in tests/laws/.
#include <chrono>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/commit.hpp>
#include <eventstore/log/dropped.hpp>
#include <eventstore/log/event_opener.hpp>
#include <eventstore/log/page.hpp>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

enum class Direction : std::uint8_t { forward, backward };

/// Which events of the whole log to give; an empty string lets all pass.
struct Filter {
  std::string category{};
  std::string type{};
  std::string organization{};

  [[nodiscard]] bool admits(const RecordedEvent& event) const;
  [[nodiscard]] bool is_empty() const { return category.empty() && type.empty() && organization.empty(); }
};

struct ReadStream {
  Version from{};  ///< first version to give; 0: from the beginning, or backward from the end
  Direction direction = Direction::forward;
  std::size_t limit = 1024;  ///< events in the page, at most
  bool as_stored = false;    ///< encrypted values stay encrypted: for copies, and for those who need no values
};

struct ReadAll {
  Position from{};  ///< first position to give; 0: from the beginning, or backward from the end
  Direction direction = Direction::forward;
  std::size_t limit = 1024;
  Filter filter{};
  bool as_stored = false;  ///< as ReadStream::as_stored
};

/// For ReadStream::limit and ReadAll::limit: all events.
inline constexpr std::size_t no_limit = ~std::size_t{0};

/// Called with each event in turn; false ends the visit after this event. Lifetime: the event's views live during the
/// call.
using Visitor = FunctionRef<bool(const RecordedEvent&)>;

/// Where a visit ended.
struct Visited {
  std::uint64_t next = 0;  ///< where the next one begins, as Page::next
  bool at_end = true;      ///< there was no further event in this direction
};

/// The facts about a stream that are known without reading its events.
struct StreamInfo {
  std::string stream;
  std::string organization;
  Version version{};
  Position first{};
  Position last{};
};

/// Threads: every member from any thread. Appends take turns; readers see a prefix of the log that only grows.
/// Reads give events in clear, by the log's opener, unless they ask for the stored form. Without an opener, a read of
/// an event with encrypted values is missing_key.
class EventLog {
 public:
  virtual ~EventLog() = default;

  /// Appends `commit`, all or nothing.
  /// A retry is recognised first. All outcomes there: `already_there`, whatever the events are; some of them, or one
  /// with other content: id_conflict. Then all event ids there, in order, in their streams: the original places,
  /// `already_there`; some of them, or one that is another event: id_conflict. An event is another one if its type,
  /// organization, created_at, metadata, schema or data differ, and Commit::is_same is absent or says so. Then the
  /// expectations, on the streams as they were before the commit: every one that fails is in Error::conflicts.
  /// Errors, nothing written: wrong_version, id_conflict, wrong_organization, too_large, invalid_argument (no events
  /// and no outcomes; an event id that is nil or twice in one stream, or a command id of the outcomes likewise; a type
  /// or organization that is empty or over its limit; a schema id that neither the commit nor the log describes; two
  /// expectations on one stream), read_only, corrupt_record (a damaged log takes nothing more), out_of_space,
  /// io_failed, out_of_memory; those of Commit::is_same. outcome_unknown: written but not proven durable; reopen and
  /// retry with the same ids.
  virtual Result<Receipt> append(const Commit& commit) = 0;

  /// A page of one stream. A stream that does not exist gives an empty page.
  /// Errors: corrupt_record, io_failed, expired.
  virtual Result<Page> read_stream(const StreamId& stream, const ReadStream& options = {}) const = 0;

  /// A page of the whole log in the order of positions. Page::next says where the next page begins, past events that
  /// the filter withheld too; a page may be empty and not the last. Errors: corrupt_record, io_failed, expired.
  virtual Result<Page> read_all(const ReadAll& options = {}) const = 0;

  /// As read_stream, without making a page: the cheapest way to read. Events that were visited before an error stay
  /// visited: the next visit reports an error that was met after the first event. The visitor must not call this log's
  /// append. Errors: also user_exception, for what the visitor throws.
  virtual Result<Visited> visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const = 0;

  /// As read_all, without making a page, and likewise.
  virtual Result<Visited> visit_all(const ReadAll& options, Visitor visitor) const = 0;

  /// The event with `id` in `stream`, as a page of one. Errors: not_found, corrupt_record, io_failed.
  virtual Result<Page> find(const StreamId& stream, const EventId& id) const = 0;

  /// The outcome in `stream` of the command with this id. Errors: not_found, corrupt_record, io_failed. Cost: a look
  /// into the filter of each table, and one read where it is there.
  virtual Result<RecordedOutcome> find_outcome(const StreamId& stream, const Uuid& command_id) const = 0;

  /// The last version of `stream`; 0 where it does not exist.
  virtual Result<Version> head(const StreamId& stream) const = 0;

  /// The last position that readers may see; 0 for an empty log.
  virtual Result<Position> head() const = 0;

  /// `stream`'s organization and extent. Errors: not_found.
  virtual Result<StreamInfo> info(const StreamId& stream) const = 0;

  /// Up to `limit` streams whose names follow `after` in byte order, only of `category` where it is not empty.
  virtual Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                                  std::size_t limit) const = 0;

  /// The canonical descriptor recorded under `id`. Lifetime: the log's. Errors: not_found.
  virtual Result<BytesView> schema(const SchemaId& id) const = 0;

  /// All recorded schemas, in the order of their first use. Lifetime: the log's.
  virtual Result<std::vector<SchemaRecord>> schemas() const = 0;

  /// Returns when the head is past `seen`, `stop` is requested, or `patience` is over, with the head then.
  virtual Result<Position> wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const = 0;

  /// Makes all appended commits durable.
  virtual Result<void> sync() = 0;

  /// Identifies this log among all others; the same for its whole life.
  [[nodiscard]] virtual Uuid store_id() const = 0;

  /// The checksum, chained over all commits before it, of the commit that holds `position` (0 for position 0). A reader
  /// that kept this checksum can tell later whether it still reads the same history. Errors: not_found past the head;
  /// expired before the last position that retention dropped.
  virtual Result<std::uint64_t> checksum_at(Position position) const = 0;

  /// What gives this log's readers encrypted events in clear; null where it has none. Lifetime: the log's.
  [[nodiscard]] virtual const EventOpener* opener() const { return nullptr; }

  /// False for a log that ends with its object: it may keep personal data in clear.
  [[nodiscard]] virtual bool lasts() const { return true; }

  /// What retention dropped; nothing in an engine without retention. Errors: io_failed.
  virtual Result<DroppedEvents> dropped() const { return DroppedEvents{}; }

  /// The state of `stream` after the last event of it that was dropped; absent where nothing of it was dropped, or its
  /// state was not kept. Errors: corrupt_record, io_failed, out_of_memory.
  virtual Result<std::optional<KeptState>> kept_state(const StreamId& /*stream*/) const {
    return std::optional<KeptState>{};
  }
};

}  // namespace v1
}  // namespace eventstore
