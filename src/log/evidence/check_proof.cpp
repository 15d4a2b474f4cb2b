#include <fmt/format.h>

#include <limits>

#include "../bytes/commit_check.hpp"
#include "../contract/guarded.hpp"
#include "seal.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

tl::unexpected<Error> broken(const InclusionProof& proof, std::string why) {
  return failure(Error{Errc::corrupt_record, "check proof", {}, std::move(why), proof.position});
}

// Neither a segment's number nor its last position overflows.
bool is_possible(const SealLink& link) {
  constexpr auto positions_max = std::numeric_limits<std::uint64_t>::max();
  return link.segment > 0 && link.segment <= std::numeric_limits<std::uint32_t>::max() && link.first > Position{0} &&
         link.count < positions_max - link.first.value;
}

ChainHead head_at(const SealLink& link, const Digest& digest) {
  return {digest, static_cast<std::uint32_t>(link.segment), Position{link.first.value + link.count - 1}};
}

Result<void> check_event(Sha256& sha, const InclusionProof& proof) {
  if (!proof.event) return {};
  if (leaf_digest(sha, proof.position, proof.event->recorded_at, proof.event->record) != proof.leaf)
    return broken(proof, "the event is not the one whose digest is proven");
  return {};
}

Result<ProofCheck> follow(const InclusionProof& proof, const std::optional<Digest>& kept_head) {
  Sha256 sha;
  EVENTSTORE_TRY(check_event(sha, proof));
  auto link = proof.sealed_in;
  if (!is_possible(link) || proof.position < link.first || proof.position.value - link.first.value >= link.count)
    return broken(proof, "the position is not one of the segment's");
  const auto root = root_along(sha, proof.leaf, proof.position.value - link.first.value, link.count, proof.path);
  if (!root || *root != link.root) return broken(proof, "the path does not lead from the event to the segment's root");
  auto digest = seal_digest(sha, proof.store_id, link, proof.previous);
  std::optional<ChainHead> kept;
  const auto look_for_kept = [&] {
    if (!kept && kept_head && digest == *kept_head) kept = head_at(link, digest);
  };
  look_for_kept();
  for (const auto& later : proof.later) {
    if (!is_possible(later) || later.segment != link.segment + 1 || later.first.value != link.first.value + link.count)
      return broken(proof, fmt::format("segment {} does not follow segment {}", later.segment, link.segment));
    link = later;
    digest = seal_digest(sha, proof.store_id, link, digest);
    look_for_kept();
  }
  if (kept_head && !kept)
    return broken(proof, fmt::format("it leads to {}, and not to the kept digest {}; for an older proof, take a digest "
                                     "kept at its time, or make the proof again",
                                     digest.to_string(), kept_head->to_string()));
  const auto head = head_at(link, digest);
  return ProofCheck{head, kept.value_or(head)};
}

}  // namespace

Result<ProofCheck> check_proof(const InclusionProof& proof, const std::optional<Digest>& kept_head) {
  return guarded("check proof", {}, [&]() -> Result<ProofCheck> { return follow(proof, kept_head); });
}

Result<RecordedEvent> event_of(const InclusionProof& proof) {
  if (!proof.event) return failure(Error{Errc::not_found, "read proof", {}, "the proof has no event", proof.position});
  const auto& record = proof.event->record;
  const auto damaged = [&](std::string_view why) {
    return failure(Error{Errc::corrupt_record, "read proof", {}, std::string{why}, proof.position});
  };
  if (record.size() < sizeof(format::RecordPrefix)) return damaged("a record is cut off");
  const auto prefix = format::load<format::RecordPrefix>(record.data());
  const auto flaw = check_record(record, prefix.commit_distance);
  if (!flaw.text.empty()) return damaged(flaw.text);
  if (prefix.kind != format::RecordKind::event || prefix.length != record.size())
    return damaged("the bytes are not one event's record");
  return format::event_in(record.data(), proof.position, proof.event->recorded_at);
}

}  // namespace v1
}  // namespace eventstore
