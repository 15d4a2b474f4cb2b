// Any bytes as the manifest of a backup: refused, or taken and written again as they were.
#include "log/backup/backup_manifest.hpp"
#include "fuzz_one.hpp"
#include "log/bytes/format.hpp"

namespace eventstore::fuzz {

using namespace engine;
namespace {

// What is taken as whole must be usable as such.
void read(BytesView bytes) {
  const auto manifest = decode_backup_manifest(bytes, "backup");
  if (!manifest) return;
  const auto* const last = manifest->last_segment();
  must(last != nullptr && manifest->find(CopyKind::segment, last->number) == last);
  const auto written = encode(*manifest);
  const auto again = decode_backup_manifest(written, "backup");
  must(again && again->files == manifest->files && again->store_id == manifest->store_id);
  must(written.size() == bytes.size());
}

}  // namespace

void fuzz_one(BytesView bytes) {
  read(bytes);
  // Once more with a checksum that matches, so that what stands behind the checksum is reached.
  if (bytes.size() < sizeof(std::uint64_t)) return;
  Bytes mended{bytes.begin(), bytes.end()};
  const auto body = BytesView{mended}.first(bytes.size() - sizeof(std::uint64_t));
  const auto checksum = format::checksum_of(body);
  std::memcpy(mended.data() + body.size(), &checksum, sizeof checksum);
  read(mended);
}

}  // namespace eventstore::fuzz
