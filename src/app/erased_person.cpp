#include "erased_person.hpp"

#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/aggregate/event_writer.hpp>

#include <set>

#include "erased_data.hpp"
#include "lost_keys.hpp"
#include "recorded_keys.hpp"
#include "subject_notes.hpp"
#include "subject_traces.hpp"

namespace eventstore::app {
namespace {

// Whether `stream` is about the person by now, though it may not have named them from the beginning.
Result<bool> is_about(const Store& store, const Subject& subject, const std::string& name) {
  const auto stream = StreamId::parse(name);
  if (!stream) return false;
  const auto type = find_aggregate(store.model(), stream->category());
  if (!type || !(*type)->subject) return false;
  EVENTSTORE_TRY_ASSIGN(const auto named, subject_of_stream(store, **type, *stream));
  return named == subject.id;
}

Result<std::vector<LostKey>> lost_keys_of(const Store& store, const Subject& subject, const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(auto lost, lost_keys(store, {}, stop));
  std::vector<LostKey> of_person;
  for (auto& key : lost) {
    if (!key.subject || key.subject->organization != subject.organization) continue;
    bool is_its = key.subject->id == subject.id;
    if (!is_its) {
      EVENTSTORE_TRY_ASSIGN(is_its, is_about(store, subject, key.subject->id));
    }
    if (is_its) of_person.push_back(std::move(key));
  }
  return of_person;
}

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

}  // namespace

Result<ErasedPerson> find_person(const Store& store, const Subject& subject, OnErasedEvent on_event,
                                 const OnProgress& on_progress, const std::stop_token& stop) {
  ErasedPerson person;
  person.subjects.push_back(subject);
  EVENTSTORE_TRY_ASSIGN(const auto lost, lost_keys_of(store, subject, stop));
  std::set<std::string> unnamed;
  for (const auto& key : lost) {
    person.lost_keys.push_back(key.id);
    if (key.subject->id != subject.id) unnamed.insert(key.subject->id);
  }
  EVENTSTORE_TRY_ASSIGN(
      const auto streams,
      trace_subject(
          store, subject, person.lost_keys,
          [&](const RecordedEvent& event, const std::vector<std::string>& fields) { return on_event(event, fields); },
          on_progress, stop));
  for (const auto& [name, counts] : streams) {
    person.streams.push_back(name);
    EVENTSTORE_TRY_ASSIGN(const bool is_its, is_about(store, subject, name));
    if (!is_its) continue;
    EVENTSTORE_TRY_ASSIGN(const auto own, store.keys().find(Subject{subject.organization, name}));
    if (own) unnamed.insert(name);
  }
  const auto add_note = [&](const SubjectNote& note) {
    if (!note.unnamed_stream.empty()) unnamed.insert(note.unnamed_stream);
    return on_event(note.stored, note.clear_fields);
  };
  EVENTSTORE_TRY_ASSIGN(person.notes, each_subject_note(store, subject, add_note));
  for (const auto& name : unnamed) person.subjects.push_back({subject.organization, name});
  EVENTSTORE_TRY_ASSIGN(person.key, store.keys().find(subject));
  return person;
}

Result<Erasure> destroy_keys(Store& store, const ErasedPerson& person, Timestamp now, const std::string& user_id) {
  Erasure of_person;
  for (const auto& subject : person.subjects) {
    EVENTSTORE_TRY_ASSIGN(const auto stream, erasures_of(subject.organization));
    Erasure wanted{subject, ids_of(subject).id(stream, 0).uuid, now, user_id};
    // All of them with the first: no process can end between two of them.
    if (subject == person.subjects.front()) wanted.lost_keys = person.lost_keys;
    EVENTSTORE_TRY_ASSIGN(const auto erasure, store.keys().erase(wanted));
    if (erasure.step == ErasureStep::key_destroyed) EVENTSTORE_TRY(record(store, erasure));
    if (subject == person.subjects.front()) of_person = erasure;
  }
  return of_person;
}

Result<std::string> finish_person(Store& store, const ErasedPerson& person) {
  EVENTSTORE_TRY_ASSIGN(auto left, make_again(store, person.subjects.front().organization, person.streams));
  if (!left.empty()) return left;
  for (const auto& subject : person.subjects) EVENTSTORE_TRY(store.keys().note(subject, ErasureStep::finished));
  return left;
}

}  // namespace eventstore::app
