// The reader of a store's manifest.
#include "fuzz_one.hpp"
#include "log/files/store_files.hpp"
#include "one_file.hpp"
#include "repair.hpp"

namespace eventstore::fuzz {

using namespace engine;
namespace {

void read(BytesView bytes) {
  OneFile files{bytes};
  const auto manifest = StoreFiles{files, "store"}.read_manifest();
  if (manifest) must(manifest->magic == format::manifest_magic);
}

}  // namespace

void fuzz_one(BytesView bytes) {
  read(bytes);
  Bytes repaired{bytes.begin(), bytes.end()};
  put(repaired, 0, format::manifest_magic);
  repair_header(repaired, sizeof(format::ManifestBytes));
  read(repaired);
}

}  // namespace eventstore::fuzz
