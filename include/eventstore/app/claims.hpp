#pragma once
// Brings the claims of unique values in step with what the streams have: for history that is older than the declaration
// that its values are unique, and after an import with duplicates.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <optional>
#include <stop_token>

namespace eventstore::app {

EVENTSTORE_ENUM(ClaimProblem, duplicate, missing, stale);

struct MakeClaims {
  EVENTSTORE_FIELDS(MakeClaims, (bool, check, false, help("List what is wrong, and change nothing")));
};

/// `duplicate`: `held_by` has claimed the value that `stream` has too. `missing`: nobody has claimed it. `stale`:
/// `stream` has a claim and the value no more.
struct ClaimFinding {
  EVENTSTORE_FIELDS(ClaimFinding, (ClaimProblem, finding), (std::string, stream), (std::string, field),
                    (std::optional<std::string>, held_by));
};

struct ClaimsMade {
  EVENTSTORE_FIELDS(ClaimsMade, (std::uint64_t, streams), (std::uint64_t, claims), (std::uint64_t, made),
                    (std::uint64_t, released), (std::uint64_t, duplicates), (std::uint64_t, missing),
                    (std::uint64_t, stale));
};

/// Releases claims whose owner has the value no more, and then claims what streams have and nobody has claimed; of two
/// streams with one value the first by name gets it, unless the other one has claimed it before. `on_finding` gets
/// every duplicate, and with MakeClaims::check what would be made and released. `claims` counts those that hold
/// afterwards. What other writers do meanwhile is respected, and a second call finds nothing to do but duplicates.
/// Errors: read_only; stopped, with what was done before; missing_key; those of the log, of loading a state and of
/// `on_finding`. Cost: loads each claim, its owner, and each stream whose aggregate declares unique values.
Result<ClaimsMade> make_claims(Store& store, const MakeClaims& parameters,
                               FunctionRef<Result<void>(const ClaimFinding&)> on_finding,
                               const OnProgress& on_progress = {}, const std::stop_token& stop = {});

/// Releases the claims of `owners` to values that they have no more: after the erasure of the person whom they were
/// about, when their values read as their defaults. The result is their number. Errors: as above. Cost: loads every
/// claim of the store.
Result<std::uint64_t> release_claims(Store& store, std::span<const StreamId> owners);

/// The number of claims that release_claims would release. Errors and cost: as above.
Result<std::uint64_t> stale_claims(Store& store, std::span<const StreamId> owners);

}  // namespace eventstore::app
