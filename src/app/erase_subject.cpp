#include <eventstore/app/subject.hpp>

#include "erased_person.hpp"

namespace eventstore::app {
namespace {

constexpr const char* go_on = "; `project run`, and this command again, go on with it";

}  // namespace

Result<ErasedSubject> erase_subject(Store& store, const EraseSubject& parameters,
                                    FunctionRef<Result<void>(const ClearEventFound&)> on_clear,
                                    const OnProgress& on_progress, const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(const auto metadata, parameters.caller.metadata());
  const Subject subject{metadata.organization, parameters.subject};
  ErasedSubject erased{};
  erased.subject = subject.id;
  erased.organization_id = subject.organization;
  const auto count = [&](const RecordedEvent& event, const std::vector<std::string>& fields) -> Result<void> {
    ++erased.events;
    if (fields.empty()) return {};
    ++erased.clear_events;
    return on_clear(
        {std::string{event.stream}, event.version.value, event.position.value, std::string{event.type}, fields});
  };
  EVENTSTORE_TRY_ASSIGN(const auto person, find_person(store, subject, count, on_progress, stop));
  if (person.streams.empty() && person.notes == 0 && !person.key)
    return failure(
        Errc::not_found, "erase subject", subject.id,
        "nothing for which there is a key is stored about this person in organization " + subject.organization);
  erased.streams = person.streams.size();
  erased.lost_keys = person.lost_keys.size();
  erased.already_erased = person.key && !person.key->bytes && person.lost_keys.empty();
  EVENTSTORE_TRY_ASSIGN(const auto erasure, destroy_keys(store, person, store.clock().now(), metadata.user_id));
  erased.erased_at = erasure.erased_at;
  auto left = finish_person(store, person);
  if (!left) {
    left.error().detail = "the key of " + subject.id +
                          " is destroyed, and that is recorded; the collections may still have values, because " +
                          left.error().detail + go_on;
    return failure_of(left);
  }
  if (!left->empty()) erased.left = std::move(*left) + go_on;
  return erased;
}

}  // namespace eventstore::app
