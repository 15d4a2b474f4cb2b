#include "seal.hpp"

#include <fmt/format.h>

#include "../bytes/commit_check.hpp"

namespace eventstore::engine {
namespace {

using format::CommitHeader;
using format::CommitKind;
using format::SealHeader;
using format::SegmentHeader;

// Integers one after another, little-endian as all that is stored.
template <class... Integers> void add_integers(Sha256& sha, Integers... integers) {
  (sha.add(std::as_bytes(std::span{&integers, 1})), ...);
}

tl::unexpected<Error> damaged(const std::string& path, std::uint64_t offset, std::string_view what,
                              Position at = Position{0}) {
  return failure(Error{Errc::corrupt_record, "seal", path, fmt::format("offset {}: {}", offset, what), at});
}

tl::unexpected<Error> newer(const std::string& path) {
  return failure(Errc::newer_format, "seal", path, "written by a newer version of eventstore: use that version");
}

Result<void> accept(const SealFlaw& flaw, const std::string& path) {
  if (flaw.is_newer_format) return newer(path);
  if (!flaw.text.empty()) return damaged(path, flaw.offset, flaw.text);
  return {};
}

// Gathers the digests of one commit's events.
void add_leaves(Sha256& sha, const std::byte* commit, const CommitHeader& header, std::vector<Digest>& leaves) {
  for (std::size_t at = sizeof header; at < header.length;) {
    const auto prefix = format::load<format::RecordPrefix>(commit + at);
    if (prefix.kind == format::RecordKind::event)
      leaves.push_back(leaf_digest(sha, Position{header.first_position + prefix.ordinal}, Timestamp{header.recorded_at},
                                   {commit + at, prefix.length}));
    at += prefix.length;
  }
}

Result<SegmentHeader> header_of(BytesView segment, const std::string& path) {
  if (segment.size() < sizeof(SegmentHeader)) return damaged(path, 0, "the header is cut off");
  const auto header = format::load<SegmentHeader>(segment.data());
  if (header.magic != format::segment_magic) return damaged(path, 0, "not a file of eventstore");
  if (header.format_version > format::version) return newer(path);
  if (header.checksum != format::header_checksum(header))
    return damaged(path, 0, "the header's checksum does not match");
  if (header.must_understand != 0) return newer(path);
  return header;
}

}  // namespace

Digest leaf_digest(Sha256& sha, Position position, Timestamp recorded_at, BytesView record) {
  std::byte place[1 + sizeof position.value + sizeof recorded_at.micros] = {};
  std::memcpy(place + 1, &position.value, sizeof position.value);
  std::memcpy(place + 1 + sizeof position.value, &recorded_at.micros, sizeof recorded_at.micros);
  sha.add(place);
  sha.add(record);
  return sha.finish();
}

Digest seal_digest(Sha256& sha, const Uuid& store_id, const SealLink& link, const Digest& previous) {
  constexpr std::byte prefix[] = {std::byte{2}};
  sha.add(prefix);
  sha.add(std::as_bytes(std::span{store_id.octets}));
  add_integers(sha, link.segment, link.first.value, link.count);
  sha.add(std::as_bytes(std::span{link.root.octets}));
  sha.add(std::as_bytes(std::span{previous.octets}));
  return sha.finish();
}

SealLink Seal::link() const { return {header.number, Position{header.first_position}, header.count, header.root}; }

ChainHead Seal::chain_head() const {
  return {header.digest, static_cast<std::uint32_t>(header.number), Position{header.first_position + header.count - 1}};
}

Result<Seal> make_seal(BytesView segment, const std::string& path, const Digest& previous) {
  EVENTSTORE_TRY_ASSIGN(const auto header, header_of(segment, path));
  Sha256 sha;
  Seal seal;
  auto expected = ExpectedCommit::first_of(header);
  for (auto kind = CommitKind::events; kind != CommitKind::finish;) {
    const std::size_t at = expected.location.offset();
    const auto flaw = check_commit(segment.subspan(std::min(at, segment.size())), expected);
    if (flaw.is_newer_format) return newer(path);
    if (!flaw.text.empty()) return damaged(path, at, flaw.text, Position{expected.next_position});
    const auto commit = format::load<CommitHeader>(segment.data() + at);
    add_leaves(sha, segment.data() + at, commit, seal.leaves);
    expected.pass(commit);
    kind = commit.kind;
  }
  auto& to = seal.header;
  to.store_id = header.store_id;
  to.number = header.number;
  to.first_position = header.first_position;
  to.count = seal.leaves.size();
  to.root = merkle_root(sha, seal.leaves);
  to.previous = previous;
  to.digest = seal_digest(sha, to.store_id, seal.link(), previous);
  to.leaves_checksum = format::checksum_of(std::as_bytes(std::span{seal.leaves}));
  to.checksum = format::header_checksum(to);
  return seal;
}

Bytes encode(const Seal& seal) {
  const auto leaves = std::as_bytes(std::span{seal.leaves});
  Bytes bytes(sizeof(SealHeader) + leaves.size());
  std::memcpy(bytes.data(), &seal.header, sizeof(SealHeader));
  if (!leaves.empty()) std::memcpy(bytes.data() + sizeof(SealHeader), leaves.data(), leaves.size());
  return bytes;
}

SealFlaw check_seal_header(BytesView bytes) {
  if (bytes.size() < sizeof(SealHeader)) return {0, "the header is cut off"};
  const auto header = format::load<SealHeader>(bytes.data());
  if (header.magic != format::seal_magic) return {0, "not a seal of eventstore"};
  if (header.format_version > format::version) return {0, "written by a newer version of eventstore", true};
  if (header.checksum != format::header_checksum(header)) return {0, "the header's checksum does not match"};
  if (header.must_understand != 0) return {0, "written by a newer version of eventstore", true};
  Sha256 sha;
  const SealLink link{header.number, Position{header.first_position}, header.count, header.root};
  if (header.digest != seal_digest(sha, header.store_id, link, header.previous))
    return {offsetof(SealHeader, digest), "the seal digest is not that of the header", false, false};
  return {};
}

SealFlaw check_seal_bytes(BytesView bytes) {
  if (const auto flaw = check_seal_header(bytes); !flaw.text.empty()) return flaw;
  const auto header = format::load<SealHeader>(bytes.data());
  const auto leaves = bytes.subspan(sizeof header);
  if (leaves.size() % sizeof(Digest) != 0 || leaves.size() / sizeof(Digest) != header.count)
    return {bytes.size(), leaves.size() / sizeof(Digest) < header.count ? "the file is cut off"
                                                                        : "the file is longer than it states"};
  if (header.leaves_checksum != format::checksum_of(leaves))
    return {sizeof header, "the checksum of the digests does not match"};
  return {};
}

SealFlaw check_seal(BytesView bytes) {
  if (const auto flaw = check_seal_bytes(bytes); !flaw.text.empty()) return flaw;
  const auto header = format::load<SealHeader>(bytes.data());
  Sha256 sha;
  MerkleTree tree;
  for (std::uint64_t i = 0; i < header.count; ++i) tree.add(sha, leaf_in(bytes, i));
  if (tree.root(sha) != header.root)
    return {offsetof(SealHeader, root), "the root is not that of the digests", false, false};
  return {};
}

Digest leaf_in(BytesView seal, std::uint64_t index) {
  return format::load<Digest>(seal.data() + sizeof(SealHeader) + index * sizeof(Digest));
}

Result<Seal> decode_seal(BytesView bytes, const std::string& path) {
  EVENTSTORE_TRY(accept(check_seal(bytes), path));
  Seal seal{format::load<SealHeader>(bytes.data()), {}};
  seal.leaves.resize(seal.header.count);
  const auto leaves = bytes.subspan(sizeof(SealHeader));
  if (!leaves.empty()) std::memcpy(seal.leaves.data(), leaves.data(), leaves.size());
  return seal;
}

Result<Seal> decode_seal_header(BytesView bytes, const std::string& path) {
  EVENTSTORE_TRY(accept(check_seal_header(bytes), path));
  return Seal{format::load<SealHeader>(bytes.data()), {}};
}

}  // namespace eventstore::engine
