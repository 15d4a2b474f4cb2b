// The reader of the catalog.
#include "log/index/catalog.hpp"

#include "fuzz_one.hpp"
#include "repair.hpp"

namespace eventstore::fuzz {

using namespace engine;
namespace {

void read(BytesView bytes) {
  const auto decoded = decode_catalog(bytes, "catalog");
  if (!decoded) return must(decoded.error().where == "catalog");
  must(decode_catalog(encode(*decoded), "catalog") == *decoded);
}

}  // namespace

void fuzz_one(BytesView bytes) {
  read(bytes);
  Bytes repaired{bytes.begin(), bytes.end()};
  repair_catalog(repaired);
  read(repaired);
}

}  // namespace eventstore::fuzz
