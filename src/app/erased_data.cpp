#include "erased_data.hpp"

#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/app/claims.hpp>
#include <eventstore/app/rewrite_documents.hpp>

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
  auto readable = store.readable_collections();
  if (!readable && readable.error().code == Errc::not_found) return std::string{};  // no projection has run yet
  if (!readable) return failure_of(readable);
  EVENTSTORE_TRY_ASSIGN(auto left, rewrite_documents(store, {streams, organization},
                                                     [](const CollectionRewritten&) { return Result<void>{}; }));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  EVENTSTORE_TRY(collections->purge());
  return left;
}

Result<void> destroy_again(Store& store, const StreamId& erasures) {
  Version from{0};
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const Page page, store.log().read_stream(erasures, {.from = from}));
    for (const auto& event : page.events) {
      EVENTSTORE_TRY_ASSIGN(const auto metadata, metadata_of(event));
      const auto destroy = [&](const SubjectErased& recorded) -> Result<void> {
        const Subject subject{metadata.organization, recorded.subject};
        EVENTSTORE_TRY_ASSIGN(const auto key, store.keys().find(subject));
        if (key && !key->bytes) return {};
        EVENTSTORE_TRY_ASSIGN(const auto erasure,
                              store.keys().erase({subject, event.id.uuid, metadata.created_at, metadata.user_id}));
        return erasure.step == ErasureStep::key_destroyed ? store.keys().note(subject, ErasureStep::recorded)
                                                          : Result<void>{};
      };
      Result<void> destroyed{};
      EVENTSTORE_TRY(with_events<ErasureRecord>(
          event, store.schemas(),
          [&](const SubjectErased& recorded, const EventPart&) { destroyed = destroy(recorded); }));
      EVENTSTORE_TRY(std::move(destroyed));
    }
    more = !page.at_end;
    from = Version{page.next};
  }
  return {};
}

}  // namespace eventstore::app
