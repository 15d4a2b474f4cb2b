#include <functions/collection_stats.hpp>
#include <functions/groups.hpp>

#include <eventstore/schema/json_document.hpp>
#include <projections/projections.hpp>

#include <cmath>

namespace domain {

namespace es = eventstore;

namespace {

es::Result<const es::ProjectionType*> find_collection(const std::string& name) {
  static const auto all = all_projections();
  std::string known;
  for (const auto& each : all) {
    if (each.name() == name) return &each;
    known += (known.empty() ? "" : ", ") + each.name();
  }
  return es::failure(es::Errc::not_found, "measure collection", name,
                     "no such collection; the collections are " + known);
}

// The field by whose time the documents of a collection are in order; empty where they have none.
std::string time_field(const es::CollectionShape& shape) {
  for (const auto* const name : {"created_at", "timestamp", "createdAt"}) {
    const auto place = shape.column(name);
    if (place != shape.columns.size() && shape.columns[place].type.kind == es::Kind::timestamp) return name;
  }
  return {};
}

// The first of the organization's documents by that time.
es::Result<std::optional<es::Timestamp>> first_time(es::Collections& collections, const es::CollectionShape& shape,
                                                    const std::string& organization, bool newest) {
  const auto field = time_field(shape);
  if (field.empty()) return std::optional<es::Timestamp>{};
  const es::DocumentQuery query{{{field, es::Condition::Kind::not_empty, {}}}, {{field}, newest}, {}, 1};
  EVENTSTORE_TRY_ASSIGN(const auto page, collections.find(shape, organization, query));
  if (page.documents.empty()) return std::optional<es::Timestamp>{};
  es::JsonDocument parser;
  EVENTSTORE_TRY_ASSIGN(const auto document, parser.parse(page.documents.front()));
  const auto value = document.find(field);
  if (!value) return std::optional<es::Timestamp>{};
  EVENTSTORE_TRY_ASSIGN(const auto time, es::Timestamp::parse(value->text()));
  return std::optional{time};
}

std::int64_t share_of(std::uint64_t bytes, std::uint64_t documents, std::uint64_t all_documents) {
  if (documents >= all_documents) return static_cast<std::int64_t>(bytes);
  return std::llround(static_cast<double>(bytes) * static_cast<double>(documents) / static_cast<double>(all_documents));
}

}  // namespace

es::Result<CollectionStats> collection_stats(const es::AskContext& context, const CollectionStatsOf& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto* const projection, find_collection(parameters.name));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, context.live_collections(*projection));
  const auto& shape = projection->shape;
  EVENTSTORE_TRY_ASSIGN(const std::uint64_t documents,
                        collections->count(shape, context.organization, es::Conditions{}));
  EVENTSTORE_TRY_ASSIGN(const std::uint64_t all_documents, collections->count(shape.name));
  EVENTSTORE_TRY_ASSIGN(const auto size, collections->size(shape.name));
  CollectionStats stats{};
  stats.documents = static_cast<std::int64_t>(documents);
  stats.bytes = share_of(size.document_bytes, documents, all_documents);
  stats.index_bytes = share_of(size.index_bytes(), documents, all_documents);
  EVENTSTORE_TRY_ASSIGN(stats.oldest, first_time(*collections, shape, context.organization, false));
  EVENTSTORE_TRY_ASSIGN(stats.newest, first_time(*collections, shape, context.organization, true));
  return stats;
}

std::vector<es::Function> collection_stats_functions() { return {es::asks("collection_stats", &collection_stats)}; }

}  // namespace domain
