#pragma once
// Which event set each field of a state.
#include <cstdint>
#include <eventstore/history/moment.hpp>
#include <eventstore/history/state_path.hpp>
#include <eventstore/history/steps.hpp>
#include <map>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// An event that set something.
struct BlamedEvent {
  EventId id{};
  std::string type{};
  Position position{};
  Timestamp created_at{};
  Timestamp recorded_at{};
  std::string user_id{};  ///< empty: not known
};

/// One value, and who set it.
struct BlamedValue {
  StatePath path{};
  std::string value{};  ///< JSON; empty where nothing stands there: the event cleared or removed it
  /// Of the event that set it; 0: no event did, it is as in a new state. Up to Blame::dropped: that version or one
  /// before it.
  Version version{};
};

/// The answer for one state. `events` has each event that a value names and that the log still has.
struct Blame {
  Version version{};  ///< of the state
  Version dropped{};  ///< retention dropped the events up to it; 0: none of them
  std::vector<BlamedValue> values{};
  std::map<Version, BlamedEvent> events{};
};

enum class BlameDepth : std::uint8_t {
  last,  ///< each value with the event that last set it
  all,   ///< each event that ever set it, in order, with what it set
};

/// Who set the values at `within` in the state of `stream` at `moment`: those of records, entries of maps and elements
/// of lists each for itself, and an empty map or list as one. A set, an array, a variant, free data and bytes are one
/// value. An element keeps its events when others are inserted or erased before it. The first event of a stream sets
/// each field to which it gives a value (docs/reference/changes.md). Optional fields without value are listed where an
/// event cleared them; entries that were removed, where `within` names one, and with `all`. Elements that were removed
/// are gone. Fields marked `bookkeeping` are left out: changes do not tell of them. Errors: invalid_argument
/// (`within` is bookkeeping); not_found (no such entry or element); as version_at and each_step; out_of_memory. Cost:
/// one walk over the events up to `moment`, with the changes of each, and a visit of them; memory for the state, with
/// `all` for every value that was ever set.
Result<Blame> blame(const EventLog& log, const SchemaReader& schemas, const AggregateType& type, const StreamId& stream,
                    const Moment& moment = Present{}, const StatePath& within = {},
                    BlameDepth depth = BlameDepth::last);

}  // namespace v1
}  // namespace eventstore
