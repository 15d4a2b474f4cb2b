#pragma once
// Private to app: keys that encrypt values in the log and are no more in the key store, though nobody was erased.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/app/keys.hpp>
#include <eventstore/app/progress.hpp>
#include <eventstore/security/value_cipher.hpp>
#include <stop_token>

namespace eventstore::app {

struct LostKey {
  Uuid id{};
  std::optional<Subject> subject{};  ///< absent: nobody knows whose it was
  std::string organization{};
  std::uint64_t events = 0;  ///< with values that it encrypts
  std::string stream{};      ///< of the first of them
  Position first{};
};

/// The lost keys, in the order of their first events. Errors: stopped; those of the log and of the key store. Cost:
/// reads the log once, without opening values; folds a stream a lost key, where its aggregate has a `subject`.
Result<std::vector<LostKey>> lost_keys(const Store& store, const OnProgress& on_progress, const std::stop_token& stop);

/// Whose key `key_id` was, which encrypts values of `event`, as it is stored; absent where nobody knows. Errors: those
/// of the log.
Result<std::optional<std::string>> owner_of(const EventLog& log, const SchemaReader& schemas,
                                            const AggregateTypes& aggregates, const RecordedEvent& event,
                                            const Uuid& key_id);

/// Whom the personal values of `stream` are about where they name nobody, after the event `last`, as the stored events
/// say without their encrypted values: for streams of which a key is lost. Errors: those of the log.
Result<std::string> subject_as_stored(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                      const StreamId& stream, Version last);

}  // namespace eventstore::app
