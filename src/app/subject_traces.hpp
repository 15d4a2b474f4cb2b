#pragma once
// Where the log has values about a person.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/security/value_cipher.hpp>
#include <functional>
#include <map>
#include <stop_token>

namespace eventstore::app {

struct SubjectStream {
  std::uint64_t encrypted = 0;  ///< events with values that the person's key encrypts
  std::uint64_t clear = 0;      ///< events with values about the person in clear
};

/// Called with each event that has values about the person; `clear_fields` are those in clear.
using OnSubjectEvent =
    std::function<Result<void>(const RecordedEvent& stored, const std::vector<std::string>& clear_fields)>;

/// The streams with values about `subject`. Values without a name of their own are about whom the aggregate's `subject`
/// says of the stream's last state. Errors: stopped; those of the log, of reading events, and of `on_event`. Cost:
/// reads the log once; folds the streams that have personal values in clear.
/// `lost` are keys of the subject that the key store has lost.
Result<std::map<std::string, SubjectStream>> trace_subject(const Store& store, const Subject& subject,
                                                           std::span<const Uuid> lost, const OnSubjectEvent& on_event,
                                                           const OnProgress& on_progress, const std::stop_token& stop);

/// Whom the personal fields of the stream are about where they name nobody: what the aggregate says of its last state;
/// the stream itself before it says anything; the stream's key where the aggregate has no `subject`. Where a
/// key is missing, the fields in clear say it. Errors: as load_state.
Result<std::string> subject_of_stream(const Store& store, const AggregateType& type, const StreamId& stream);

}  // namespace eventstore::app
