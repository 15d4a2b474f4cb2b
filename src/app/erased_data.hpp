#pragma once
// Private to app: what follows from the erasure of a person, besides the destruction of the key.
#include <eventstore/app/store.hpp>
#include <string>
#include <vector>

namespace eventstore::app {

/// The streams of these names, which the log has.
std::vector<StreamId> streams_named(const std::vector<std::string>& names);

/// Removes the snapshots of the streams. Errors: as SnapshotStore::remove_all.
Result<void> remove_snapshots(Store& store, const std::vector<std::string>& streams);

/// Rewrites the documents of `streams` in all collections, and leaves nothing of what these were in the collections'
/// files. The store may be open for reading. Gives a sentence as make_again does. Errors: as rewrite_documents and
/// Collections::purge.
Result<std::string> make_documents_again(Store& store, const std::string& organization,
                                         const std::vector<std::string>& streams);

/// Makes again what was made of the events of `streams`: releases the claims that they have no more, removes their
/// snapshots, rewrites their documents in all collections, and leaves nothing of what these were in the collections'
/// files. Gives a sentence that names the collections that may still have values of the person; empty: there is none.
/// May be called again after an error. Errors: as release_claims, SnapshotStore::remove_all, rewrite_documents and
/// Collections::purge.
Result<std::string> make_again(Store& store, const std::string& organization, const std::vector<std::string>& streams);

/// Destroys the keys of the subjects whose erasure the log records, where they are there: an older copy of the key
/// store may have brought them back, or may be older than them. Errors: those of the log and of the key store.
Result<void> destroy_again(Store& store);

}  // namespace eventstore::app
