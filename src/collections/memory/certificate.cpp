// What a collection was made of, and the digest of its documents.
#include "../content_digest.hpp"
#include "impl.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> no_such(std::string_view name) {
  return failure(Errc::not_found, "read certificate", std::string{name}, "no such collection");
}

}  // namespace

Result<Certificate> MemoryCollections::certificate(std::string_view name) {
  const auto found = impl_->collections.find(name);
  if (found == impl_->collections.end()) return no_such(name);
  const auto& collection = found->second;
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, this->checkpoint(name));
  auto made = engine::certificate_of(*checkpoint, collection.first);
  made.events = collection.folded;
  if (checkpoint->building) return made;
  EVENTSTORE_TRY_ASSIGN(made.digest, compute_digest(collection.shape, name));
  return made;
}

Result<Digest128> MemoryCollections::compute_digest(const CollectionShape&, std::string_view name) {
  const auto found = impl_->collections.find(name);
  if (found == impl_->collections.end()) return no_such(name);
  const auto& shape = found->second.shape;
  const auto by_name = engine::columns_by_name(shape);
  engine::ContentDigest digest;
  Digest128 sum;
  for (const auto& [id, document] : found->second.documents) {
    EVENTSTORE_TRY_ASSIGN(const auto one,
                          engine::digest_of(digest, shape, by_name, id, document.organization, document.columns));
    sum += one;
  }
  return sum;
}

Result<Digest128> MemoryCollections::keep_digest(const CollectionShape& shape, std::string_view name) {
  return compute_digest(shape, name);
}

}  // namespace v1
}  // namespace eventstore
