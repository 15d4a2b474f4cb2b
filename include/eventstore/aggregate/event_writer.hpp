#pragma once
// The one way from an event of the domain to a record of the log: ids, metadata, schemas and expectations become one
// commit here and nowhere else. Every written event is checked, and its schema is written with it, because no other
// code makes a NewEvent.
#include <deque>
#include <eventstore/aggregate/decision.hpp>
#include <eventstore/log/commit.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/os/clock.hpp>
#include <span>
#include <vector>

namespace eventstore {
inline namespace v1 {

class EventLog;
class ValueCipher;
struct EventLine;

/// Ids for events that have none yet: random, ordered by time.
Uuid new_uuid(const Clock& clock);

/// The rule by which decided events get their ids.
class EventIdRule {
 public:
  /// UUIDv5 of (command id, stream, ordinal): a command that is repeated is recognised by its events.
  static EventIdRule of_command(const Uuid& command_id) { return EventIdRule{command_id, nullptr}; }
  /// New ones. Lifetime: `clock` outlives the rule.
  static EventIdRule fresh(const Clock& clock) { return EventIdRule{Uuid{}, &clock}; }

  /// The id of the commit's event number `ordinal`, 0 first, in `stream`.
  [[nodiscard]] EventId id(const StreamId& stream, std::size_t ordinal) const;

 private:
  EventIdRule(const Uuid& command_id, const Clock* clock) : command_id_{command_id}, clock_{clock} {}

  Uuid command_id_;
  const Clock* clock_;
};

/// Collects the events of one commit. Lifetime: the writer views the added events, which outlive it.
/// Threads: one at a time.
class EventWriter {
 public:
  EventWriter() = default;
  EventWriter(const EventWriter&) = delete;
  EventWriter& operator=(const EventWriter&) = delete;

  /// Adds the events that were decided for `stream`. All of them get `metadata`, with its created_at and organization;
  /// its event_id does not count. `subject` is the person whom their personal fields are about, where a record names
  /// nobody: see subject_of; empty: as the log's cipher finds, ValueCipher::subjects. Errors: as check_value; the
  /// writer is then void. Cost: also one look at each event that was added before.
  Result<void> add(const StreamId& stream, std::span<const DecidedEvent> events, const Metadata& metadata,
                   const EventIdRule& ids, std::string_view subject = {});

  /// Adds the event of a line, under the id that the line gives it. Its values were checked as it was read, and those
  /// that it has encrypted were taken: see take_encrypted_values. `subject` as above.
  void add(const EventLine& line, std::string_view subject = {});

  /// Makes room for as many events.
  void reserve(std::size_t events) { events_.reserve(events); }

  /// The version that `stream` must have for the commit to take effect; at most one expectation for each stream.
  void expect(const StreamId& stream, ExpectedVersion version) { expectations_.push_back({stream, version}); }

  /// The events so far, in clear.
  [[nodiscard]] std::span<const NewEvent> events() const { return events_; }

  /// Has the outcome of a command recorded with the events. `result` outlives the writer.
  void add_outcome(Outcome outcome) { outcomes_.push_back(std::move(outcome)); }

  /// Appends them all as one commit. Events that are there already are recognised if they have the same data, perhaps
  /// under another schema; a created_at that a line did not state may differ, and so may values of a subject that was
  /// erased. A log with a cipher gets personal fields and secrets encrypted.
  /// Errors: as EventLog::append and ValueCipher::encrypt; refused, with the code "subject_erased", for a new event
  /// with values of an erased subject; missing_key, where a log that lasts has no cipher and an event has such fields.
  Result<Receipt> append_to(EventLog& log) const;

 private:
  // What an event was made from.
  struct Source {
    const Schema* schema = nullptr;
    bool states_time = true;
    std::string subject{};
  };
  void add(const NewEvent& event, Source source);
  Result<Receipt> append_encrypted(EventLog& log, const ValueCipher& cipher) const;
  Result<Receipt> append(EventLog& log, std::span<const NewEvent> events, const ValueCipher* cipher) const;
  [[nodiscard]] Result<bool> is_same(std::size_t index, const NewEvent& given, const RecordedEvent& stored,
                                     BytesView stored_schema, const ValueCipher* cipher) const;
  [[nodiscard]] Result<bool> is_same_encrypted(const Source& source, const NewEvent& given, const RecordedEvent& stored,
                                               BytesView stored_schema, const ValueCipher* cipher) const;

  bool has_personal_fields_ = false;  // some event has, or secrets
  bool has_personal_ = false;         // some event's metadata tells about a person
  std::vector<NewEvent> events_;      // in clear
  std::vector<Source> sources_;       // of events_
  std::vector<Expectation> expectations_;
  std::vector<Outcome> outcomes_;
  std::vector<SchemaRecord> schemas_;      // each once
  std::deque<Bytes> tagged_;               // the metadata of decided events; views of it stay valid
  std::deque<std::string> organizations_;  // likewise
};

}  // namespace v1
}  // namespace eventstore
