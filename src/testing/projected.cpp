#include <eventstore/testing/projected.hpp>

#include <eventstore/collections/detail/document_columns.hpp>

#include <set>

#include "recorded_history.hpp"

namespace eventstore::testing::detail {

namespace {

Bytes joined(const eventstore::detail::DocumentColumns& columns) {
  Bytes document;
  for (const auto& column : columns) document.insert(document.end(), column.begin(), column.end());
  return document;
}

}  // namespace

struct ProjectedHistory::Parts {
  explicit Parts(ProjectionType made) : projection{std::move(made)} {}

  Result<void> record(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data) {
    EVENTSTORE_TRY(history.append(type, key, schema, data));
    if (!projection.reads(type.category)) return {};
    return history.give(type, [&](const AnyChange& change) { return project(change); });
  }
  Result<void> project(const AnyChange& change);
  Result<void> apply(const DocumentWrite& write);
  void keep(std::string_view key, Bytes document) {
    documents.insert_or_assign(std::string{key}, std::move(document));
    removed.erase(std::string{key});
  }

  const ProjectionType projection;
  RecordedHistory history{};
  std::map<std::string, Bytes, std::less<>> documents{};
  std::set<std::string, std::less<>> removed{};
  std::optional<Error> failure{};
};

Result<void> ProjectedHistory::Parts::project(const AnyChange& change) {
  PendingDocuments pending{projection.shape};
  pending.set_organization(change.event().organization);
  EVENTSTORE_TRY(projection.project(change, pending));
  const auto taken = pending.take();
  for (std::size_t i = 0; i < taken.appended.size(); ++i)
    keep(taken.appended[i].key, {taken.appended[i].document.begin(), taken.appended[i].document.end()});
  for (const auto& write : taken.writes) EVENTSTORE_TRY(apply(write));
  return {};
}

Result<void> ProjectedHistory::Parts::apply(const DocumentWrite& write) {
  auto found = documents.find(write.key);
  if (write.kind == DocumentWrite::Kind::remove) {
    if (found == documents.end()) return {};
    documents.erase(found);
    removed.insert(write.key);
    return {};
  }
  const auto& shape = projection.shape;
  Bytes memory;
  if (found == documents.end() && write.kind == DocumentWrite::Kind::patch) {
    if (!write.has_document()) return {};
    const auto document = write.document_bytes(memory);
    keep(write.key, {document.begin(), document.end()});
    found = documents.find(write.key);
  }
  if (write.kind == DocumentWrite::Kind::put) {
    const auto document = write.document_bytes(memory);
    keep(write.key, {document.begin(), document.end()});
    return {};
  }
  if (found == documents.end()) {
    EVENTSTORE_TRY_ASSIGN(const auto made, eventstore::detail::incremented_from_nothing(shape, write));
    keep(write.key, joined(made));
    return {};
  }
  EVENTSTORE_TRY_ASSIGN(auto columns, eventstore::detail::columns_of(shape, found->second));
  if (write.kind == DocumentWrite::Kind::patch)
    eventstore::detail::patch_columns(write, columns);
  else
    EVENTSTORE_TRY(eventstore::detail::increment_columns(shape, write, columns));
  keep(write.key, joined(columns));
  return {};
}

ProjectedHistory::ProjectedHistory(ProjectionType projection)
    : parts_{std::make_unique<Parts>(std::move(projection))} {}
ProjectedHistory::~ProjectedHistory() = default;
ProjectedHistory::ProjectedHistory(ProjectedHistory&&) noexcept = default;
ProjectedHistory& ProjectedHistory::operator=(ProjectedHistory&&) noexcept = default;

void ProjectedHistory::by(Metadata metadata) { parts_->history.metadata = std::move(metadata); }
void ProjectedHistory::at(Timestamp now) { parts_->history.clock.set(now); }

void ProjectedHistory::record(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data) {
  if (parts_->failure) return;
  if (auto recorded = parts_->record(type, key, schema, data); !recorded) parts_->failure = std::move(recorded.error());
}

const std::map<std::string, Bytes, std::less<>>& ProjectedHistory::documents() const { return parts_->documents; }
bool ProjectedHistory::removed(std::string_view key) const { return parts_->removed.contains(key); }
const std::optional<Error>& ProjectedHistory::failure() const { return parts_->failure; }

}  // namespace eventstore::testing::detail
