#pragma once
// Private to app: what follows from the erasure of a person, besides the destruction of the key.
#include <eventstore/app/store.hpp>
#include <string>
#include <vector>

namespace eventstore::app {

/// Makes again what was made of the events of `streams`: removes their snapshots, rewrites their documents in all
/// collections, and leaves nothing of what they were in the collections' files. May be called again after an error.
/// Errors: those of the collections and of the snapshots.
Result<void> make_again(Store& store, const std::string& organization, const std::vector<std::string>& streams);

/// Destroys the keys of the subjects that the events of `erasures`, a stream of ErasureRecord, name, where they are
/// there: an older copy of the key store may have brought them back. Errors: those of the log and of the key store.
Result<void> destroy_again(Store& store, const StreamId& erasures);

}  // namespace eventstore::app
