#pragma once
// Checks a whole store, reports each damaged place, and sums up the check.
#include <eventstore/app/progress.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>
#include <stop_token>
#include <string>

namespace eventstore {
inline namespace v1 {
class FileSystem;
}
}  // namespace eventstore

namespace eventstore::app {

struct Verify {
  EVENTSTORE_FIELDS(Verify, (bool, chain, false, help("Hash every sealed event too, and compare it with the seals")),
                    (bool, repair, false,
                     help("Delete index files that are wrong, and make the missing ones; the log is never changed")),
                    (std::string, chain_head, "",
                     help("Digest that was kept outside the store, to which the log must lead")));
};

/// One damaged or altered place.
struct VerifyFinding {
  EVENTSTORE_FIELDS(VerifyFinding, (std::string, finding), (std::string, file), (std::uint64_t, offset),
                    (std::optional<std::uint64_t>, first_position), (std::optional<std::uint64_t>, last_position),
                    (std::string, what), (std::string, to_do));
};

/// The summary of the check. The fields from `chain_head` on are present if the chain of seals was checked.
struct VerifySummary {
  EVENTSTORE_FIELDS(VerifySummary, (bool, sound), (std::uint64_t, findings), (std::uint64_t, events),
                    (std::uint64_t, last_position), (std::uint64_t, streams), (std::uint64_t, commits),
                    (std::uint64_t, segments), (std::uint64_t, bytes),
                    (std::optional<std::uint64_t>, archived_segments), (std::optional<std::uint64_t>, expired_segments),
                    (std::optional<std::uint64_t>, expired_position), (std::optional<std::uint64_t>, kept_states),
                    (std::optional<std::string>, kept_states_digest), (Uuid, store_id),
                    (std::optional<std::uint64_t>, bytes_unacknowledged), (std::optional<std::string>, clock_jumps),
                    (std::optional<std::uint64_t>, repaired), (std::optional<std::string>, chain_head),
                    (std::optional<std::uint64_t>, covered_to), (std::optional<std::uint64_t>, seals),
                    (std::optional<std::uint64_t>, expired_seals), (std::optional<std::string>, coverage),
                    (std::optional<std::string>, kept_head), (std::optional<std::string>, kept_head_found),
                    (std::optional<std::uint64_t>, kept_head_covers_to));
};

/// Verifies the store in `directory` and gives each finding to `on_finding` once the store was read. `on_progress`
/// counts events. Errors: invalid_argument, if `chain_head` is no digest; as eventstore::verify; those of `on_finding`,
/// which end the use case. A damaged store is no error; the summary reports it.
Result<VerifySummary> verify(FileSystem& files, const std::string& directory, const Verify& parameters,
                             FunctionRef<Result<void>(const VerifyFinding&)> on_finding,
                             const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace eventstore::app
