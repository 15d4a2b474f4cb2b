#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/app/subject.hpp>

#include "erased_data.hpp"
#include "recorded_keys.hpp"
#include "subject_traces.hpp"

namespace eventstore::app {
namespace {

Result<void> record(Store& store, const Erasure& erasure) {
  EVENTSTORE_TRY_ASSIGN(const auto stream, erasures_of(erasure.subject.organization));
  const DecidedEvent event{&schema_of<SubjectErased>(), encode(SubjectErased{erasure.subject.id})};
  Metadata metadata{};
  metadata.created_at = erasure.erased_at;
  metadata.organization = erasure.subject.organization;
  metadata.user_id = erasure.user_id;
  EventWriter writer;
  EVENTSTORE_TRY(writer.add(stream, {&event, 1}, metadata, ids_of(erasure.subject)));
  EVENTSTORE_TRY(writer.append_to(store.event_log()));
  return store.keys().note(erasure.subject, ErasureStep::recorded);
}

// The step after the destruction of the key.
Result<void> record_if_new(Store& store, const Erasure& erasure) {
  return erasure.step == ErasureStep::key_destroyed ? record(store, erasure) : Result<void>{};
}

// The last step. Gives the sentence of make_again.
Result<std::string> finish(Store& store, const std::vector<Subject>& subjects,
                           const std::vector<std::string>& streams) {
  EVENTSTORE_TRY_ASSIGN(auto left, make_again(store, subjects.front().organization, streams));
  for (const auto& subject : subjects) EVENTSTORE_TRY(store.keys().note(subject, ErasureStep::finished));
  return left;
}

std::vector<std::string> names_of(const std::map<std::string, SubjectStream>& streams) {
  std::vector<std::string> names;
  for (const auto& [name, counts] : streams) names.push_back(name);
  return names;
}

// Under the key of the stream itself stands what was written before the stream named the person.
Result<std::vector<Subject>> subjects_of(const Store& store, const Subject& subject,
                                         const std::map<std::string, SubjectStream>& streams) {
  std::vector<Subject> subjects{subject};
  for (const auto& [name, counts] : streams) {
    EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(name));
    const auto type = find_aggregate(store.model(), stream.category());
    if (!type || !(*type)->subject) continue;
    EVENTSTORE_TRY_ASSIGN(const auto named, subject_of_stream(store, **type, stream));
    Subject own{subject.organization, name};
    if (named != subject.id) continue;
    EVENTSTORE_TRY_ASSIGN(const auto key, store.keys().find(own));
    if (key) subjects.push_back(std::move(own));
  }
  return subjects;
}

}  // namespace

Result<ErasedSubject> erase_subject(Store& store, const EraseSubject& parameters,
                                    FunctionRef<Result<void>(const ClearEventFound&)> on_clear,
                                    const OnProgress& on_progress, const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(const auto metadata, parameters.caller.metadata());
  const Subject subject{metadata.organization, parameters.subject};
  EVENTSTORE_TRY_ASSIGN(const auto erasures, erasures_of(subject.organization));
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
  EVENTSTORE_TRY_ASSIGN(const auto streams, trace_subject(store, subject, count, on_progress, stop));
  EVENTSTORE_TRY_ASSIGN(const auto key, store.keys().find(subject));
  if (streams.empty() && !key)
    return failure(
        Errc::not_found, "erase subject", subject.id,
        "nothing for which there is a key is stored about this person in organization " + subject.organization);
  erased.streams = streams.size();
  erased.already_erased = key && !key->bytes;
  EVENTSTORE_TRY_ASSIGN(const auto subjects, subjects_of(store, subject, streams));
  for (const auto& each : subjects) {
    EVENTSTORE_TRY_ASSIGN(const auto erasure, store.keys().erase({each, ids_of(each).id(erasures, 0).uuid,
                                                                  store.clock().now(), metadata.user_id}));
    if (each == subject) erased.erased_at = erasure.erased_at;
    EVENTSTORE_TRY(record_if_new(store, erasure));
  }
  auto left = finish(store, subjects, names_of(streams));
  if (!left) {
    left.error().detail = "the key of " + subject.id +
                          " is destroyed, and that is recorded; the collections may still have values, because " +
                          left.error().detail + "; then erase again";
    return failure_of(left);
  }
  if (!left->empty()) erased.left = std::move(*left);
  return erased;
}

Result<void> finish_erasures(Store& store) {
  // The log is the truth: what it calls erased is erased, whatever a copy of the key store says.
  EVENTSTORE_TRY(destroy_again(store));
  EVENTSTORE_TRY_ASSIGN(const auto unfinished, store.keys().erasures(true));
  for (const auto& erasure : unfinished) {
    EVENTSTORE_TRY(record_if_new(store, erasure));
    EVENTSTORE_TRY_ASSIGN(const auto streams, trace_subject(store, erasure.subject, {}, {}, {}));
    // The person is erased. A collection that cannot be written now must not keep the store closed.
    (void)finish(store, {erasure.subject}, names_of(streams));
  }
  return {};
}

}  // namespace eventstore::app
