#pragma once
// Collections that live in memory and end with their object: for tests of a domain, and the simplest form of the
// contract, with which the other engines are compared. A question looks at every document.
#include <eventstore/collections/collections.hpp>
#include <memory>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time.
class MemoryCollections final : public Collections {
 public:
  MemoryCollections();
  ~MemoryCollections() override;

  Result<std::optional<Checkpoint>> checkpoint(std::string_view name) override;
  Result<std::vector<std::string>> names() override;
  Result<void> create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) override;
  void watch(WorkWatch watch) override;
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
  /// Does nothing: memory that was given back is not overwritten.
  Result<void> purge() override;
  Result<std::uint64_t> count(std::string_view name) override;
  /// Counts the bytes of the values. There are no indexes.
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
