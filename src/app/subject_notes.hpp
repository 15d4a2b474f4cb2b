#pragma once
// Where reactions keep values about a person: in the timers of their streams, which are about nobody themselves.
#include <eventstore/app/store.hpp>
#include <functional>

namespace eventstore::app {

/// A timer that was set, with values about the person.
struct SubjectNote {
  const RecordedEvent& stored;
  std::string json;                         ///< the event's data in clear; secrets are "sealed"
  std::vector<std::string> clear_fields{};  ///< those that an earlier build wrote in clear
  /// The stream that the timer commands, where the values are under its own key: it did not name the person yet.
  std::string unnamed_stream{};
};

/// Calls `on_note` with each of them, in the order of the streams, and gives their number. Errors: those of the log, of
/// the key store and of `on_note`. Cost: reads the streams of reactions.
Result<std::uint64_t> each_subject_note(const Store& store, const Subject& subject,
                                        const std::function<Result<void>(const SubjectNote&)>& on_note);

}  // namespace eventstore::app
