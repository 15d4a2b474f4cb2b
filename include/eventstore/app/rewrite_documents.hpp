#pragma once
// Makes the documents of some streams again, wherever they stand, after a person of theirs was forgotten.
#include <eventstore/app/projections.hpp>

namespace eventstore::app {

struct RewriteDocuments {
  std::vector<std::string> streams{};  ///< those with events about the person; ones that do not exist are passed over
  std::string organization{};          ///< to which the streams belong
};

/// What became of one collection. `done` says how: "in place", where the documents of the streams, or of the
/// organization, were made again; "rebuilt", where all were; "dropped", where it was kept from a rebuild or half-built;
/// "left", where nothing was done. `changed` documents are other than before, or gone. `messages` of dead letters were
/// removed, because they may quote the events. With a `reason`, the collection may still have values of the person, and
/// the sentence says why and what to do. No field quotes a document.
struct CollectionRewritten {
  EVENTSTORE_FIELDS(CollectionRewritten, (std::string, collection), (std::string, done),
                    (std::optional<std::uint64_t>, changed), (std::optional<std::uint64_t>, messages),
                    (std::optional<std::string>, reason));
};

/// Call it once the log has the event that records the erasure: workers forget the states that they keep when they come
/// to it. First the collections are brought to the head of the log, as run_projections does; then each is rewritten and
/// given to `on_collection`. Collections that were kept, or are half-built, are dropped: roll_back finds none
/// afterwards. Earlier values are still in the free parts of the files: call Collections::purge next.
///
/// A live collection is rewritten by its streams, or by its organization, as its projection is keyed (keyed_by.hpp);
/// one that is not keyed, that other code made, that belongs to another log or is not complete is rebuilt as a whole.
/// Where retention dropped events of the streams, the rebuild begins with the documents that these made, so they stay,
/// and the row says so. The trouble of one collection holds up no other.
///
/// Gives a sentence that names the collections that may still have values of the person; empty: there is none. Errors,
/// after which some collections are rewritten and the call can be made again: as run_projections; locked, while another
/// process rebuilds or verifies collections; stopped; those of the log and of `on_collection`. Threads: no other thread
/// may use the store's collections during the call. Cost: that of the streams where collections are keyed by stream, of
/// the organization's events and the collection where they are keyed by that, and of a rebuild otherwise.
Result<std::string> rewrite_documents(Store& store, const RewriteDocuments& parameters,
                                      FunctionRef<Result<void>(const CollectionRewritten&)> on_collection,
                                      const ProjectionOptions& options = {}, std::stop_token stop = {});

}  // namespace eventstore::app
