// The reader of the statement about dropped segments.
#include "fuzz_one.hpp"
#include "log/evidence/expired_seals.hpp"
#include "repair.hpp"

namespace eventstore::fuzz {

using namespace engine;
using format::ExpiredHeader;
namespace {

void read(const Bytes& bytes) {
  auto expired = decode_expired(bytes, "expired");
  if (!expired) return must(expired.error().where == "expired");
  must(expired->seals.size() == expired->header.seal_count);
  must(expired->states.has_value() == (expired->header.must_understand == format::expired_has_states));
  (void)chain_head_of(*expired, "expired");
  if (expired->states) (void)chained_states(*expired);
  const auto again = encode(*expired);
  must(again.size() == bytes.size());
  must(decode_expired(again, "expired").has_value());
}

}  // namespace

void fuzz_one(BytesView bytes) {
  Bytes copy{bytes.begin(), bytes.end()};
  read(copy);
  if (copy.size() < sizeof(ExpiredHeader)) return;
  put(copy, 0, format::expired_magic);
  put(copy, offsetof(ExpiredHeader, format_version), format::version);
  put(copy, offsetof(ExpiredHeader, seals_checksum),
      format::checksum_of(BytesView{copy}.subspan(sizeof(ExpiredHeader))));
  repair_header(copy, sizeof(ExpiredHeader));
  read(copy);
}

}  // namespace eventstore::fuzz
