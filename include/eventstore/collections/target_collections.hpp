#pragma once
// Collections in a place that has no transactions, in which every event counts once all the same.
#include <eventstore/collections/collections.hpp>
#include <eventstore/collections/document_target.hpp>
#include <memory>

namespace eventstore {
inline namespace v1 {

/// Writes a batch in three steps: it notes up to which position the batch leads (Checkpoint::begun), it writes each
/// document with the number of the batch, and it moves the checkpoint. If it fails in the midst, the worker makes a
/// batch of the same range again, and the documents that bear its number already are passed over.
///
/// One worker at a time may use a target: nothing here notices a second one. A collection's documents stand in the
/// target under a name of their own, as location() says, because a rebuild fills another one. Questions, scan, size,
/// digests, expire and copy give invalid_argument: ask the target in its own way.
///
/// Threads: one at a time. Lifetime: borrows the target. Cost: a document that a batch changes is read and written
/// once, and the state of all collections twice a batch.
class TargetCollections final : public Collections {
 public:
  explicit TargetCollections(DocumentTarget& target);
  ~TargetCollections() override;

  /// The name under which the documents of `collection` stand in the target; absent if there is no such collection.
  Result<std::optional<std::string>> location(std::string_view collection);

  Result<std::optional<Checkpoint>> checkpoint(std::string_view name) override;
  Result<std::vector<std::string>> names() override;
  Result<void> create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) override;
  void watch(WorkWatch watch) override;
  /// A batch that differs in its range from the one that was begun gives invalid_argument. Batches of several
  /// collections are not all or nothing: after an error, some may be there and others not.
  Result<void> commit(std::span<const CollectionBatch> batches) override;
  using Collections::finish;
  Result<void> finish(const CollectionShape& shape, std::string_view name, Position at) override;
  Result<void> replace(const CollectionShape& shape, std::string_view replacement) override;
  Result<void> roll_back(std::string_view name) override;
  Result<ScannedPage> scan(const CollectionShape& shape, std::string_view name, std::string_view after,
                           std::size_t limit) override;
  Result<void> hold_snapshot() override;
  void release_snapshot() override;
  Result<RoomNeeded> room_for_rebuild(std::string_view name) override;
  Result<void> copy(const CollectionShape& shape, std::string_view from, std::string_view name,
                    const Checkpoint& start) override;
  Result<void> drop(std::string_view name) override;
  Result<void> note_trouble(std::string_view name, const std::optional<Trouble>& trouble) override;
  Result<std::optional<Trouble>> trouble(std::string_view name) override;
  Result<std::vector<SetAsideEvent>> set_aside(std::string_view name) override;
  Result<Certificate> certificate(std::string_view name) override;
  Result<Digest128> compute_digest(const CollectionShape& shape, std::string_view name) override;
  Result<Digest128> keep_digest(const CollectionShape& shape, std::string_view name) override;
  Result<std::optional<Pace>> pace(std::string_view name) override;
  Result<void> sync() override;
  /// Drops what no collection uses any more, and asks the target for the rest.
  Result<void> purge() override;
  Result<std::uint64_t> count(std::string_view name) override;
  Result<CollectionSize> size(std::string_view name) override;
  Result<std::uint64_t> expire(const CollectionShape& shape, std::string_view name, Timestamp moment,
                               std::size_t documents_max) override;
  Result<std::optional<Timestamp>> expired_before(std::string_view name) override;
  Result<DocumentPage> find(const CollectionShape& shape, std::string_view organization,
                            const DocumentQuery& query) override;
  Result<std::uint64_t> count(const CollectionShape& shape, std::string_view organization,
                              const Conditions& where) override;
  Result<std::vector<Group>> group(const CollectionShape& shape, std::string_view organization,
                                   const GroupQuery& query) override;
  Result<std::vector<NearDocument>> near(const CollectionShape& shape, std::string_view organization,
                                         const NearQuery& query) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace v1
}  // namespace eventstore
