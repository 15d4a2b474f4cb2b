#pragma once
// Private to app: the keys of a store that is open for reading. What the log calls erased is erased, even if an older
// copy of the key store was put back, which only an opening for writing sets right.
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <eventstore/security/key_store.hpp>
#include <memory>

namespace eventstore::app {

/// `keys`, or keys that are like them but without those of subjects whose erasure `log` records. Errors: those of the
/// log and of the key store. Cost: a look into the log, where it records none; otherwise one search a record.
Result<std::shared_ptr<KeyStore>> keys_as_recorded(const EventLog& log, const SchemaReader& schemas,
                                                   std::shared_ptr<KeyStore> keys);

/// Calls `visit` with each erasure that `log` records, until it fails. Errors: those of the log and of `visit`.
Result<void> each_recorded_erasure(const EventLog& log, const SchemaReader& schemas,
                                   FunctionRef<Result<void>(const Erasure& recorded)> visit);

}  // namespace eventstore::app
