// Batches, each in one transaction with its checkpoints.
#include "checkpoints.hpp"
#include "counts.hpp"
#include "impl.hpp"
#include "paces.hpp"
#include "set_aside.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> moved(std::string during, const std::string& name) {
  return failure(Errc::locked, std::move(during), name, "another worker has moved this collection's checkpoint");
}

}  // namespace

Result<void> SqliteCollections::commit(std::span<const CollectionBatch> batches) {
  // After an error, or an exception of a document that is encoded, what the writers know of rows is of a transaction
  // that was taken back.
  struct Forget {
    ~Forget() {
      if (!is_written) impl.writers.clear();
    }
    Impl& impl;
    bool is_written = false;
  };
  Forget forget{*impl_};
  auto written = impl_->write(batches);
  forget.is_written = written.has_value();
  return written;
}

Result<void> SqliteCollections::Impl::write(std::span<const CollectionBatch> batches) {
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(handle()));
  std::vector<std::uint64_t> changes;
  for (const auto& batch : batches) {
    EVENTSTORE_TRY_ASSIGN(const auto change, write(batch));
    changes.push_back(change);
  }
  EVENTSTORE_TRY(transaction.commit());
  for (std::size_t i = 0; i < batches.size(); ++i)
    EVENTSTORE_TRY(writers.find(batches[i].name)->second->committed(changes[i]));
  return {};
}

Result<std::uint64_t> SqliteCollections::Impl::write(const CollectionBatch& batch) {
  EVENTSTORE_TRY_ASSIGN(const auto place, sqlite::read_place(handle(), batch.name));
  if (!place) return failure(Errc::not_found, "commit batch", batch.name, "no such collection");
  if (place->position != batch.from) return moved("commit batch", batch.name);
  EVENTSTORE_TRY_ASSIGN(const auto known, sqlite::read_count(handle(), batch.name));
  const auto changes = known ? known->changes : 0;
  EVENTSTORE_TRY_ASSIGN(auto* const writer, writer_of(batch, place->is_building, changes));
  std::size_t others = 0;
  for (const auto& [name, each] : writers)
    if (each.get() != writer) others += each->keys_bytes();
  EVENTSTORE_TRY_ASSIGN(const auto kept, writer->certificate().digest());
  // What was there may have been changed by hand, and then is not what the digest was made of.
  EVENTSTORE_TRY(writer->digest().begin(batch.gone.empty() ? kept : std::nullopt));
  EVENTSTORE_TRY(writer->write(batch, memory.keys_bytes_max - std::min(memory.keys_bytes_max, others)));
  EVENTSTORE_TRY(sqlite::move_checkpoint(handle(), batch));
  EVENTSTORE_TRY(sqlite::write_set_aside(handle(), batch));
  if (batch.pace) EVENTSTORE_TRY(sqlite::write_pace(handle(), batch.name, batch.pace));
  // Where the count was not of this place, it stays unknown until somebody counts.
  if (known) {
    const bool holds = known->position == batch.from;
    const auto documents = static_cast<std::uint64_t>(static_cast<std::int64_t>(known->documents) + writer->added());
    EVENTSTORE_TRY(sqlite::write_count(handle(), batch.name,
                                       {documents, holds ? batch.to.position : known->position, changes + 1}));
  }
  EVENTSTORE_TRY_ASSIGN(const auto digest, writer->digest().end());
  EVENTSTORE_TRY(writer->certificate().write(batch, digest));
  return known ? changes + 1 : changes;
}

Result<sqlite::TableWriter*> SqliteCollections::Impl::writer_of(const CollectionBatch& batch, bool is_building,
                                                                std::uint64_t changes) {
  const auto found = writers.find(batch.name);
  if (found != writers.end()) {
    EVENTSTORE_TRY_ASSIGN(const bool is_current, found->second->is_current(*batch.shape, is_building, changes));
    if (is_current) return found->second.get();
    writers.erase(found);  // another process has written to it, finished it or put another in its place
  }
  EVENTSTORE_TRY_ASSIGN(auto made, sqlite::TableWriter::open(handle(), *batch.shape, batch.name, is_building));
  return writers.emplace(batch.name, std::move(made)).first->second.get();
}

Result<bool> SqliteCollections::Impl::is_building(std::string_view name, Position at) const {
  EVENTSTORE_TRY_ASSIGN(const auto place, sqlite::read_place(handle(), name));
  if (!place || place->position != at) return moved("make indexes", std::string{name});
  return place->is_building;
}

}  // namespace v1
}  // namespace eventstore
