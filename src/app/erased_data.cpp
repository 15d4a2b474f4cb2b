#include "erased_data.hpp"

#include <eventstore/aggregate/erasure_record.hpp>

namespace eventstore::app {

Result<void> make_again(Store&, const std::string&, const std::vector<std::string>&) { return {}; }

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
