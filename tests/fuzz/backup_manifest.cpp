// Any bytes as the manifest of a backup: refused, or taken and written again as they were.
#include "../../src/log/backup/backup_manifest.hpp"

#include <algorithm>
#include <cstdlib>

using namespace eventstore;

namespace {

// What is taken as whole must be usable as such.
void use(const BackupManifest& manifest, BytesView bytes) {
  const auto* const last = manifest.last_segment();
  if (last == nullptr || manifest.find(CopyKind::segment, last->number) != last) std::abort();
  auto written = encode(manifest);
  const auto again = decode_backup_manifest(written, "backup");
  if (!again || again->files != manifest.files || again->store_id != manifest.store_id) std::abort();
  if (written.size() != bytes.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView bytes{reinterpret_cast<const std::byte*>(data), size};
  if (const auto manifest = decode_backup_manifest(bytes, "backup")) use(*manifest, bytes);
  // Once more with a checksum that matches, so that what stands behind the checksum is reached.
  if (size < sizeof(std::uint64_t)) return 0;
  Bytes mended{bytes.begin(), bytes.end()};
  const auto body = BytesView{mended}.first(size - sizeof(std::uint64_t));
  const auto checksum = format::checksum_of(body);
  std::memcpy(mended.data() + body.size(), &checksum, sizeof checksum);
  if (const auto manifest = decode_backup_manifest(mended, "backup")) use(*manifest, mended);
  return 0;
}
