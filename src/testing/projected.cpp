#include <eventstore/testing/projected.hpp>

#include <eventstore/collections/detail/document_columns.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/projection/detail/state_cache.hpp>

#include <set>

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

  Result<void> record(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data);
  Result<void> project(const AggregateType& type);
  Result<void> apply(const DocumentWrite& write);
  void keep(std::string_view key, Bytes document) {
    documents.insert_or_assign(std::string{key}, std::move(document));
    removed.erase(std::string{key});
  }

  const ProjectionType projection;
  ManualClock clock{Timestamp{}};
  MemoryLog log{clock};
  SchemaReader schemas{log};
  StateCache states{log, schemas};
  Metadata metadata{};
  Position recorded{};
  std::map<std::string, Bytes, std::less<>> documents{};
  std::set<std::string, std::less<>> removed{};
  std::optional<Error> failure{};
};

Result<void> ProjectedHistory::Parts::record(const AggregateType& type, std::string_view key, const Schema& schema,
                                             BytesView data) {
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::of(type.category, key));
  recorded = recorded.next();
  Bytes tagged;
  encode_tagged(metadata, tagged);
  const EventId id{Uuid::v5(Uuid{}, "event " + std::to_string(recorded.value))};
  const NewEvent event{stream, id,     schema.name, metadata.organization, clock.now(), schema.id, Codec::binary,
                       0,      tagged, data};
  const auto record = schema.record();
  EVENTSTORE_TRY(log.append({.events = {&event, 1}, .schemas = {&record, 1}}));
  return project(type);
}

// As ProjectionWorker does it.
Result<void> ProjectedHistory::Parts::project(const AggregateType& type) {
  if (!projection.reads(type.category)) return {};
  EVENTSTORE_TRY_ASSIGN(const Page page, log.read_all({.from = recorded, .limit = 1}));
  const auto& event = page.events.front();
  EVENTSTORE_TRY_ASSIGN(const Metadata known, metadata_of(event));
  EVENTSTORE_TRY_ASSIGN(const auto around, states.enter(event, known, type));
  const AnyChange change{event, known, &type, *around.before, *around.after, schemas};
  PendingDocuments pending{projection.shape};
  pending.set_organization(event.organization);
  EVENTSTORE_TRY(projection.project(change, pending));
  const auto taken = pending.take();
  for (std::size_t i = 0; i < taken.appended.size(); ++i)
    keep(taken.appended[i].key, {taken.appended[i].document.begin(), taken.appended[i].document.end()});
  for (const auto& write : taken.writes) EVENTSTORE_TRY(apply(write));
  return {};
}

Result<void> ProjectedHistory::Parts::apply(const DocumentWrite& write) {
  const auto found = documents.find(write.key);
  if (write.kind == DocumentWrite::Kind::remove) {
    if (found == documents.end()) return {};
    documents.erase(found);
    removed.insert(write.key);
    return {};
  }
  if (found == documents.end() && write.kind == DocumentWrite::Kind::patch) return {};
  const auto& shape = projection.shape;
  Bytes memory;
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

void ProjectedHistory::by(Metadata metadata) { parts_->metadata = std::move(metadata); }
void ProjectedHistory::at(Timestamp now) { parts_->clock.set(now); }

void ProjectedHistory::record(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data) {
  if (parts_->failure) return;
  if (auto recorded = parts_->record(type, key, schema, data); !recorded) parts_->failure = std::move(recorded.error());
}

const std::map<std::string, Bytes, std::less<>>& ProjectedHistory::documents() const { return parts_->documents; }
bool ProjectedHistory::removed(std::string_view key) const { return parts_->removed.contains(key); }
const std::optional<Error>& ProjectedHistory::failure() const { return parts_->failure; }

}  // namespace eventstore::testing::detail
