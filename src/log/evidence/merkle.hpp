#pragma once
// Trees of digests as in RFC 6962, section 2.1.
#include <eventstore/file_log/digest.hpp>
#include <optional>
#include <span>
#include <vector>

#include "sha256.hpp"

namespace eventstore::engine {

/// SHA-256(0x01, left, right).
Digest node_digest(Sha256& sha, const Digest& left, const Digest& right);

/// A tree of which only the digests are kept that its root needs: one for each bit of its size.
class MerkleTree {
 public:
  void add(Sha256& sha, const Digest& leaf);
  /// The root of all leaves so far; without leaves the digest of an empty text. Cost: at most 64 hashes.
  [[nodiscard]] Digest root(Sha256& sha) const;
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  std::vector<Digest> whole_;  // roots of the whole subtrees, the largest first
  std::uint64_t size_ = 0;
};

Digest merkle_root(Sha256& sha, std::span<const Digest> leaves);

/// The digests next to the way from leaf `index`, which exists, up to the root; the lowest first.
std::vector<Digest> audit_path(Sha256& sha, std::span<const Digest> leaves, std::uint64_t index);

/// The root of the tree of `count` leaves in which `leaf` stands at `index` and has this path; absent if the path has
/// the wrong length.
std::optional<Digest> root_along(Sha256& sha, const Digest& leaf, std::uint64_t index, std::uint64_t count,
                                 std::span<const Digest> path);

}  // namespace eventstore::engine
