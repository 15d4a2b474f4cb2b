#include "erased_data.hpp"

#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/app/claims.hpp>
#include <eventstore/app/rewrite_documents.hpp>

#include "erased_person.hpp"
#include "recorded_keys.hpp"

namespace eventstore::app {

std::vector<StreamId> streams_named(const std::vector<std::string>& names) {
  std::vector<StreamId> streams;
  for (const auto& name : names) streams.push_back(StreamId::trusted(name));
  return streams;
}

Result<void> remove_snapshots(Store& store, const std::vector<std::string>& streams) {
  FileSnapshots snapshots{store.files(), store.directory() + "/snapshots"};
  for (const auto& stream : streams_named(streams)) EVENTSTORE_TRY(snapshots.remove_all(stream));
  return {};
}

Result<std::string> make_documents_again(Store& store, const std::string& organization,
                                         const std::vector<std::string>& streams) {
  const auto readable = store.readable_collections();
  if (!readable && readable.error().code == Errc::not_found) return std::string{};  // no projection has run yet
  // Any other trouble of reading may be what a killed process left, and writing undoes it.
  std::string left;
  const auto note_reason = [&](const CollectionRewritten& row) -> Result<void> {
    if (row.reason) left += (left.empty() ? "" : "; ") + row.collection + ": " + *row.reason;
    return {};
  };
  EVENTSTORE_TRY(rewrite_documents(store, {streams, organization}, note_reason));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  EVENTSTORE_TRY(collections->purge());
  return left.empty() ? left : "these collections may still have values of the person: " + left;
}

Result<std::string> make_again(Store& store, const std::string& organization, const std::vector<std::string>& streams) {
  EVENTSTORE_TRY(remove_snapshots(store, streams));
  // Without the key and without snapshots, the streams have the person's unique values no more.
  if (has_unique_values(store.model())) EVENTSTORE_TRY(release_claims(store, streams_named(streams)));
  return make_documents_again(store, organization, streams);
}

Result<void> destroy_again(Store& store) {
  return each_recorded_erasure(store.log(), store.schemas(), [&](const Erasure& recorded) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto key, store.keys().find(recorded.subject));
    if (key && !key->bytes) return {};
    auto again = recorded;
    if (!key) {
      const auto pass_over = [](const RecordedEvent&, const std::vector<std::string>&) { return Result<void>{}; };
      EVENTSTORE_TRY_ASSIGN(const auto person, find_person(store, recorded.subject, pass_over, {}, {}));
      again.lost_keys = person.lost_keys;
    }
    EVENTSTORE_TRY_ASSIGN(const auto erasure, store.keys().erase(again));
    if (erasure.step != ErasureStep::key_destroyed) return {};
    return store.keys().note(recorded.subject, ErasureStep::recorded);
  });
}

}  // namespace eventstore::app
