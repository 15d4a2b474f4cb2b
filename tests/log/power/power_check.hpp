#pragma once
// Holds a log against the model: every event byte for byte, and every way to find it against the whole log.
#include <eventstore/file_log/file_log.hpp>

#include "power_model.hpp"

namespace eventstore::power {

/// Thrown where a log breaks a promise; `what` says which.
struct Broken {
  std::string what;
};

void require(bool holds, const std::string& what);
/// The value of `result`; an error breaks the promise that `what` names.
template <class T> T needed(Result<T> result, const std::string& what) {
  if (!result) throw Broken{what + ": " + result.error().message()};
  return std::move(*result);
}

/// All events of `log`, read in pages of `limit`. The model is only asked for those that expired, which cannot be read.
std::vector<ModelEvent> scan(const FileLog& log, const Model& model, std::size_t limit);
/// `event` with its own text.
ModelEvent owned(const RecordedEvent& event);
/// Whether both are the same event in the same place.
bool same_event(const ModelEvent& a, const ModelEvent& b);
/// Streams, heads, ids, filters, schemas and both directions agree with the model's list of events.
/// `absent`: ids that must not be there.
void check_indexes(const EventLog& log, const Model& model, const std::vector<ModelEvent>& absent);

}  // namespace eventstore::power
