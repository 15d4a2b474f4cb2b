#include "expired_statement.hpp"

#include <fmt/format.h>

#include <cstring>

namespace eventstore::engine {
namespace {

using format::ExpiredHeader;
using format::ExpiredSeal;
using format::ExpiredStates;

constexpr std::size_t expired_bytes_max = std::size_t{1} << 30;

tl::unexpected<Error> damaged(const std::string& path, std::string_view reason) {
  return failure(Errc::corrupt_record, "open", path, std::string{reason} + ": restore a backup");
}

// The seals, where they are whole and in order.
std::string_view flaw_in(const ExpiredHeader& header, std::span<const ExpiredSeal> seals) {
  if (header.first_segment != 1 || header.last_segment == 0) return "the range of segments is impossible";
  std::uint32_t before = 0;
  for (const auto& seal : seals) {
    if (seal.number <= before || seal.number > header.last_segment || seal.bytes > seal.seal.size())
      return "its seals contradict it";
    before = seal.number;
  }
  return "";
}

Result<std::optional<Bytes>> read_statement(const StoreFiles& store) {
  auto file = store.files().open(store.path("expired"), OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return std::nullopt;
  if (!file) return failure_of(file);
  EVENTSTORE_TRY_ASSIGN(auto bytes, read_whole(**file, expired_bytes_max));
  return std::optional{std::move(bytes)};
}

}  // namespace

Error ExpiredStatement::error_at(Position asked) const {
  return {Errc::expired,
          "read",
          {},
          fmt::format("retention dropped the events up to position {}: begin at position {}", last().value,
                      last().next().value),
          asked};
}

std::string expired_streams_name(std::uint32_t last_segment) {
  return fmt::format("expired-{:016x}.tbl", last_segment);
}

Bytes encode(ExpiredStatement& expired) {
  auto& header = expired.header;
  header.seal_count = static_cast<std::uint32_t>(expired.seals.size());
  header.must_understand = expired.states ? format::expired_has_states : 0;
  Bytes bytes(sizeof header);
  // Grown first and copied into: g++ 12 sees an overflow that is not there in vector::insert, once it is inlined.
  const auto add = [&](BytesView part) {
    if (part.empty()) return;
    const auto end = bytes.size();
    bytes.resize(end + part.size());
    std::memcpy(bytes.data() + end, part.data(), part.size());
  };
  if (expired.states) add(format::bytes_of(*expired.states));
  add(std::as_bytes(std::span{expired.seals}));
  header.seals_checksum = format::checksum_of(BytesView{bytes}.subspan(sizeof header));
  header.header_checksum = format::header_checksum(header);
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

Result<ExpiredStatement> decode_expired(BytesView bytes, const std::string& path) {
  if (bytes.size() < sizeof(ExpiredHeader)) return damaged(path, "the file is cut off");
  ExpiredStatement expired;
  expired.header = format::load<ExpiredHeader>(bytes.data());
  const auto& header = expired.header;
  if (header.magic != format::expired_magic) return damaged(path, "the file is not a statement of expired segments");
  // Before the checksum: a newer version may compute it in another way.
  if (header.format_version > format::version)
    return failure(Errc::newer_format, "open", path, "written by a newer version of eventstore: use that version");
  if (header.header_checksum != format::header_checksum(header))
    return damaged(path, "the header's checksum does not match");
  if ((header.must_understand & ~format::expired_has_states) != 0)
    return failure(Errc::newer_format, "open", path, "written by a newer version of eventstore: use that version");
  const bool has_states = header.must_understand != 0;
  const auto rest = bytes.subspan(sizeof header);
  const auto states_bytes = has_states ? sizeof(ExpiredStates) : 0;
  if (rest.size() != states_bytes + std::size_t{header.seal_count} * sizeof(ExpiredSeal) ||
      header.seals_checksum != format::checksum_of(rest))
    return damaged(path, "the checksum of its seals does not match");
  if (has_states) expired.states = format::load<ExpiredStates>(rest.data());
  const auto seals = rest.subspan(states_bytes);
  expired.seals.resize(header.seal_count);
  if (!seals.empty()) std::memcpy(expired.seals.data(), seals.data(), seals.size());
  if (const auto flaw = flaw_in(header, expired.seals); !flaw.empty()) return damaged(path, flaw);
  return expired;
}

Result<std::optional<ExpiredStatement>> read_expired(const StoreFiles& store, const Uuid& store_id) {
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_statement(store));
  if (!bytes) return std::nullopt;
  const auto path = store.path("expired");
  EVENTSTORE_TRY_ASSIGN(auto expired, decode_expired(*bytes, path));
  if (expired.header.store_id != store_id) return damaged(path, "a statement of another store");
  return std::optional{std::move(expired)};
}

}  // namespace eventstore::engine
