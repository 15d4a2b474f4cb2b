#pragma once
// A store that is ready for use: its collections and indexes, and made-up data for trials where it is wanted.
#include <eventstore/app/generate.hpp>
#include <eventstore/app/projections.hpp>
#include <eventstore/app/store.hpp>

namespace eventstore::app {

struct InitStore {
  EVENTSTORE_FIELDS(InitStore,
                    (bool, sample, false, help("Fill a store without events with made-up data of all categories")),
                    (std::uint64_t, events, 2000, help("Number of made-up events")),
                    (std::uint64_t, seed, 1, help("Seed of the random generator of made-up data")),
                    (bool, force, false, help("Add the made-up data to a store that has events, too")));
};

/// `made` are the collections that were not there before, and `made_up` is the number of events that were added.
/// `next` says what can be done now, one command each, for a face to fill.
struct StoreMade {
  EVENTSTORE_FIELDS(StoreMade, (std::string, store), (std::uint64_t, events), (std::optional<std::uint64_t>, made_up),
                    (std::uint64_t, collections), (std::uint64_t, indexes), (std::uint64_t, documents),
                    (std::vector<std::string>, made), (std::vector<std::string>, next));
};

struct InitWatch {
  /// Gets a sentence about what could not be made, and what to do; the rest was made.
  std::function<void(const std::string& sentence)> on_warning{};
  ProjectionOptions projections{};
};

/// Makes the collections of the store's model and their indexes where they are missing, and brings them to the head of
/// the log; with InitStore::sample fills the store first. A second call changes nothing: it adds no made-up data to a
/// store that has events, unless it is forced to, and tells of that. A collection or an index that cannot be made is
/// told of, and the others are made. Errors: as run_projections, generate and import. Needs a store that is open for
/// writing.
Result<StoreMade> init_store(Store& store, const InitStore& parameters, const InitWatch& watch = {},
                             std::stop_token stop = {});

}  // namespace eventstore::app
