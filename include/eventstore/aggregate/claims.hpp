#pragma once
// The claims that follow from a commit: what its streams no longer have is released, and what they have now is taken,
// in the same commit. docs/guide/unique-values.md says what this promises.
#include <deque>
#include <eventstore/aggregate/claim_record.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/security/own_codes.hpp>
#include <map>
#include <optional>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// How a commit changes the state of one stream. Lifetime: views.
struct StateChange {
  const AggregateType& type;
  const StreamId& stream;
  std::string_view organization;
  const AnyState* before;  ///< null: no such stream
  const AnyState* after;   ///< null: it has nothing any more
};

/// A value that a stream has and another one had before. Lifetime: `field` is the type's.
struct DuplicateValue {
  const UniqueField* field;
  StreamId owner;
};

/// Claims of the streams of one commit. Lifetime: borrows what it is made from. Threads: one at a time.
class Claims {
 public:
  Claims(const EventLog& log, const SchemaReader& schemas) : log_{log}, schemas_{schemas} {}

  /// Releases what the stream had, and has no more. What another stream claimed stays claimed. For all streams of a
  /// commit before the first take: so two streams can swap their values. Errors: as OwnCodes::of and load_state.
  Result<void> release(const StateChange& change);

  /// Takes what the stream has, and had not before. The result are the values that another stream has claimed: those
  /// are not taken. Errors: as release.
  Result<std::vector<DuplicateValue>> take(const StateChange& change);

  /// Releases `claim` where it is the changed stream's, and none of its values is claimed there. Whether it did.
  /// Errors: as release.
  Result<bool> release_stale(const StreamId& claim, const StateChange& change);

  /// An event of a claim's stream. Its metadata is to be that of claim_metadata.
  struct Event {
    StreamId stream;
    DecidedEvent event;
  };
  /// The events that follow, in their order. Lifetime: this object's.
  [[nodiscard]] const std::deque<Event>& events() const { return events_; }

  /// Has the commit take effect only if all claims that were looked at are as they were.
  void expect_in(EventWriter& writer) const;
  /// Forgets everything but the key.
  void clear();

 private:
  struct Claim {
    StreamId stream;
    Version version;  // in the log
    std::string owner;
  };

  Result<StreamId> name(const StateChange& change, const UniqueField& field, const std::vector<std::string>& values);
  Result<Claim*> find(StreamId stream);
  void release(Claim& claim);

  const EventLog& log_;
  const SchemaReader& schemas_;
  std::optional<OwnCodes> codes_;        // made when the first value is met
  std::map<std::string, Claim> claims_;  // by stream
  std::deque<Event> events_;
};

/// The metadata of claims, of that of the events from which they follow: without what tells about a person, which
/// stands on those.
Metadata claim_metadata(const Metadata& metadata);

/// Whether the stream has the name of a claim: an aggregate of a program without unique values may have its category.
bool is_claim(const StreamId& stream);

/// The refusal of a command by which `stream` would have a value that another one has: it names the field, and neither
/// the value nor who has it.
Error not_unique(const AggregateType& type, const StreamId& stream, const UniqueField& field);

}  // namespace v1
}  // namespace eventstore
