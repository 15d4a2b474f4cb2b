#include <fmt/format.h>

#include <algorithm>

#include "../bytes/commit_check.hpp"
#include "../contract/guarded.hpp"
#include "../files/expired_statement.hpp"
#include "seal_files.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

using format::CommitHeader;
using format::Location;

tl::unexpected<Error> unproven(const std::string& where, std::string why, Position at) {
  return failure(Error{Errc::corrupt_record, "prove", where, std::move(why), at});
}

tl::unexpected<Error> not_covered(Position position, Position covered_to) {
  const auto covered = covered_to == Position{0} ? std::string{"no segment has a seal yet"}
                                                 : fmt::format("the seals cover positions 1 to {}", covered_to.value);
  return failure(Error{
      Errc::not_found,
      "prove",
      {},
      fmt::format("no seal covers this position: {}, and later positions are in the unsealed tail or do not exist",
                  covered),
      position});
}

class Prover {
 public:
  Prover(const StoreFiles& store, const Uuid& store_id, Position position)
      : store_{store}, seals_{store}, store_id_{store_id}, position_{position} {}

  Result<InclusionProof> prove(bool with_event) {
    EVENTSTORE_TRY_ASSIGN(const auto number, find_seal());
    EVENTSTORE_TRY_ASSIGN(const auto seal, seals_.read(number, store_id_));
    const auto index = position_.value - seal.header.first_position;
    Sha256 sha;
    proof_.store_id = store_id_;
    proof_.position = position_;
    proof_.leaf = seal.leaves[index];
    proof_.path = audit_path(sha, seal.leaves, index);
    proof_.sealed_in = seal.link();
    proof_.previous = seal.header.previous;
    if (with_event) EVENTSTORE_TRY(add_event(number));
    return std::move(proof_);
  }

 private:
  // From the last seal back to the one that covers the position; those on the way are the later links.
  Result<std::uint32_t> find_seal() {
    EVENTSTORE_TRY_ASSIGN(const auto numbers, seals_.numbers());
    Position last{};
    std::optional<Digest> remembered;  // the digest of this seal, by the one after it
    for (auto number = numbers.empty() ? 0 : numbers.back(); number > 0; --number) {
      EVENTSTORE_TRY_ASSIGN(const auto seal, header_of(number));
      const auto covered_to = seal.chain_head().covered_to;
      if (!remembered) last = covered_to;
      if (position_ > last) break;
      if (remembered && *remembered != seal.header.digest)
        return unproven(seals_.path(number), "the next seal does not continue this one; run verify --chain", position_);
      if (position_.value >= seal.header.first_position && position_ <= covered_to) {
        std::reverse(proof_.later.begin(), proof_.later.end());
        return number;
      }
      proof_.later.push_back(seal.link());
      remembered = seal.header.previous;
    }
    return not_covered(position_, last);
  }

  [[nodiscard]] Result<Seal> header_of(std::uint32_t number) const {
    auto seal = seals_.read_header(number, store_id_);
    if (!seal && seal.error().code == Errc::not_found)
      return unproven(seals_.path(number), "the seal is missing: make it again with the command seal", position_);
    return seal;
  }

  // The record's commit is found by the headers alone; then all of it is checked.
  Result<void> add_event(std::uint32_t number) {
    EVENTSTORE_TRY_ASSIGN(const auto segment, store_.open_segment(number, store_id_, OpenMode::read));
    EVENTSTORE_TRY_ASSIGN(const auto size, segment->file()->size());
    const BytesView bytes{segment->data(), size};
    ExpectedCommit expected{.store_fold = format::fold(store_id_), .generation = segment->header().generation};
    for (std::size_t at = sizeof(format::SegmentHeader);;) {
      expected.location = Location{number, static_cast<std::uint32_t>(at)};
      const auto rest = bytes.subspan(std::min(at, bytes.size()));
      const auto header = commit_header(rest, expected);
      if (!header || header->length < sizeof *header || header->length > rest.size())
        return unproven(segment->path(), fmt::format("offset {}: the commit's header is damaged", at), position_);
      if (position_.value < header->first_position + header->event_count)
        return take_record(rest.first(header->length), expected, segment->path());
      if (header->kind == format::CommitKind::finish)
        return unproven(segment->path(), "the segment ends before this position", position_);
      at += header->length;
    }
  }

  Result<void> take_record(BytesView commit, const ExpectedCommit& expected, const std::string& path) {
    const auto offset = expected.location.offset();
    if (const auto flaw = check_commit(commit, expected); !flaw.text.empty())
      return unproven(path, fmt::format("offset {}: {}", offset, flaw.text), position_);
    const auto header = format::load<CommitHeader>(commit.data());
    for (std::size_t at = sizeof header; at < commit.size();) {
      const auto prefix = format::load<format::RecordPrefix>(commit.data() + at);
      const auto record = commit.subspan(at, prefix.length);
      at += prefix.length;
      if (prefix.kind != format::RecordKind::event || header.first_position + prefix.ordinal != position_.value)
        continue;
      proof_.event = ProvenEvent{Timestamp{header.recorded_at}, {record.begin(), record.end()}};
      Sha256 sha;
      if (leaf_digest(sha, position_, proof_.event->recorded_at, record) == proof_.leaf) return {};
      return unproven(path,
                      fmt::format("offset {}: the event is not the one that was sealed", offset + at - prefix.length),
                      position_);
    }
    return unproven(path, fmt::format("offset {}: the commit does not hold this position", offset), position_);
  }

  const StoreFiles& store_;
  const SealFiles seals_;
  const Uuid store_id_;
  const Position position_;
  InclusionProof proof_;
};

}  // namespace

Result<InclusionProof> prove(FileSystem& files, const std::string& directory, Position position, bool with_event) {
  return guarded("prove", directory, [&]() -> Result<InclusionProof> {
    const StoreFiles store{files, directory};
    auto manifest = store.read_manifest();
    if (!manifest && manifest.error().code == Errc::not_found)
      return failure(Errc::not_found, "prove", store.path("manifest"), "there is no store in this directory");
    if (!manifest) return failure_of(manifest);
    auto proof = Prover{store, manifest->store_id, position}.prove(with_event);
    if (proof) return proof;
    EVENTSTORE_TRY_ASSIGN(const auto expired, read_expired(store, manifest->store_id));
    if (!expired || position > expired->last()) return proof;
    return failure(Error{Errc::expired,
                         "prove",
                         {},
                         fmt::format("retention dropped the events up to position {}, and their digests: a proof that "
                                     "was made before still holds, and no new one can be made",
                                     expired->last().value),
                         position});
  });
}

}  // namespace v1
}  // namespace eventstore
