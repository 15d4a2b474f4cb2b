#pragma once
// Private to collections in a target: what the target keeps of all of them.
#include <eventstore/collections/collections.hpp>
#include <eventstore/schema/fields.hpp>
#include <map>

namespace eventstore::engine::target {

struct PassedOver {
  EVENTSTORE_FIELDS(PassedOver, (std::string, category), (std::string, type), (std::uint64_t, first),
                    (std::uint64_t, events));
};

struct NotedSetAside {
  EVENTSTORE_FIELDS(NotedSetAside, (std::uint64_t, position), (std::string, stream), (std::string, type),
                    (Uuid, event_id), (Timestamp, noted_at), (std::uint64_t, attempts), (std::string, code),
                    (std::string, during), (std::string, where), (std::string, detail), (bool, is_dropped));
};

struct FoldedType {
  EVENTSTORE_FIELDS(FoldedType, (std::string, category), (std::string, type), (std::uint64_t, events));
};

/// The events that a collection was made of. A collection of an earlier build has none.
struct Folded {
  EVENTSTORE_FIELDS(Folded, (std::uint64_t, first), (std::uint64_t, last), (std::vector<FoldedType>, types));
};

struct NotedPace {
  EVENTSTORE_FIELDS(NotedPace, (double, events_per_second), (Timestamp, noted_at));
};

/// A collection: where its documents stand, and how far they are.
struct CollectionState {
  EVENTSTORE_FIELDS(CollectionState, (std::string, location), (std::uint64_t, position), (std::uint64_t, checksum),
                    (Uuid, store_id), (std::string, fingerprint), (bool, building), (std::uint64_t, missed_events),
                    (std::uint64_t, missed_last), (std::vector<PassedOver>, passed_over),
                    (std::uint64_t, batch),                   // the number of the last batch that was begun
                    (std::optional<std::uint64_t>, begun),    // the position to which it leads, until it is written
                    (std::vector<NotedSetAside>, set_aside),  // in the order of positions
                    (std::optional<NotedPace>, pace), (std::optional<Folded>, folded));
};

struct NotedTrouble {
  EVENTSTORE_FIELDS(NotedTrouble, (bool, passes), (std::uint64_t, retries), (std::uint64_t, position),
                    (Timestamp, noted_at), (std::string, code), (std::string, during), (std::string, where),
                    (std::string, detail), (std::uint64_t, at));
};

using Collections = std::map<std::string, CollectionState>;
using Troubles = std::map<std::string, NotedTrouble>;

struct State {
  EVENTSTORE_FIELDS(State, (Collections, collections), (Troubles, troubles),
                    (std::vector<std::string>, abandoned),  // locations whose documents are of no use any more
                    (std::uint64_t, locations));            // that were given so far
};

Checkpoint checkpoint_of(const CollectionState& state);
void set_checkpoint(CollectionState& state, const Checkpoint& checkpoint);

/// Takes over what the batch says of events that are set aside, of the worker's pace, and of the events that it was
/// made of.
void note(CollectionState& state, const CollectionBatch& batch);
std::vector<SetAsideEvent> set_aside_events(const CollectionState& state);

Certificate certificate_of(const CollectionState& state);

NotedTrouble noted(const Trouble& trouble);
Trouble trouble_of(const NotedTrouble& noted);

}  // namespace eventstore::engine::target
