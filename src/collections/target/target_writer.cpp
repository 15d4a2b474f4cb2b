#include "target_writer.hpp"

#include <eventstore/collections/detail/document_columns.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <map>

namespace eventstore::engine::target {
namespace {

struct Document {
  std::string organization;
  detail::DocumentColumns columns;
};

// What a batch does to one document, in this order.
struct Changes {
  std::optional<AppendedDocuments::Document> appended{};
  std::vector<const DocumentWrite*> writes{};
};

std::map<Uuid, Changes> changes_by_document(const CollectionBatch& batch) {
  std::map<Uuid, Changes> all;
  for (std::size_t i = 0; i < batch.appended.size(); ++i) {
    const auto each = batch.appended[i];
    all[each.id].appended = each;
  }
  for (const auto& write : batch.writes) all[document_id(batch.shape->name, write.key)].writes.push_back(&write);
  return all;
}

Result<std::optional<Document>> document_of(const CollectionShape& shape, const std::optional<TargetDocument>& stored,
                                            std::string_view location) {
  if (!stored) return std::optional<Document>{};
  auto bytes = json_to_bytes(shape.document->type, stored->json, stored_json);
  if (!bytes)
    return failure(Errc::corrupt_record, "read document", std::string{location},
                   "it is no document of " + shape.name + " (" + bytes.error().detail + "): rebuild the collection");
  EVENTSTORE_TRY_ASSIGN(auto columns, detail::columns_of(shape, *bytes));
  return std::optional{Document{stored->organization, std::move(columns)}};
}

Result<void> put(const CollectionShape& shape, const DocumentWrite& write, std::optional<Document>& to) {
  Bytes memory;
  EVENTSTORE_TRY_ASSIGN(auto columns, detail::columns_of(shape, write.document_bytes(memory)));
  to = Document{write.organization, std::move(columns)};
  return {};
}

Result<void> apply(const CollectionShape& shape, const DocumentWrite& write, std::optional<Document>& to) {
  switch (write.kind) {
    case DocumentWrite::Kind::put: return put(shape, write, to);
    case DocumentWrite::Kind::patch:
      if (!to && write.has_document()) EVENTSTORE_TRY(put(shape, write, to));
      if (to && to->organization == write.organization) detail::patch_columns(write, to->columns);
      return {};
    case DocumentWrite::Kind::increment: {
      if (to) return detail::increment_columns(shape, write, to->columns);
      EVENTSTORE_TRY_ASSIGN(auto columns, detail::incremented_from_nothing(shape, write));
      to = Document{write.organization, std::move(columns)};
      return {};
    }
    case DocumentWrite::Kind::change: {
      if (to && to->organization != write.organization) return {};
      EVENTSTORE_TRY_ASSIGN(auto columns, detail::changed_columns(shape, *write.change, to ? &to->columns : nullptr));
      if (columns) to = Document{write.organization, std::move(*columns)};
      return {};
    }
    case DocumentWrite::Kind::remove: to.reset(); return {};
  }
  return {};
}

Result<std::string> json_of(const CollectionShape& shape, const Document& document) {
  std::string json;
  EVENTSTORE_TRY(bytes_to_json(shape.document->type, detail::bytes_of(document.columns), json));
  return json;
}

}  // namespace

Result<void> write_documents(DocumentTarget& target, const std::string& location, const CollectionBatch& batch,
                             std::uint64_t number) {
  const auto& shape = *batch.shape;
  for (const auto& [id, changes] : changes_by_document(batch)) {
    const auto& appended = changes.appended;
    if (appended && changes.writes.empty()) {  // the same however often it is written
      std::string json;
      EVENTSTORE_TRY(bytes_to_json(shape.document->type, appended->document, json));
      EVENTSTORE_TRY(target.write(location, id, {std::string{appended->organization}, std::move(json), number}));
      continue;
    }
    EVENTSTORE_TRY_ASSIGN(const auto stored, target.read(location, id));
    if (stored && stored->batch == number) continue;
    EVENTSTORE_TRY_ASSIGN(auto document, document_of(shape, stored, location));
    if (appended) {
      EVENTSTORE_TRY_ASSIGN(auto columns, detail::columns_of(shape, appended->document));
      document = Document{std::string{appended->organization}, std::move(columns)};
    }
    for (const auto* const write : changes.writes) EVENTSTORE_TRY(apply(shape, *write, document));
    if (!document) {
      if (stored) EVENTSTORE_TRY(target.remove(location, id));
      continue;
    }
    EVENTSTORE_TRY_ASSIGN(auto json, json_of(shape, *document));
    EVENTSTORE_TRY(target.write(location, id, {std::move(document->organization), std::move(json), number}));
  }
  return {};
}

}  // namespace eventstore::engine::target
