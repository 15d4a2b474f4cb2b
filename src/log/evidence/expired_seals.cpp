#include "expired_seals.hpp"

#include <fmt/format.h>

#include "sha256.hpp"

namespace eventstore::engine {

using format::SealHeader;

format::SealHeader kept_seal(const ExpiredStatement& expired, std::size_t index) {
  return format::load<SealHeader>(expired.seals[index].seal.data());
}

SealFlaw check_kept_seal(const ExpiredStatement& expired, std::size_t index) {
  const auto& kept = expired.seals[index];
  const auto at = sizeof(format::ExpiredHeader) + index * sizeof kept + offsetof(format::ExpiredSeal, seal);
  auto flaw = check_seal_header(BytesView{kept.seal}.first(kept.bytes));
  flaw.offset += at;
  if (!flaw.text.empty()) return flaw;
  const auto header = kept_seal(expired, index);
  if (header.store_id != expired.header.store_id || header.number != kept.number)
    return {at, "the seal of another store or place", false, false};
  const auto before = index == 0 ? SealHeader{} : kept_seal(expired, index - 1);
  const bool continues = header.previous == before.digest &&
                         (index == 0 || (header.number == before.number + 1 &&
                                         header.first_position == before.first_position + before.count));
  if (!continues) return {at, "the seal does not continue the one before", false, false};
  const bool is_last = index + 1 == expired.seals.size();
  if (is_last &&
      (header.number != expired.last_segment() || header.first_position + header.count != expired.last().value + 1))
    return {at, "the last seal is not that of the last segment", false, false};
  return {};
}

Result<ChainHead> chain_head_of(const ExpiredStatement& expired, const std::string& path) {
  for (std::size_t i = 0; i < expired.seals.size(); ++i) {
    const auto flaw = check_kept_seal(expired, i);
    if (flaw.text.empty()) continue;
    return failure(flaw.is_newer_format ? Errc::newer_format : Errc::corrupt_record, "seal", path,
                   fmt::format("offset {}: {}", flaw.offset, flaw.text));
  }
  const auto digest = expired.seals.empty() ? Digest{} : kept_seal(expired, expired.seals.size() - 1).digest;
  return ChainHead{digest, expired.last_segment(), expired.last()};
}

Digest chained_states(const ExpiredStatement& expired) {
  constexpr std::string_view purpose{"eventstore kept states 1"};
  const auto seal = expired.seals.empty() ? Digest{} : kept_seal(expired, expired.seals.size() - 1).digest;
  Sha256 sha;
  sha.add(as_bytes(purpose));
  sha.add(std::as_bytes(std::span{expired.states->before.octets}));
  sha.add(std::as_bytes(std::span{seal.octets}));
  sha.add(format::bytes_of(expired.header.store_id));
  sha.add(format::bytes_of(expired.header.last_segment));
  sha.add(format::bytes_of(expired.header.last_position));
  sha.add(std::as_bytes(std::span{expired.states->content.octets}));
  return sha.finish();
}

}  // namespace eventstore::engine
