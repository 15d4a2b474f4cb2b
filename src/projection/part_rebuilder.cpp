#include <eventstore/projection/part_rebuilder.hpp>

#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/core/stream_id.hpp>
#include <eventstore/projection/status.hpp>

#include <algorithm>
#include <map>

#include "lane.hpp"
#include "part_fold.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

using Ids = std::set<std::string>;

tl::unexpected<Error> refuse(Errc code, const ProjectionType& projection, std::string reason) {
  return failure(code, "rebuild part", projection.name(), std::move(reason));
}

std::string part_name(const ProjectionType& projection) { return projection.name() + "__part"; }

std::string id_of(const ProjectionType& projection, std::string_view key) {
  return document_id(projection.name(), key).to_string();
}

// One rebuild of one part.
class PartRebuild {
 public:
  PartRebuild(const EventLog& log, const AggregateTypes& aggregates, Collections& collections,
              const ProjectionType& projection, const CollectionPart& part, const CompareOptions& options)
      : log_{log},
        aggregates_{aggregates},
        collections_{collections},
        projection_{projection},
        part_{part},
        options_{options},
        fold_{log, aggregates, projection, part} {}
  ~PartRebuild() {
    if (has_made_) (void)collections_.drop(name_);  // what stays is dropped by the next one
  }
  PartRebuild(const PartRebuild&) = delete;
  PartRebuild& operator=(const PartRebuild&) = delete;

  Result<void> check() const;
  Result<PartReport> run(const std::stop_token& stop);

 private:
  Result<Checkpoint> live() const;
  Result<void> make(const PendingDocuments::Taken& made, const Checkpoint& at);
  Result<ScannedPage> documents_made();
  Result<ScannedPage> documents_there(const PendingDocuments::Taken& made);
  Result<ScannedPage> documents_of_organization();
  Result<ScannedPage> documents_of(const Ids& ids);
  Result<Ids> differing(const ScannedPage& there, const ScannedPage& made) const;
  CollectionBatch batch_of(PendingDocuments::Taken made, const Ids& ids, const Checkpoint& at) const;

  const EventLog& log_;
  const AggregateTypes& aggregates_;
  Collections& collections_;
  const ProjectionType& projection_;
  const CollectionPart& part_;
  CompareOptions options_;
  PartFold fold_;
  const std::string name_ = part_name(projection_);
  bool has_made_ = false;
};

Result<void> PartRebuild::check() const {
  const auto streams = part_.all_streams();
  const bool is_of_streams = !streams.empty();
  if (is_of_streams == !part_.organization.empty() || (!part_.stream.empty() && !part_.streams.empty()))
    return refuse(Errc::invalid_argument, projection_, "name either a stream or an organization");
  EVENTSTORE_TRY(check_projections(std::vector{&projection_}));
  const bool is_keyed =
      projection_.keyed_by == KeyedBy::stream || (projection_.keyed_by == KeyedBy::organization && !is_of_streams);
  if (!is_keyed) {
    const std::string what = is_of_streams ? "stream" : "organization";
    return refuse(Errc::invalid_argument, projection_,
                  "nothing says that each of its documents comes from the events of one " + what +
                      ": if that is so, declare `static constexpr auto keyed_by = es::KeyedBy::" + what +
                      ";` in the projection; otherwise rebuild all of it");
  }
  for (const auto& name : streams) {
    EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(name));
    if (!projection_.reads(stream.category()))
      return refuse(Errc::invalid_argument, projection_, "it reads no events of " + name);
    EVENTSTORE_TRY_ASSIGN(const Version head, log_.head(stream));
    if (head == Version{0}) return refuse(Errc::not_found, projection_, "there is no stream " + name);
  }
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log_.dropped());
  if (!is_of_streams && dropped.last > Position{0})
    return refuse(Errc::expired, projection_, "retention dropped events of the log: rebuild all of it");
  for (const auto& aggregate : aggregates_)
    if (projection_.reads(aggregate.category))
      EVENTSTORE_TRY(eventstore::check_readable(log_, SchemaReader{log_}, aggregate, aggregates_.all()));
  return {};
}

// The checkpoint of a collection that this code made.
Result<Checkpoint> PartRebuild::live() const {
  EVENTSTORE_TRY_ASSIGN(auto checkpoint, collections_.checkpoint(projection_.name()));
  if (!checkpoint)
    return refuse(Errc::not_found, projection_, "the collection does not exist yet: run `project run` first");
  EVENTSTORE_TRY_ASSIGN(const auto status, judge(log_, projection_, *checkpoint, aggregates_.all()));
  if (status.health == ProjectionStatus::Health::live) return std::move(*checkpoint);
  return refuse(Errc::refused, projection_,
                "the collection is " + std::string{to_string(status.health)} +
                    (status.reason.empty() ? "" : " (" + status.reason + ")") + ": run `project rebuild " +
                    projection_.name() + "` for all of it");
}

// Writes the part's documents into a collection of their own, as they are at `at`.
Result<void> PartRebuild::make(const PendingDocuments::Taken& made, const Checkpoint& at) {
  auto begin = at;
  begin.position = Position{0};
  has_made_ = true;
  EVENTSTORE_TRY(collections_.create(projection_.shape, name_, begin));
  CollectionBatch batch{&projection_.shape, name_, made.writes, Position{0}, at, made.appended};
  EVENTSTORE_TRY(collections_.commit({&batch, 1}));
  EVENTSTORE_TRY_ASSIGN(const auto moment, collections_.expired_before(projection_.name()));
  constexpr std::size_t all = 1'000'000'000;
  if (moment && projection_.shape.keep_since_column())
    EVENTSTORE_TRY(collections_.expire(projection_.shape, name_, *moment, all));
  return collections_.order_by_id(projection_.shape, name_, at.position);
}

void add(ScannedPage&& page, ScannedPage& all) {
  all.fields = std::move(page.fields);
  std::ranges::move(page.documents, std::back_inserter(all.documents));
}

Result<ScannedPage> PartRebuild::documents_made() {
  ScannedPage all;
  for (std::string after;;) {
    EVENTSTORE_TRY_ASSIGN(auto page, collections_.scan(projection_.shape, name_, after, options_.page_documents));
    const bool is_last = page.documents.empty();
    if (!is_last) after = page.documents.back().id;
    add(std::move(page), all);
    if (is_last) return all;
  }
}

Result<ScannedPage> PartRebuild::documents_of_organization() {
  ScannedPage all;
  for (std::string after;;) {
    EVENTSTORE_TRY_ASSIGN(auto page,
                          collections_.scan(projection_.shape, projection_.name(), after, options_.page_documents));
    const bool is_last = page.documents.empty();
    if (!is_last) after = page.documents.back().id;
    std::erase_if(page.documents, [&](const auto& each) { return each.organization != part_.organization; });
    add(std::move(page), all);
    if (is_last) return all;
  }
}

// Each is looked for behind the ids that come before its last digit.
Result<ScannedPage> PartRebuild::documents_of(const Ids& ids) {
  constexpr std::size_t digits = 16;
  ScannedPage all;
  for (const auto& id : ids) {
    const auto before = std::string_view{id}.substr(0, id.size() - 1);
    EVENTSTORE_TRY_ASSIGN(auto page, collections_.scan(projection_.shape, projection_.name(), before, digits));
    std::erase_if(page.documents, [&](const auto& each) { return each.id != id; });
    add(std::move(page), all);
  }
  return all;
}

Result<ScannedPage> PartRebuild::documents_there(const PendingDocuments::Taken& made) {
  if (!part_.organization.empty()) return documents_of_organization();
  Ids ids;
  for (const auto& write : made.writes) ids.insert(id_of(projection_, write.key));
  for (std::size_t i = 0; i < made.appended.size(); ++i) ids.insert(made.appended[i].id.to_string());
  return documents_of(ids);
}

// The ids of documents that are not the same on both sides.
Result<Ids> PartRebuild::differing(const ScannedPage& there, const ScannedPage& made) const {
  std::map<std::string_view, std::pair<ScannedPage, ScannedPage>> pairs;
  for (const auto& document : there.documents) pairs[document.id].first = {there.fields, {document}};
  for (const auto& document : made.documents) pairs[document.id].second = {made.fields, {document}};
  Ids ids;
  for (auto& [id, pair] : pairs) {
    EVENTSTORE_TRY_ASSIGN(
        const auto compared,
        compare_documents(projection_.shape, {0, std::move(pair.first), std::move(pair.second)}, options_));
    if (!compared.is_same()) ids.emplace(id);
  }
  return ids;
}

// Those documents go, and come again as far as the part has them.
CollectionBatch PartRebuild::batch_of(PendingDocuments::Taken made, const Ids& ids, const Checkpoint& at) const {
  std::erase_if(made.writes, [&](const auto& write) { return !ids.contains(id_of(projection_, write.key)); });
  CollectionBatch batch{&projection_.shape, projection_.name(), std::move(made.writes), at.position, at};
  batch.gone.assign(ids.begin(), ids.end());
  for (std::size_t i = 0; i < made.appended.size(); ++i) {
    const auto document = made.appended[i];
    if (ids.contains(document.id.to_string()))
      batch.appended.add(document.id, document.key, document.organization, document.document);
  }
  return batch;
}

Result<PartReport> PartRebuild::run(const std::stop_token& stop) {
  constexpr int tries_max = 100;
  struct EndSnapshot {
    ~EndSnapshot() { collections.release_snapshot(); }
    Collections& collections;
  };
  for (int tries = 1;; ++tries) {
    EVENTSTORE_TRY_ASSIGN(const auto at, live());
    EVENTSTORE_TRY_ASSIGN(const auto events, collections_.set_aside(projection_.name()));
    std::set<Position> set_aside;
    for (const auto& event : events) set_aside.insert(event.position);
    EVENTSTORE_TRY(fold_.advance(at.position, set_aside, stop));
    // Documents that have expired and are there again because of a late event stay until the next expiry.
    EVENTSTORE_TRY_ASSIGN(options_.expired_before, collections_.expired_before(projection_.name()));
    const auto made = fold_.documents();
    EVENTSTORE_TRY(make(made, at));
    PartReport report{fold_.events(), at.position, {}};
    DifferingDocuments both;
    {
      EVENTSTORE_TRY(collections_.hold_snapshot());
      const EndSnapshot at_end{collections_};
      EVENTSTORE_TRY_ASSIGN(const auto now, live());
      if (now.position != at.position && tries < tries_max) continue;
      EVENTSTORE_TRY_ASSIGN(both.before, documents_there(made));
    }
    EVENTSTORE_TRY_ASSIGN(both.after, documents_made());
    EVENTSTORE_TRY_ASSIGN(const auto ids, differing(both.before, both.after));
    EVENTSTORE_TRY_ASSIGN(report.comparison, compare_documents(projection_.shape, std::move(both), options_));
    report.comparison.before_position = report.comparison.after_position = at.position;
    if (ids.empty()) return report;
    const auto batch = batch_of(fold_.documents(), ids, at);
    const auto committed = collections_.commit({&batch, 1});
    if (committed) return report;
    if (committed.error().code != Errc::locked || tries == tries_max) return tl::unexpected<Error>{committed.error()};
  }
}

}  // namespace

Result<PartReport> PartRebuilder::rebuild(const ProjectionType& projection, const CollectionPart& part,
                                          std::stop_token stop, const CompareOptions& options) {
  return detail::guarded("rebuild part", projection.name(), [&]() -> Result<PartReport> {
    PartRebuild rebuild{log_, aggregates_, collections_, projection, part, options};
    EVENTSTORE_TRY(rebuild.check());
    return rebuild.run(stop);
  });
}

}  // namespace v1
}  // namespace eventstore
