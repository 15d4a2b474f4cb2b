#pragma once
// Private to app: the keys of a store that is open for reading. What the log calls erased is erased, even if an older
// copy of the key store was put back, which only an opening for writing sets right.
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <eventstore/security/key_store.hpp>
#include <memory>

namespace eventstore::app {

/// `keys`, or keys that are like them but without those of subjects whose erasure `log` records. Errors: those of the
/// log and of the key store. Cost: a look into the log, where it records none; otherwise one search a record.
Result<std::shared_ptr<KeyStore>> keys_as_recorded(const EventLog& log, const SchemaReader& schemas,
                                                   std::shared_ptr<KeyStore> keys);

/// The keys of a store whose key store could not be opened: what needs a key fails with `why`.
std::shared_ptr<KeyStore> unopened_keys(Error why);

/// The stream in which the erasures of an organization are recorded. Errors: as StreamId::of.
Result<StreamId> erasures_of(const std::string& organization);

/// The id of the event that records the erasure: it derives from the subject, so that it is there once, whoever goes
/// on, and so that an event of another writer is not taken for one.
EventIdRule ids_of(const Subject& subject);

/// Calls `visit` with each erasure that `log` records, until it fails. Events of the category that no erasure wrote,
/// and that `append` or a function can write, are passed over. Errors: those of the log and of `visit`.
Result<void> each_recorded_erasure(const EventLog& log, const SchemaReader& schemas,
                                   FunctionRef<Result<void>(const Erasure& recorded)> visit);

}  // namespace eventstore::app
