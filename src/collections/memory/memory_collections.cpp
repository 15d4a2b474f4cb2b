#include "../carried_columns.hpp"
#include "impl.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

using engine::memory::Document;

tl::unexpected<Error> no_such(std::string during, std::string_view name) {
  return failure(Errc::not_found, std::move(during), std::string{name}, "no such collection");
}

// An increment of a missing document writes the document of the increment.
Result<void> put(const CollectionShape& shape, const DocumentWrite& write, std::string id,
                 std::map<std::string, Document>& documents) {
  EVENTSTORE_TRY_ASSIGN(auto columns, engine::memory::columns_of(shape, write.document));
  const auto found = documents.find(id);
  if (write.kind == DocumentWrite::Kind::put || found == documents.end()) {
    documents[id] = Document{id, write.organization, std::move(columns)};
    return {};
  }
  for (const auto& field : write.fields)
    engine::memory::add_number(shape.columns[field.column], found->second.columns[field.column], columns[field.column]);
  return {};
}

Result<void> apply(const CollectionShape& shape, const DocumentWrite& write,
                   std::map<std::string, Document>& documents) {
  auto id = document_id(shape.name, write.key).to_string();
  switch (write.kind) {
    case DocumentWrite::Kind::put:
    case DocumentWrite::Kind::increment: return put(shape, write, std::move(id), documents);
    case DocumentWrite::Kind::remove: documents.erase(id); return {};
    case DocumentWrite::Kind::patch: break;
  }
  if (const auto found = documents.find(id); found != documents.end())
    for (const auto& field : write.fields) found->second.columns[field.column] = field.value;
  return {};
}

}  // namespace

MemoryCollections::MemoryCollections() : impl_{std::make_unique<Impl>()} {}
MemoryCollections::~MemoryCollections() = default;

Result<std::optional<Checkpoint>> MemoryCollections::checkpoint(std::string_view name) {
  const auto found = impl_->collections.find(name);
  return found == impl_->collections.end() ? std::optional<Checkpoint>{} : std::optional{found->second.checkpoint};
}

Result<void> MemoryCollections::create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) {
  auto& collection = impl_->collections[std::string{name}];
  collection = {shape, start, {}};
  collection.checkpoint.building = true;
  return {};
}

Result<void> MemoryCollections::commit(std::span<const CollectionBatch> batches) {
  auto changed = impl_->collections;  // documents are few in tests: all or nothing by way of a copy
  for (const auto& batch : batches) {
    const auto found = changed.find(batch.name);
    if (found == changed.end()) return no_such("commit batch", batch.name);
    for (const auto& write : batch.writes) EVENTSTORE_TRY(apply(*batch.shape, write, found->second.documents));
    auto& checkpoint = found->second.checkpoint;
    if (checkpoint.position != batch.from)
      return failure(Errc::locked, "commit batch", batch.name, "another worker has moved this collection's checkpoint");
    checkpoint.position = batch.to.position;
    checkpoint.checksum = batch.to.checksum;
    checkpoint.store_id = batch.to.store_id;
    checkpoint.passed_over = batch.to.passed_over;
    checkpoint.missed_events = batch.to.missed_events;
    checkpoint.missed_last = batch.to.missed_last;
  }
  impl_->collections = std::move(changed);
  return {};
}

Result<void> MemoryCollections::finish(const CollectionShape& shape, Position at) {
  const auto found = impl_->collections.find(shape.name);
  if (found == impl_->collections.end() || found->second.checkpoint.position != at)
    return failure(Errc::locked, "make indexes", shape.name, "another worker has moved this collection's checkpoint");
  found->second.checkpoint.building = false;
  return {};
}

Result<void> MemoryCollections::replace(const CollectionShape& shape, std::string_view replacement) {
  const auto found = impl_->collections.find(replacement);
  if (found == impl_->collections.end()) return no_such("replace collection", replacement);
  auto collection = std::move(found->second);
  impl_->collections.erase(found);
  collection.checkpoint.building = false;
  impl_->collections[shape.name] = std::move(collection);
  return {};
}

Result<void> MemoryCollections::copy(const CollectionShape& shape, std::string_view from, std::string_view name,
                                     const Checkpoint& start) {
  const auto found = impl_->collections.find(from);
  if (found == impl_->collections.end()) return no_such("copy collection", from);
  const auto& source = found->second;
  EVENTSTORE_TRY_ASSIGN(const auto carried, engine::carried_columns(source.shape.columns_text(), shape));
  Impl::Collection made{shape, start, {}};
  made.checkpoint.building = true;
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

Result<void> MemoryCollections::sync() { return {}; }

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

Result<std::uint64_t> MemoryCollections::expire(const CollectionShape& shape, Timestamp moment) {
  const auto found = impl_->collections.find(shape.name);
  if (found == impl_->collections.end()) return no_such("expire documents", shape.name);
  const auto* const born = shape.column("created_at") < shape.columns.size() ? "created_at" : "timestamp";
  EVENTSTORE_TRY_ASSIGN(const QueriedField field, queried_field(shape, born));
  return std::erase_if(found->second.documents, [&](const auto& each) {
    const auto value = engine::memory::value_of(shape, each.second, field);
    const auto* const time = std::get_if<Timestamp>(&value);
    return time != nullptr && *time < moment;
  });
}

}  // namespace v1
}  // namespace eventstore
