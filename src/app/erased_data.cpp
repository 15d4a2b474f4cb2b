#include "erased_data.hpp"

#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/app/claims.hpp>
#include <eventstore/app/rewrite_documents.hpp>

#include "recorded_keys.hpp"

namespace eventstore::app {

namespace {

Result<void> remove_snapshots(Store& store, const std::vector<StreamId>& streams) {
  FileSnapshots snapshots{store.files(), store.directory() + "/snapshots"};
  for (const auto& stream : streams) EVENTSTORE_TRY(snapshots.remove_all(stream));
  return {};
}

}  // namespace

Result<std::string> make_again(Store& store, const std::string& organization, const std::vector<std::string>& streams) {
  std::vector<StreamId> owners;
  for (const auto& name : streams) owners.push_back(StreamId::trusted(name));
  EVENTSTORE_TRY(remove_snapshots(store, owners));
  // Without the key and without snapshots, the streams have the person's unique values no more.
  if (has_unique_values(store.model())) EVENTSTORE_TRY(release_claims(store, owners));
  const auto readable = store.readable_collections();
  if (!readable && readable.error().code == Errc::not_found) return std::string{};  // no projection has run yet
  // Any other trouble of reading may be what a killed process left, and writing undoes it.
  EVENTSTORE_TRY_ASSIGN(auto left, rewrite_documents(store, {streams, organization},
                                                     [](const CollectionRewritten&) { return Result<void>{}; }));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  EVENTSTORE_TRY(collections->purge());
  return left;
}

Result<void> destroy_again(Store& store) {
  return each_recorded_erasure(store.log(), store.schemas(), [&](const Erasure& recorded) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto key, store.keys().find(recorded.subject));
    if (key && !key->bytes) return {};
    EVENTSTORE_TRY_ASSIGN(const auto erasure, store.keys().erase(recorded));
    if (erasure.step != ErasureStep::key_destroyed) return {};
    return store.keys().note(recorded.subject, ErasureStep::recorded);
  });
}

}  // namespace eventstore::app
