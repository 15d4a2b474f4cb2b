#include <eventstore/testing/projected.hpp>

#include <eventstore/log/memory_log.hpp>
#include <eventstore/projection/detail/state_cache.hpp>

#include <set>

namespace eventstore::testing::detail {

struct ProjectedHistory::Parts {
  explicit Parts(ProjectionType made) : projection{std::move(made)} {}

  Result<void> record(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data);
  Result<void> project(const AggregateType& type);
  void apply(const DocumentWrite& write);

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
  for (const auto& write : pending.take()) apply(write);
  return {};
}

// What is pending for a whole document is worked out by PendingDocuments, so nothing is said a second time here.
void ProjectedHistory::Parts::apply(const DocumentWrite& write) {
  const auto found = documents.find(write.key);
  if (write.kind == DocumentWrite::Kind::remove) {
    if (found == documents.end()) return;
    documents.erase(found);
    removed.insert(write.key);
    return;
  }
  if (found == documents.end() && write.kind == DocumentWrite::Kind::patch) return;
  PendingDocuments pending{projection.shape};
  if (found != documents.end()) pending.put(write.key, found->second);
  switch (write.kind) {
    case DocumentWrite::Kind::patch: pending.patch(write.key, write.fields); break;
    case DocumentWrite::Kind::increment: {
      std::vector<std::size_t> columns;
      for (const auto& field : write.fields) columns.push_back(field.column);
      pending.increment(write.key, write.document, columns);
      break;
    }
    default: pending.put(write.key, write.document);
  }
  documents.insert_or_assign(write.key, std::move(pending.take().front().document));
  removed.erase(write.key);
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
