#pragma once
// A stream whose history is another one than was recorded: without an event, with another one in its place, or with
// events between. Nothing is written anywhere.
#include <eventstore/aggregate/replay.hpp>
#include <eventstore/history/log_view.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One change of a history. Its version is always that of the history as it was recorded.
struct StreamEdit {
  enum class Kind : std::uint8_t {
    without,  ///< the event at the version never happened
    replace,  ///< it had this data
    insert,   ///< another event happened before it; at the version behind the last one: after all
  };
  Kind kind;
  Version at{};
  std::string type{};  ///< of an inserted event
  std::string data{};  ///< JSON, of an inserted event or of one that is replaced
  // Of an inserted event. What is absent, and all other metadata, is that of the event before it, or of the stream's
  // first one; its id is derived.
  std::optional<Timestamp> created_at{};
  std::optional<std::string> user_id{};
};

std::string_view to_string(StreamEdit::Kind kind);

/// Where an edit stands.
struct EditedPlace {
  StreamEdit::Kind kind;
  Version recorded{};  ///< StreamEdit::at
  Version edited{};    ///< of the event in the edited history; of one that is left out: of the event that follows
  std::string type{};  ///< of the event that is left out, replaced or inserted
};

/// The stream as it would be, as a log that has this stream alone. Versions have no gaps. An event keeps its position
/// where that is behind the event before it, and otherwise has the next one; an inserted event has the position after
/// the event before it, which may be that of another stream's event. Threads: every member from any thread. Lifetime:
/// borrows the log.
class EditedStream final : public LogView {
 public:
  /// `type` is the stream's aggregate, and `log` has the stream. Edits of one version: inserted events come in the
  /// order given, before the event that is replaced or left out. Without edits it is the stream as it is now: it never
  /// grows. Errors: invalid_argument, for a version 0, two edits of one event, and data that does not fit the event's
  /// type, with the place in it; unknown_event_type, with the types that the aggregate has; not_found, for a stream
  /// that does not exist or has ended before the version; expired, where retention dropped the event or the one before
  /// it; the log's. Cost: a few reads of single events; behind an inserted event, a visit of those that get another
  /// position.
  static Result<std::unique_ptr<EditedStream>> make(const EventLog& log, const SchemaReader& schemas,
                                                    const AggregateType& type, const StreamId& stream,
                                                    std::vector<StreamEdit> edits, Version last = no_version_limit);
  ~EditedStream() override;

  [[nodiscard]] const StreamId& stream() const;
  /// The edits, in the order of the history.
  [[nodiscard]] const std::vector<EditedPlace>& places() const;
  /// The last version of the history as it was recorded, when this was made.
  [[nodiscard]] Version recorded_head() const;
  /// The last version of the edited history; 0 where no event is left.
  [[nodiscard]] Version edited_head() const;

  Result<Page> read_stream(const StreamId& stream, const ReadStream& options = {}) const override;
  /// Cost: reads the stream from its first event that is there.
  Result<Page> read_all(const ReadAll& options = {}) const override;
  Result<Visited> visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const override;
  /// Cost: as read_all.
  Result<Visited> visit_all(const ReadAll& options, Visitor visitor) const override;
  /// Cost: reads the stream.
  Result<Page> find(const StreamId& stream, const EventId& id) const override;
  Result<Version> head(const StreamId& stream) const override;
  Result<Position> head() const override;
  Result<StreamInfo> info(const StreamId& stream) const override;
  Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                          std::size_t limit) const override;
  Result<BytesView> schema(const SchemaId& id) const override;
  Result<std::vector<SchemaRecord>> schemas() const override;
  Result<std::optional<KeptState>> kept_state(const StreamId& stream) const override;

 private:
  struct Edition;
  class Editor;
  EditedStream(const EventLog& log, std::shared_ptr<const Edition> edition);
  // The events of the versions `first` to `last`, in order.
  Result<Page> range(Version first, Version last) const;

  std::shared_ptr<const Edition> edition_;  // shared with the pages that point into it
};

}  // namespace v1
}  // namespace eventstore
