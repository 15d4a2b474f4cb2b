#include <eventstore/projection/worker.hpp>

#include "lane.hpp"

#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/os/detail/mapping_failures.hpp>
#include <eventstore/projection/detail/state_cache.hpp>

#include <algorithm>
#include <future>

namespace eventstore {
inline namespace v1 {
namespace {

using Health = ProjectionStatus::Health;

// Of the work of a run that builds collections, for those who wait: about what it is for a million events.
constexpr double share_of_indexes = 0.3;

// A category that this build does not know: its events reach projections of everything, without state.
const AggregateType& stateless() {
  static const AggregateType type = [] {
    AggregateType made{};
    made.new_state = [] { return std::make_unique<NoState>(); };
    return made;
  }();
  return type;
}

// Around an event of a stream whose state was lost with its first events.
struct NoStates {
  NoState before{};
  NoState after{};

  Result<StateCache::States> enter(const RecordedEvent& event, const Metadata& metadata, const SchemaReader& schemas) {
    before.version = after.version = Version{event.version.value - 1};
    EVENTSTORE_TRY(after.apply(event, metadata, schemas));
    return StateCache::States{&before, &after};
  }
};

// Writes one batch while the next is worked out. The collections are touched by one thread at a time: a batch is
// handed over only after the one before was waited for.
class BatchWriter {
 public:
  explicit BatchWriter(Collections& collections) : collections_{collections} {}
  ~BatchWriter() {
    if (writing_.valid()) writing_.wait();
  }
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

  Result<void> wait() { return writing_.valid() ? writing_.get() : Result<void>{}; }

  // Waits for the batches that were written last and gives them back: the thread that made their documents frees them.
  // Another one would ask for the lock of its memory again and again.
  Result<std::vector<CollectionBatch>> written() {
    EVENTSTORE_TRY(wait());
    return std::exchange(batches_, {});
  }

  // written() was called before.
  void write(std::vector<CollectionBatch> batches) {
    batches_ = std::move(batches);
    writing_ = std::async(std::launch::async, [this] { return collections_.commit(batches_); });
  }

 private:
  Collections& collections_;
  std::vector<CollectionBatch> batches_;  // that are being written
  std::future<Result<void>> writing_;
};

}  // namespace

ProjectionWorker::ProjectionWorker(const EventLog& log, AggregateTypes aggregates, Collections& collections,
                                   WorkerOptions options)
    : log_{log},
      aggregates_{std::move(aggregates)},
      collections_{collections},
      options_{std::move(options)},
      schemas_{log},
      states_{log, schemas_} {}

Result<ProjectionWorker::Lane> ProjectionWorker::open_lane(const ProjectionType& projection, std::string name) {
  EVENTSTORE_TRY_ASSIGN(auto checkpoint, collections_.checkpoint(name));
  if (!checkpoint) {
    checkpoint = Checkpoint{Position{0}, 0, log_.store_id(), projection.fingerprint(aggregates_.all()), true};
    EVENTSTORE_TRY(collections_.create(projection.shape, name, *checkpoint));
  }
  Lane lane{&projection, std::move(name), *checkpoint, PendingDocuments{projection.shape}};
  EVENTSTORE_TRY(skip_dropped(lane));
  return lane;
}

// Fails before anything is read where an event type of an aggregate that is read cannot be.
Result<void> ProjectionWorker::check_readable(const std::vector<const ProjectionType*>& projections) const {
  EVENTSTORE_TRY(check_categories(aggregates_.all()));
  EVENTSTORE_TRY(check_projections(projections));
  for (const auto& aggregate : aggregates_)
    if (std::ranges::any_of(projections, [&](const auto* projection) { return projection->reads(aggregate.category); }))
      EVENTSTORE_TRY(eventstore::check_readable(log_, schemas_, aggregate, aggregates_.all()));
  return {};
}

// No exception leaves the worker, and no state that was being changed when it was thrown is used again.
template <class Call> auto ProjectionWorker::guarded(Call call) -> decltype(call()) {
  bool has_returned = false;
  auto result = detail::guarded("project", {}, [&] {
    auto made = call();
    has_returned = true;
    return made;
  });
  if (!has_returned) states_.clear();
  return result;
}

Result<RunReport> ProjectionWorker::run(const std::vector<const ProjectionType*>& projections, std::stop_token stop) {
  return guarded([&] {
    auto report = catch_up(projections, stop);
    // Events were dropped that it was about to read: a second try begins after them.
    return !report && report.error().code == Errc::expired ? catch_up(projections, stop) : report;
  });
}

Result<RunReport> ProjectionWorker::rebuild(const ProjectionType& projection, std::stop_token stop,
                                            RebuildOptions options) {
  return guarded([&] { return build_again(projection, stop, options); });
}

Result<void> ProjectionWorker::keep_dropped(const std::vector<const ProjectionType*>& projections, Position last,
                                            std::stop_token stop) {
  return guarded([&] { return build_dropped(projections, last, stop); });
}

Result<RunReport> ProjectionWorker::catch_up(const std::vector<const ProjectionType*>& projections,
                                             std::stop_token stop) {
  EVENTSTORE_TRY(check_readable(projections));
  Progress progress{};
  std::vector<Lane> lanes;
  for (const auto* const projection : projections) {
    EVENTSTORE_TRY_ASSIGN(auto found, status(*projection));
    if (found.health == Health::stale || found.health == Health::foreign) {
      progress.report.left.push_back(std::move(found));
      continue;
    }
    EVENTSTORE_TRY_ASSIGN(auto built, build_with_dropped(*projection, found.position, stop));
    if (built && built->stopped) return std::move(*built);
    if (built) progress.report.events += built->events;
    EVENTSTORE_TRY_ASSIGN(auto lane, open_lane(*projection, projection->name()));
    lanes.push_back(std::move(lane));
  }
  EVENTSTORE_TRY_ASSIGN(const Position head, log_.head());
  std::vector<const Lane*> building;
  for (const auto& lane : lanes)
    if (lane.at.building) building.push_back(&lane);
  progress.index_share = building.empty() ? 0 : share_of_indexes;
  EVENTSTORE_TRY(advance(lanes, head, progress, stop));
  if (!progress.report.stopped)
    EVENTSTORE_TRY(make_indexes(progress, building.size(), stop, [&](std::size_t i) {
      return collections_.finish(building[i]->projection->shape, building[i]->at.position);
    }));
  for (const auto& lane : lanes) {
    if (!lane.held) continue;
    EVENTSTORE_TRY_ASSIGN(auto held, status(*lane.projection));
    progress.report.left.push_back(std::move(held));
  }
  return std::move(progress.report);
}

Result<RunReport> ProjectionWorker::build_again(const ProjectionType& projection, std::stop_token stop,
                                                RebuildOptions options) {
  EVENTSTORE_TRY(check_readable({&projection}));
  const auto name = rebuild_name(projection);
  // A rebuild that other code began, or that began from another history, cannot be continued.
  EVENTSTORE_TRY_ASSIGN(const auto begun, collections_.checkpoint(name));
  bool goes_on = begun.has_value();
  if (begun) {
    EVENTSTORE_TRY_ASSIGN(const auto status, judge(log_, projection, *begun, aggregates_.all()));
    goes_on = status.health == Health::building;
    if (!goes_on) EVENTSTORE_TRY(collections_.drop(name));
  }
  if (!goes_on) EVENTSTORE_TRY(begin_with_dropped(projection, options));
  Progress progress{};
  std::vector<Lane> lanes;
  EVENTSTORE_TRY_ASSIGN(auto lane, open_lane(projection, name));
  lanes.push_back(std::move(lane));
  EVENTSTORE_TRY_ASSIGN(const Position head, log_.head());
  progress.index_share = share_of_indexes;
  EVENTSTORE_TRY(advance(lanes, head, progress, stop));
  if (auto& held = lanes.front().held) return failure(std::move(*held));
  if (!progress.report.stopped)
    EVENTSTORE_TRY(
        make_indexes(progress, 1, stop, [&](std::size_t) { return collections_.replace(projection.shape, name); }));
  if (progress.report.stopped) return std::move(progress.report);
  if (options.without_dropped) EVENTSTORE_TRY(collections_.drop(dropped_name(projection)));
  return std::move(progress.report);
}

void ProjectionWorker::tell(const Progress& progress, double part) const {
  if (options_.on_progress) options_.on_progress({progress.done, progress.total, part});
}

// Lets the collections' work end early, and what the caller's function throws within it leave after it.
Result<void> ProjectionWorker::supervised(const std::stop_token& stop, const std::function<void(double)>& on_indexes,
                                          FunctionRef<Result<void>()> work) {
  // A batch that is nearly written may end: some hundred looks are some hundredths of a second.
  constexpr int looks_of_patience = 250;
  struct EndWatch {
    ~EndWatch() { collections.watch({}); }
    Collections& collections;
  };
  std::exception_ptr thrown;
  Result<void> done{};
  {
    const EndWatch end{collections_};
    collections_.watch({[&, looks = on_indexes ? looks_of_patience : 0]() mutable {
                          return thrown != nullptr || (stop.stop_requested() && ++looks > looks_of_patience);
                        },
                        [&](double part) {
                          try {
                            if (on_indexes) on_indexes(part);
                          } catch (...) {
                            thrown = std::current_exception();
                          }
                        }});
    done = work();
  }
  if (thrown) std::rethrow_exception(thrown);
  return done;
}

Result<void> ProjectionWorker::make_indexes(Progress& progress, std::size_t collections, const std::stop_token& stop,
                                            FunctionRef<Result<void>(std::size_t)> make) {
  std::size_t made = 0;
  const auto on_indexes = [&](double part) {
    tell(progress, progress.part((static_cast<double>(made) + part) / static_cast<double>(collections)));
  };
  for (; made < collections; ++made) {
    auto done = supervised(stop, on_indexes, [&] { return make(made); });
    if (done) continue;
    if (done.error().code != Errc::stopped) return done;
    progress.report.stopped = true;
    return {};
  }
  return {};
}

// The run is stopped within a batch: what was worked out is dropped, and what was being written may be, too.
Result<void> ProjectionWorker::end_early(const std::vector<Lane*>& group, Progress& progress) {
  progress.report.stopped = true;
  for (auto* const lane : group) {
    lane->forget();
    EVENTSTORE_TRY_ASSIGN(auto at, collections_.checkpoint(lane->name));
    if (at) lane->at = std::move(*at);
  }
  return {};
}

// Lanes at the same place move on together, up to where the next lane waits, until all are at `head` or held.
Result<void> ProjectionWorker::advance(std::vector<Lane>& lanes, Position head, Progress& progress,
                                       std::stop_token stop) {
  progress.report.position = head;
  const auto place = [](const Lane& lane) { return lane.at.position; };
  const auto position_of = [](const Lane* lane) { return lane->at.position; };
  std::vector<Lane*> moving;
  for (auto& lane : lanes) moving.push_back(&lane);
  if (lanes.empty()) return {};
  progress.total = head.value - std::min(head, std::ranges::min(lanes, {}, place).at.position).value;
  while (!progress.report.stopped) {
    std::erase_if(moving, [](const Lane* lane) { return lane->held.has_value(); });
    if (moving.empty()) return {};
    const Position hindmost = (*std::ranges::min_element(moving, {}, position_of))->at.position;
    if (hindmost >= head) return {};
    std::vector<Lane*> group;
    Position last = head;
    for (auto* const lane : moving) {
      if (lane->at.position == hindmost)
        group.push_back(lane);
      else
        last = std::min(last, lane->at.position);
    }
    EVENTSTORE_TRY(supervised(stop, {}, [&] { return advance_group(group, last, progress, stop); }));
    if (progress.report.stopped) progress.report.position = std::ranges::min(lanes, {}, place).at.position;
  }
  return {};
}

Result<void> ProjectionWorker::advance_group(const std::vector<Lane*>& group, Position last, Progress& progress,
                                             std::stop_token stop) {
  std::uint64_t without_state = 0;
  BatchWriter writer{collections_};
  Metadata metadata;

  const auto project = [&](const RecordedEvent& event) -> Result<void> {
    const auto category = event.stream.substr(0, event.stream.find('-'));
    const auto wants = [&](const Lane* lane) { return lane->projection->reads(category); };
    if (std::none_of(group.begin(), group.end(), wants)) return {};
    EVENTSTORE_TRY(metadata_into(event, metadata));
    const auto* const type = aggregates_.find(category);
    auto around = states_.enter(event, metadata, type == nullptr ? stateless() : *type);
    const bool is_lost = !around && around.error().code == Errc::expired;
    NoStates lost;
    if (is_lost) around = lost.enter(event, metadata, schemas_);
    if (!around) return failure_of(around);
    const AnyChange change{event, metadata, is_lost ? nullptr : type, *around->before, *around->after, schemas_};
    for (auto* const lane : group) {
      if (!wants(lane) || (is_lost && !lane->projection->categories.empty())) continue;
      lane->pending.set_organization(event.organization);
      EVENTSTORE_TRY(lane->project(change));
    }
    if (is_lost) ++without_state;
    return {};
  };

  const auto commit_up_to = [&](Position position) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto checksum, log_.checksum_at(position));
    EVENTSTORE_TRY_ASSIGN(auto written, writer.written());
    written.resize(group.size());
    std::vector<CollectionBatch> batches;
    for (std::size_t i = 0; i < group.size(); ++i) {
      auto to = group[i]->at;
      to.position = position;
      to.checksum = checksum;
      batches.push_back(group[i]->take(std::move(to), std::move(written[i].appended)));
    }
    writer.write(std::move(batches));
    return {};
  };

  const auto is_full = [&] {
    std::size_t bytes = 0;
    for (const auto* const lane : group) bytes += lane->pending.bytes();
    return bytes >= options_.batch_bytes;
  };
  const Position begin = group.front()->at.position;
  Position done = begin;
  Result<void> projected{};
  std::optional<Error> failed;
  const auto count_events = [&] {
    const auto passed = group.front()->at.position.value - begin.value;
    progress.done += passed;
    progress.report.events += passed;
  };
  const auto stopped = [&]() -> Result<void> {
    EVENTSTORE_TRY(end_early(group, progress));
    count_events();
    return {};
  };
  while (projected && done < last) {
    const auto batch =
        std::min<std::uint64_t>(std::max<std::size_t>(options_.batch_events, 1), last.value - done.value);
    const auto failures = mapping_failures();
    auto page = log_.read_all({.from = done.next(), .limit = static_cast<std::size_t>(batch)});
    if (!page) return failure_of(page);
    const auto before = done;
    for (const auto& event : page->events) {
      if (stop.stop_requested() || is_full()) break;
      projected = project(event);
      if (!projected) break;
      done = event.position;
    }
    if (mapping_failures() != failures)
      return failure(Error{Errc::io_failed, "project", "",
                           "the disk cannot read a part of a file: look at the disk, then run verify", before.next()});
    if (stop.stop_requested()) {
      const auto written = writer.wait();
      if (!written && written.error().code != Errc::stopped) return written;
      return stopped();
    }
    if (!projected && !failed) {
      // The event may have left half of its operations behind: the batch is dropped, and made again without it.
      without_state = 0;
      for (auto* const lane : group) lane->forget();
      failed = std::move(projected.error());
      failed->at = done.next();
      last = std::exchange(done, before);
      projected = {};
      continue;
    }
    if (done == before)
      return failure(Error{Errc::corrupt_record, "project", "",
                           "the log gives no event here, though its head is further", done.next()});
    if (auto written = commit_up_to(done); !written)
      return written.error().code == Errc::stopped ? stopped() : std::move(written);
    progress.report.without_state += std::exchange(without_state, 0);
    auto shown = progress;
    shown.done += done.value - begin.value;
    tell(shown, shown.part(0));
  }
  auto written = writer.wait();
  if (!written) return written.error().code == Errc::stopped ? stopped() : std::move(written);
  count_events();
  const bool is_held = std::ranges::any_of(group, [](const Lane* lane) { return lane->held.has_value(); });
  if (failed && !is_held) return tl::unexpected<Error>{std::move(*failed)};
  return {};
}

}  // namespace v1
}  // namespace eventstore
