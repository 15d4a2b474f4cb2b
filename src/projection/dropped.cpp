// What a worker does where retention dropped events: it keeps the documents that they made, and begins with them.
#include "lane.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {

using Health = ProjectionStatus::Health;

// A lane whose next events were dropped goes on after them, and its checkpoint remembers that.
Result<void> ProjectionWorker::skip_dropped(Lane& lane) {
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log_.dropped());
  if (lane.at.position >= dropped.last) return {};
  auto to = lane.at;
  to.position = to.missed_last = dropped.last;
  to.missed_events += dropped.last.value - lane.at.position.value;
  EVENTSTORE_TRY_ASSIGN(to.checksum, log_.checksum_at(dropped.last));
  const CollectionBatch batch{&lane.projection->shape, lane.name, {}, lane.at.position, to};
  EVENTSTORE_TRY(collections_.commit({&batch, 1}));
  lane.at = to;
  return {};
}

// The types that were passed over and are known now: the dropped events among them cannot be read again.
Checkpoint ProjectionWorker::without_known(Checkpoint checkpoint) const {
  std::erase_if(checkpoint.passed_over, [&](const auto& type) { return is_known(type, aggregates_.all()); });
  return checkpoint;
}

// Opens the collection of documents of dropped events, where the projection has a collection to which they belong.
Result<void> ProjectionWorker::open_dropped(const ProjectionType& projection, std::vector<Lane>& lanes) {
  EVENTSTORE_TRY_ASSIGN(const auto live, status(projection));
  if (live.health == Health::missing || live.health == Health::foreign) return {};
  const auto name = dropped_name(projection);
  EVENTSTORE_TRY_ASSIGN(const auto begun, collections_.checkpoint(name));
  if (begun) {
    EVENTSTORE_TRY_ASSIGN(const auto found, judge(log_, projection, *begun, aggregates_.all()));
    if (found.health == Health::foreign) EVENTSTORE_TRY(collections_.drop(name));
    // Other code goes on with them. It may have given them other fields.
    if (found.health == Health::stale)
      EVENTSTORE_TRY(collections_.copy(projection.shape, name, name, without_known(*begun)));
  }
  EVENTSTORE_TRY_ASSIGN(auto lane, open_lane(projection, name));
  lanes.push_back(std::move(lane));
  return {};
}

Result<void> ProjectionWorker::build_dropped(const std::vector<const ProjectionType*>& projections, Position last,
                                             std::stop_token stop) {
  EVENTSTORE_TRY(check_readable(projections));
  Progress progress{};
  std::vector<Lane> lanes;
  for (const auto* const projection : projections) EVENTSTORE_TRY(open_dropped(*projection, lanes));
  std::erase_if(lanes, [&](const Lane& lane) { return lane.at.position >= last; });
  EVENTSTORE_TRY(advance(lanes, last, progress, stop));
  for (auto& lane : lanes)
    if (lane.stays) return failure(std::move(*lane.stays));
  if (progress.report.stopped) return failure(Errc::stopped, "keep documents", "", "nothing was dropped");
  return collections_.sync();
}

// The place up to which there are documents of dropped events, made by whatever code from this history.
Result<std::optional<Checkpoint>> ProjectionWorker::dropped_documents(const ProjectionType& projection) {
  EVENTSTORE_TRY_ASSIGN(auto made, collections_.checkpoint(dropped_name(projection)));
  if (!made) return made;
  EVENTSTORE_TRY_ASSIGN(const auto found, judge(log_, projection, *made, aggregates_.all()));
  if (found.health == Health::foreign) made.reset();
  return made;
}

namespace {

// Whether a collection that begins with `made`, or with nothing, lacks more of the events up to `last` than `live`
// does.
bool would_lose(const std::optional<Checkpoint>& made, const std::optional<Checkpoint>& live, Position last) {
  const auto lacks = [&](const Checkpoint& at) {
    return at.missed_events + last.value - std::min(at.position, last).value;
  };
  return live && (made ? lacks(*made) : last.value) > lacks(*live);
}

}  // namespace

// Where a collection at `from` has not read what was dropped, and the documents of that were kept, it is built of them;
// absent where it goes on by itself.
Result<std::optional<RunReport>> ProjectionWorker::build_with_dropped(const ProjectionType& projection, Position from,
                                                                      std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log_.dropped());
  if (from >= dropped.last) return std::optional<RunReport>{};
  EVENTSTORE_TRY_ASSIGN(const auto made, dropped_documents(projection));
  EVENTSTORE_TRY_ASSIGN(const auto live, collections_.checkpoint(projection.name()));
  if (!made || made->position <= from || would_lose(made, live, dropped.last)) return std::optional<RunReport>{};
  auto built = build_again(projection, std::move(stop), {});
  // Documents of a shape that cannot be carried over: a rebuild tells of it, and the collection goes on meanwhile.
  if (!built && built.error().code == Errc::unreadable_schema) return std::optional<RunReport>{};
  if (!built) return failure_of(built);
  return std::optional<RunReport>{std::move(*built)};
}

// Begins a rebuild with the documents of dropped events, if there are any.
Result<void> ProjectionWorker::begin_with_dropped(const ProjectionType& projection, RebuildOptions options) {
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log_.dropped());
  if (dropped.last == Position{0} || options.without_dropped) return {};
  EVENTSTORE_TRY_ASSIGN(auto made, dropped_documents(projection));
  EVENTSTORE_TRY_ASSIGN(const auto live, collections_.checkpoint(projection.name()));
  EVENTSTORE_TRY_ASSIGN(const auto found, status(projection));
  if (found.health != Health::foreign && would_lose(made, live, dropped.last))
    return failure(
        Error{Errc::expired, "rebuild", projection.name(),
              "retention dropped the events up to position " + std::to_string(dropped.last.value) +
                  ", and the documents that they made were not kept: a rebuild would lose those that no later "
                  "event makes; rebuild with --without-dropped if they may go",
              dropped.last});
  if (!made) return {};
  made->fingerprint = projection.fingerprint(aggregates_.all());
  auto copied =
      collections_.copy(projection.shape, dropped_name(projection), rebuild_name(projection), without_known(*made));
  if (!copied && copied.error().code == Errc::unreadable_schema)
    copied.error().detail += "; or rebuild with --without-dropped if the documents of dropped events may go";
  return copied;
}

namespace {

void add(std::string& note, const std::string& sentence) { note += (note.empty() ? "" : "; ") + sentence; }

// The categories whose states at the boundary were made by other code than this build has.
std::string made_by_other_code(const DroppedEvents& dropped, const ProjectionType& projection,
                               const AggregateTypes& aggregates) {
  std::vector<std::string> names;
  for (const auto& origin : dropped.origins) {
    const auto* const type = aggregates.find(origin->category);
    if (type == nullptr || type->state_schema == nullptr || !projection.reads(origin->category)) continue;
    const bool has_other_code =
        !origin->code.empty() && !type->fingerprint.empty() && origin->code != type->fingerprint;
    if (origin->schema == type->state_schema->id && !has_other_code) continue;
    if (std::find(names.begin(), names.end(), origin->category) == names.end()) names.push_back(origin->category);
  }
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

Result<void> ProjectionWorker::describe(const ProjectionType& projection, const Checkpoint& checkpoint,
                                        ProjectionStatus& status) {
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log_.dropped());
  if (dropped.last == Position{0} || status.health == Health::foreign) return {};
  auto& note = status.note;
  if (checkpoint.missed_events != 0)
    add(note, "made without " + std::to_string(checkpoint.missed_events) + " events up to position " +
                  std::to_string(checkpoint.missed_last.value) + ", which retention dropped before it read them");
  if (dropped.streams_unkept != 0)
    add(note, "retention dropped the first events of " + std::to_string(dropped.streams_unkept) +
                  " streams of the store without keeping their states: later events of these streams reach no "
                  "projection of their aggregates; restore a backup that has the dropped events");
  if (const auto names = made_by_other_code(dropped, projection, aggregates_); !names.empty())
    add(note, "the states that retention kept of " + names + " were made by other code than that of this build");
  EVENTSTORE_TRY_ASSIGN(const auto made, dropped_documents(projection));
  const auto differing = made ? differing_parts(log_, *made, projection, aggregates_.all()) : std::string{};
  if (!differing.empty())
    add(note, "a rebuild begins with documents of dropped events that were made by other code: " + differing);
  return {};
}

}  // namespace v1
}  // namespace eventstore
