#include "merkle.hpp"

#include <cstring>

namespace eventstore::engine {

Digest node_digest(Sha256& sha, const Digest& left, const Digest& right) {
  std::byte bytes[1 + 2 * sizeof(Digest)] = {std::byte{1}};
  std::memcpy(bytes + 1, left.octets.data(), sizeof left);
  std::memcpy(bytes + 1 + sizeof left, right.octets.data(), sizeof right);
  sha.add(bytes);
  return sha.finish();
}

void MerkleTree::add(Sha256& sha, const Digest& leaf) {
  auto digest = leaf;
  // Like carrying in a sum: each bit of the size that is set is a whole subtree, to the left of this leaf.
  for (auto bits = size_; (bits & 1) != 0; bits >>= 1) {
    digest = node_digest(sha, whole_.back(), digest);
    whole_.pop_back();
  }
  whole_.push_back(digest);
  ++size_;
}

Digest MerkleTree::root(Sha256& sha) const {
  if (whole_.empty()) return sha.finish();
  auto digest = whole_.back();
  for (auto left = whole_.rbegin() + 1; left != whole_.rend(); ++left) digest = node_digest(sha, *left, digest);
  return digest;
}

Digest merkle_root(Sha256& sha, std::span<const Digest> leaves) {
  MerkleTree tree;
  for (const auto& leaf : leaves) tree.add(sha, leaf);
  return tree.root(sha);
}

// Level by level: neighbours are joined, and a last one without a neighbour goes up as it is. That gives the tree of
// RFC 6962, which splits at the largest power of two below the size.
std::vector<Digest> audit_path(Sha256& sha, std::span<const Digest> leaves, std::uint64_t index) {
  std::vector<Digest> path;
  std::vector<Digest> level{leaves.begin(), leaves.end()};
  for (; level.size() > 1; index /= 2) {
    if ((index ^ 1) < level.size()) path.push_back(level[index ^ 1]);
    for (std::size_t i = 0; i < level.size(); i += 2)
      level[i / 2] = i + 1 < level.size() ? node_digest(sha, level[i], level[i + 1]) : level[i];
    level.resize((level.size() + 1) / 2);
  }
  return path;
}

std::optional<Digest> root_along(Sha256& sha, const Digest& leaf, std::uint64_t index, std::uint64_t count,
                                 std::span<const Digest> path) {
  if (index >= count) return std::nullopt;
  auto digest = leaf;
  for (; count > 1; index /= 2, count = count / 2 + count % 2) {
    if ((index ^ 1) >= count) continue;
    if (path.empty()) return std::nullopt;
    digest = index % 2 == 0 ? node_digest(sha, digest, path.front()) : node_digest(sha, path.front(), digest);
    path = path.subspan(1);
  }
  return path.empty() ? std::optional{digest} : std::nullopt;
}

}  // namespace eventstore::engine
