#pragma once
// The proof that an event is part of the sealed history: made from a store, and checked without one.
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {
class FileSystem;
}
}  // namespace eventstore

namespace eventstore::app {

struct Prove {
  EVENTSTORE_FIELDS(Prove, (std::uint64_t, position, , help("Position of the event")),
                    (bool, digest_only, false, help("Leave the event out of the proof, and prove its digest alone")));
};

struct ProofLink {
  EVENTSTORE_FIELDS(ProofLink, (std::uint64_t, segment), (std::uint64_t, first_position), (std::uint64_t, count),
                    (std::string, root));
};
struct ProofEvent {
  EVENTSTORE_FIELDS(ProofEvent, (std::int64_t, recorded_at_micros), (std::string, record));
};

/// An InclusionProof as one JSON object; digests and bytes are hexadecimal digits.
struct Proof {
  EVENTSTORE_FIELDS(Proof, (std::string, proof), (Uuid, store_id), (std::uint64_t, position), (std::string, leaf),
                    (std::optional<ProofEvent>, event), (std::vector<std::string>, path), (ProofLink, sealed_in),
                    (std::string, previous), (std::vector<ProofLink>, later));
};

/// Makes the proof for an event of the store in `directory`. Errors: as eventstore::prove.
Result<Proof> prove(FileSystem& files, const std::string& directory, const Prove& parameters);

/// The longest text that check_proof takes: a proof with an event of 16 MiB is shorter.
inline constexpr std::size_t proof_bytes_max = std::size_t{64} * 1024 * 1024;

struct CheckProof {
  EVENTSTORE_FIELDS(CheckProof, (std::string, proof, , help("The proof, as one JSON object")),
                    (std::string, chain_head, "", help("Digest that was kept outside the store")));
};

struct ProvenEventSummary {
  EVENTSTORE_FIELDS(ProvenEventSummary, (std::string, stream), (std::uint64_t, version), (std::string, event_type),
                    (Uuid, event_id), (std::string, organization_id), (Timestamp, created_at),
                    (Timestamp, recorded_at));
};

/// The digest to which the proof leads. Without a kept digest the proof only agrees with itself, and proves nothing.
struct ProofVerdict {
  EVENTSTORE_FIELDS(ProofVerdict, (bool, proven), (std::uint64_t, position), (Uuid, store_id), (std::string, leaf),
                    (std::string, chain_head), (std::optional<ProvenEventSummary>, event), (std::string, statement));
};

/// Checks a proof without any store. Errors: invalid_argument, naming the field that is wrong, or where `chain_head` is
/// no digest; as eventstore::check_proof and event_of.
Result<ProofVerdict> check_proof(const CheckProof& parameters);

}  // namespace eventstore::app
