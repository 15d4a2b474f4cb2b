#pragma once
// Private to app: a person who is to be erased, as the log and the key store have them.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/subject.hpp>
#include <stop_token>
#include <string>
#include <vector>

namespace eventstore::app {

struct ErasedPerson {
  /// The person; behind it, the streams under whose own keys stands what was written before they named the person.
  std::vector<Subject> subjects{};
  std::vector<Uuid> lost_keys{};       ///< of these subjects: values name them, and the key store has them no more
  std::vector<std::string> streams{};  ///< with values about the person
  std::uint64_t notes = 0;             ///< of reactions, with values about the person
  std::optional<SubjectKey> key{};
};

/// Called with each event that has values about the person, and with those of its fields that stand in clear.
using OnErasedEvent =
    FunctionRef<Result<void>(const RecordedEvent& stored, const std::vector<std::string>& clear_fields)>;

/// Nothing is changed. Errors: stopped; those of the log and of the key store. Cost: reads the log twice, without
/// opening values, and the streams of reactions.
Result<ErasedPerson> find_person(const Store& store, const Subject& subject, OnErasedEvent on_event,
                                 const OnProgress& on_progress, const std::stop_token& stop);

/// Destroys the keys of the person, and records that; what was done before is not done again. Gives the erasure of the
/// person. Errors: as KeyStore::erase and EventLog::append.
Result<Erasure> destroy_keys(Store& store, const ErasedPerson& person, Timestamp now, const std::string& user_id);

/// Makes again what was made of the person's data, and notes the erasures as finished, unless something is left: the
/// sentence says what, and what to do. Errors: as make_again, and those of the key store.
Result<std::string> finish_person(Store& store, const ErasedPerson& person);

}  // namespace eventstore::app
