#pragma once
// The proof that one event is part of the history that a kept digest stands for. Checking it needs no store.
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/file_log/seals.hpp>
#include <eventstore/log/event.hpp>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The parts of a segment's seal digest, besides the digest of the segment before.
struct SealLink {
  std::uint64_t segment = 0;
  Position first{};         ///< position of the segment's first event
  std::uint64_t count = 0;  ///< of its events
  Digest root{};            ///< of the tree over them
  friend bool operator==(const SealLink&, const SealLink&) = default;
};

/// The parts of an event from which its digest is made.
struct ProvenEvent {
  Timestamp recorded_at{};
  Bytes record{};  ///< as it stands in the segment
  friend bool operator==(const ProvenEvent&, const ProvenEvent&) = default;
};

struct InclusionProof {
  Uuid store_id{};
  Position position{};
  Digest leaf{};                       ///< of the event; it outlives an event that was erased
  std::optional<ProvenEvent> event{};  ///< absent: only the digest is proven
  std::vector<Digest> path{};          ///< the digests next to the way from the leaf to the root, lowest first
  SealLink sealed_in{};                ///< the event's segment
  Digest previous{};                   ///< seal digest of the segment before it
  std::vector<SealLink> later{};       ///< the segments after it, up to the head
  friend bool operator==(const InclusionProof&, const InclusionProof&) = default;
};

/// Makes the proof for `position` from the seals of the store in `directory`, up to the last of them.
/// `with_event`: the proof has the event too, checked against its digest; otherwise the log is not read. Errors:
/// not_found, if there is no store, or no seal covers the position; expired, if retention dropped it; corrupt_record,
/// if seals or the event are damaged, or the event differs from the sealed one; newer_format; io_failed. Threads: any;
/// also while another process writes. Cost: reads one seal, the headers of those after it, and one segment's commit
/// headers.
Result<InclusionProof> prove(FileSystem& files, const std::string& directory, Position position,
                             bool with_event = true);

/// The seals to which a proof leads.
struct ProofCheck {
  ChainHead head{};  ///< the last seal of the proof
  ChainHead kept{};  ///< the seal whose digest is the kept one; `head` where none was given
};

/// Follows the proof from the event to the head. `kept_head`: a digest kept elsewhere, of the head or of an earlier
/// seal that covers the event; without it the check only shows that the proof agrees with itself. Errors: refused,
/// naming the step that is wrong. Cost: hashes the event and some 70 bytes a step.
Result<ProofCheck> check_proof(const InclusionProof& proof, const std::optional<Digest>& kept_head);

/// The event in a proof. Errors: not_found, if the proof has none; corrupt_record, if its bytes are not an event's
/// record. Lifetime: that of `proof`.
Result<RecordedEvent> event_of(const InclusionProof& proof);

}  // namespace v1
}  // namespace eventstore
