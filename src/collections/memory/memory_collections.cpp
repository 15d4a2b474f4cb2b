#include <eventstore/collections/detail/document_columns.hpp>

#include "../carried_columns.hpp"
#include "impl.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

using engine::memory::Document;

tl::unexpected<Error> no_such(std::string during, std::string_view name) {
  return failure(Errc::not_found, std::move(during), std::string{name}, "no such collection");
}

using Documents = std::map<std::string, Document>;

Result<void> put(const CollectionShape& shape, const Uuid& its_id, std::string_view organization, BytesView document,
                 Documents& documents) {
  EVENTSTORE_TRY_ASSIGN(auto columns, detail::columns_of(shape, document));
  auto id = its_id.to_string();
  documents[id] = Document{id, std::string{organization}, std::move(columns)};
  return {};
}

// An increment of a missing document writes the document of the increment.
Result<void> increment(const CollectionShape& shape, const DocumentWrite& write, Documents& documents) {
  auto id = document_id(shape.name, write.key).to_string();
  if (const auto found = documents.find(id); found != documents.end())
    return detail::increment_columns(shape, write, found->second.columns);
  EVENTSTORE_TRY_ASSIGN(auto columns, detail::incremented_from_nothing(shape, write));
  documents[id] = Document{id, write.organization, std::move(columns)};
  return {};
}

Result<void> change(const CollectionShape& shape, const DocumentWrite& write, Documents& documents) {
  auto id = document_id(shape.name, write.key).to_string();
  const auto found = documents.find(id);
  if (found != documents.end() && found->second.organization != write.organization) return {};
  EVENTSTORE_TRY_ASSIGN(
      auto columns,
      detail::changed_columns(shape, *write.change, found == documents.end() ? nullptr : &found->second.columns));
  if (columns) documents[id] = Document{id, write.organization, std::move(*columns)};
  return {};
}

Result<void> apply(const CollectionShape& shape, const DocumentWrite& write, Documents& documents) {
  Bytes memory;
  switch (write.kind) {
    case DocumentWrite::Kind::put:
      return put(shape, document_id(shape.name, write.key), write.organization, write.document_bytes(memory),
                 documents);
    case DocumentWrite::Kind::increment: return increment(shape, write, documents);
    case DocumentWrite::Kind::change: return change(shape, write, documents);
    case DocumentWrite::Kind::remove: documents.erase(document_id(shape.name, write.key).to_string()); return {};
    case DocumentWrite::Kind::patch: break;
  }
  auto found = documents.find(document_id(shape.name, write.key).to_string());
  if (found == documents.end() && write.has_document()) {
    const auto id = document_id(shape.name, write.key);
    EVENTSTORE_TRY(put(shape, id, write.organization, write.document_bytes(memory), documents));
    found = documents.find(id.to_string());
  }
  if (found != documents.end() && found->second.organization == write.organization)
    detail::patch_columns(write, found->second.columns);
  return {};
}

Result<void> apply(const CollectionBatch& batch, Documents& documents) {
  for (const auto& id : batch.gone) documents.erase(id);
  for (std::size_t i = 0; i < batch.appended.size(); ++i) {
    const auto each = batch.appended[i];
    EVENTSTORE_TRY(put(*batch.shape, each.id, each.organization, each.document, documents));
  }
  for (const auto& write : batch.writes) EVENTSTORE_TRY(apply(*batch.shape, write, documents));
  return {};
}

Result<std::uint64_t> remove_older(const CollectionShape& shape, Timestamp moment, std::size_t documents_max,
                                   Documents& documents) {
  EVENTSTORE_TRY_ASSIGN(const auto column, shape.keep_since_column());
  EVENTSTORE_TRY_ASSIGN(const QueriedField field, queried_field(shape, shape.columns[column].name));
  std::uint64_t removed = 0;
  for (auto each = documents.begin(); each != documents.end() && removed < documents_max;) {
    const auto value = engine::memory::value_of(shape, each->second, field);
    const auto* const time = std::get_if<Timestamp>(&value);
    if (time != nullptr && *time < moment) {
      each = documents.erase(each);
      ++removed;
    } else {
      ++each;
    }
  }
  return removed;
}

}  // namespace

MemoryCollections::MemoryCollections() : impl_{std::make_unique<Impl>()} {}
MemoryCollections::~MemoryCollections() = default;

Result<std::optional<Checkpoint>> MemoryCollections::checkpoint(std::string_view name) {
  const auto found = impl_->collections.find(name);
  if (found == impl_->collections.end()) return std::optional<Checkpoint>{};
  auto checkpoint = found->second.checkpoint;
  checkpoint.set_aside = {};
  for (const auto& [position, event] : found->second.set_aside)
    ++(event.is_dropped ? checkpoint.set_aside.dropped : checkpoint.set_aside.open);
  return std::optional{std::move(checkpoint)};
}

Result<std::vector<std::string>> MemoryCollections::names() {
  std::vector<std::string> names;
  for (const auto& [name, collection] : impl_->collections) names.push_back(name);
  return names;
}

Result<void> MemoryCollections::create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) {
  auto& collection = impl_->collections[std::string{name}];
  collection = {shape, start, {}, {}};
  collection.first = start.position.next();
  collection.checkpoint.building = true;
  return {};
}

// Everything here is done in a moment.
void MemoryCollections::watch(WorkWatch) {}

Result<void> MemoryCollections::commit(std::span<const CollectionBatch> batches) {
  auto changed = impl_->collections;  // documents are few in tests: all or nothing by way of a copy
  for (const auto& batch : batches) {
    const auto found = changed.find(batch.name);
    if (found == changed.end()) return no_such("commit batch", batch.name);
    EVENTSTORE_TRY(apply(batch, found->second.documents));
    auto& checkpoint = found->second.checkpoint;
    const bool is_of_other_code = !batch.to.fingerprint.empty() && checkpoint.fingerprint != batch.to.fingerprint;
    if (checkpoint.position != batch.from || is_of_other_code)
      return failure(Errc::locked, "commit batch", batch.name, "another worker has moved this collection's checkpoint");
    checkpoint.position = batch.to.position;
    checkpoint.checksum = batch.to.checksum;
    checkpoint.store_id = batch.to.store_id;
    checkpoint.passed_over = batch.to.passed_over;
    checkpoint.missed_events = batch.to.missed_events;
    checkpoint.missed_last = batch.to.missed_last;
    for (const auto& event : batch.set_aside) found->second.set_aside.insert_or_assign(event.position, event);
    for (const auto position : batch.settled) found->second.set_aside.erase(position);
    if (batch.pace) found->second.pace = batch.pace;
    add_type_counts(found->second.folded, batch.folded);
  }
  impl_->collections = std::move(changed);
  return {};
}

Result<void> MemoryCollections::finish(const CollectionShape&, std::string_view name, Position at) {
  const auto found = impl_->collections.find(name);
  if (found == impl_->collections.end() || found->second.checkpoint.position != at)
    return failure(Errc::locked, "make indexes", std::string{name},
                   "another worker has moved this collection's checkpoint");
  found->second.checkpoint.building = false;
  return {};
}

Result<void> MemoryCollections::copy(const CollectionShape& shape, std::string_view from, std::string_view name,
                                     const Checkpoint& start) {
  const auto found = impl_->collections.find(from);
  if (found == impl_->collections.end()) return no_such("copy collection", from);
  const auto& source = found->second;
  EVENTSTORE_TRY_ASSIGN(const auto carried, engine::carried_columns(source.shape.columns_text(), shape));
  Impl::Collection made{shape, start, {}, source.expired_before, source.set_aside};
  made.checkpoint.building = true;
  made.first = start.position.next();
  for (const auto& [id, document] : source.documents) {
    Document copy{document.id, document.organization, {}};
    for (std::size_t i = 0; i < carried.size(); ++i) {
      auto value = carried[i].from ? document.columns[*carried[i].from] : carried[i].value;
      const bool was_nullable = !carried[i].from || source.shape.columns[*carried[i].from].nullable;
      if (shape.columns[i].nullable && !was_nullable) value.insert(value.begin(), std::byte{1});
      copy.columns.push_back(std::move(value));
    }
    made.documents.emplace(id, std::move(copy));
  }
  impl_->collections.insert_or_assign(std::string{name}, std::move(made));
  return {};
}

Result<void> MemoryCollections::note_trouble(std::string_view name, const std::optional<Trouble>& trouble) {
  if (trouble)
    impl_->troubles[std::string{name}] = *trouble;
  else if (const auto found = impl_->troubles.find(name); found != impl_->troubles.end())
    impl_->troubles.erase(found);
  return {};
}

Result<std::optional<Trouble>> MemoryCollections::trouble(std::string_view name) {
  const auto found = impl_->troubles.find(name);
  return found == impl_->troubles.end() ? std::optional<Trouble>{} : std::optional{found->second};
}

Result<std::vector<SetAsideEvent>> MemoryCollections::set_aside(std::string_view name) {
  std::vector<SetAsideEvent> events;
  if (const auto found = impl_->collections.find(name); found != impl_->collections.end())
    for (const auto& [position, event] : found->second.set_aside) events.push_back(event);
  return events;
}

Result<std::optional<Pace>> MemoryCollections::pace(std::string_view name) {
  const auto found = impl_->collections.find(name);
  return found == impl_->collections.end() ? std::optional<Pace>{} : found->second.pace;
}

Result<void> MemoryCollections::sync() { return {}; }

Result<void> MemoryCollections::purge() { return {}; }

Result<void> MemoryCollections::drop(std::string_view name) {
  if (const auto found = impl_->collections.find(name); found != impl_->collections.end())
    impl_->collections.erase(found);
  return {};
}

Result<std::uint64_t> MemoryCollections::count(std::string_view name) {
  const auto found = impl_->collections.find(name);
  if (found == impl_->collections.end()) return no_such("count documents", name);
  return found->second.documents.size();
}

Result<CollectionSize> MemoryCollections::size(std::string_view name) {
  const auto found = impl_->collections.find(name);
  if (found == impl_->collections.end()) return no_such("measure collection", name);
  CollectionSize size{};
  for (const auto& [id, document] : found->second.documents) {
    size.document_bytes += id.size() + document.organization.size();
    for (const auto& column : document.columns) size.document_bytes += column.size();
  }
  return size;
}

Result<std::uint64_t> MemoryCollections::expire(const CollectionShape& shape, std::string_view name, Timestamp moment,
                                                std::size_t documents_max) {
  const auto found = impl_->collections.find(name);
  if (found == impl_->collections.end()) return no_such("expire documents", name);
  auto& collection = found->second;
  const auto latest = std::max(collection.expired_before.value_or(moment), moment);
  EVENTSTORE_TRY_ASSIGN(const auto removed, remove_older(shape, latest, documents_max, collection.documents));
  collection.expired_before = latest;
  return removed;
}

Result<std::optional<Timestamp>> MemoryCollections::expired_before(std::string_view name) {
  const auto found = impl_->collections.find(name);
  return found == impl_->collections.end() ? std::optional<Timestamp>{} : found->second.expired_before;
}

}  // namespace v1
}  // namespace eventstore
