#include <eventstore/app/rewrite_documents.hpp>
#include <eventstore/core/stream_id.hpp>
#include <eventstore/projection/part_rebuilder.hpp>
#include <eventstore/projection/set_aside_events.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "projection_work.hpp"
#include "unless_zero.hpp"

namespace eventstore::app {
namespace {

using Projections = std::vector<const ProjectionType*>;

constexpr std::size_t streams_at_once = 1000;  // whose documents are in memory

// What may stand beside a collection, and is made again by whoever needs it.
constexpr std::array besides{"__kept", "__rebuild", "__part", "__aside"};
// This cannot be made again.
constexpr std::string_view dropped_suffix = "__dropped";

std::uint64_t differing(const Comparison& comparison) {
  return comparison.added + comparison.removed + comparison.changed;
}

class DocumentRewrite {
 public:
  DocumentRewrite(Store& store, Collections& collections, const RewriteDocuments& parameters,
                  FunctionRef<Result<void>(const CollectionRewritten&)> on_collection, const ProjectionOptions& options,
                  std::stop_token stop)
      : store_{store},
        collections_{collections},
        organization_{parameters.organization},
        on_collection_{on_collection},
        options_{options},
        stop_{std::move(stop)} {}

  Result<std::string> run(const std::vector<std::string>& streams);

 private:
  Result<void> look_at(const std::vector<std::string>& streams);
  Result<Projections> there() const;
  Result<void> catch_up(const Projections& projections);
  Result<void> drop_beside(const ProjectionType& projection);
  Result<bool> needs_whole(const ProjectionType& projection) const;
  Result<bool> rewrite(const ProjectionType& projection);
  Result<std::uint64_t> rewrite_in_place(const ProjectionType& projection, const std::vector<std::string>& streams);
  Result<void> rebuild(const Projections& projections);
  Result<void> tell_strangers();
  [[nodiscard]] std::vector<std::string> read_by(const ProjectionType& projection) const;
  Result<void> tell(CollectionRewritten row);
  Result<bool> has_dropped_documents(const ProjectionType& projection) const;
  Result<std::string> why_not_all(const ProjectionType& projection) const;

  Store& store_;
  Collections& collections_;
  const std::string& organization_;
  FunctionRef<Result<void>(const CollectionRewritten&)> on_collection_;
  const ProjectionOptions& options_;
  const std::stop_token stop_;
  std::vector<StreamId> streams_{};                           // those that exist
  std::vector<StreamId> dropped_{};                           // of these, those of which retention dropped events
  std::map<std::string, std::string, std::less<>> behind_{};  // collections before the head, and why
  std::string left_{};
};

Result<void> DocumentRewrite::look_at(const std::vector<std::string>& streams) {
  EVENTSTORE_TRY_ASSIGN(const auto dropped, store_.log().dropped());
  for (const auto& name : streams) {
    EVENTSTORE_TRY_ASSIGN(auto stream, StreamId::parse(name));
    EVENTSTORE_TRY_ASSIGN(const Version head, store_.log().head(stream));
    if (head == Version{0}) continue;
    if (dropped.last > Position{0}) {
      const auto first = store_.log().read_stream(stream, {.from = Version{1}, .limit = 1});
      if (!first && first.error().code != Errc::expired) return tl::unexpected<Error>{first.error()};
      if (!first) dropped_.push_back(stream);
    }
    streams_.push_back(std::move(stream));
  }
  return {};
}

// The projections that have a collection.
Result<Projections> DocumentRewrite::there() const {
  Projections found;
  for (const auto& projection : store_.model().projections) {
    EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_.checkpoint(projection.name()));
    if (checkpoint) found.push_back(&projection);
  }
  return found;
}

Result<void> DocumentRewrite::catch_up(const Projections& projections) {
  if (projections.empty()) return {};
  RunProjections parameters{};
  for (const auto* const projection : projections) parameters.names.push_back(projection->name());
  bool is_stopped = false;
  const auto on_run = [&](const ProjectionRun& run) -> Result<void> {
    is_stopped = run.stopped;
    return {};
  };
  const auto on_left = [&](const ProjectionLeft& left) {
    if (left.health == "held" || left.health == "failed" || left.health == "waiting")
      behind_.emplace(left.projection,
                      fmt::format("it is {}, and documents of events before the erasure may come: {}; erase again when "
                                  "it goes on",
                                  left.health, left.reason));
  };
  EVENTSTORE_TRY(run_projections(store_, parameters, on_run, on_left, options_, stop_));
  if (is_stopped) return failure(Errc::stopped, "rewrite documents", "", "run the same command again to continue");
  return {};
}

Result<void> DocumentRewrite::drop_beside(const ProjectionType& projection) {
  for (const auto* const beside : besides) {
    const auto name = projection.name() + beside;
    EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_.checkpoint(name));
    if (!checkpoint) continue;
    EVENTSTORE_TRY(collections_.drop(name));
    EVENTSTORE_TRY(tell({name, "dropped", {}, {}, {}}));
  }
  // A note of trouble may quote an event. One of a collection that is behind was made just now.
  if (behind_.contains(projection.name())) return {};
  EVENTSTORE_TRY_ASSIGN(const auto trouble, collections_.trouble(projection.name()));
  return trouble ? collections_.note_trouble(projection.name(), std::nullopt) : Result<void>{};
}

std::vector<std::string> DocumentRewrite::read_by(const ProjectionType& projection) const {
  std::vector<std::string> names;
  for (const auto& stream : streams_)
    if (projection.reads(stream.category())) names.push_back(stream.text());
  return names;
}

// Other code, or another log, may have made it of anything.
Result<bool> DocumentRewrite::needs_whole(const ProjectionType& projection) const {
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_.checkpoint(projection.name()));
  if (!checkpoint) return false;
  EVENTSTORE_TRY_ASSIGN(const auto status, judge(store_.log(), projection, *checkpoint, store_.model().aggregates));
  return status.health != ProjectionStatus::Health::live;
}

Result<std::uint64_t> DocumentRewrite::rewrite_in_place(const ProjectionType& projection,
                                                        const std::vector<std::string>& streams) {
  PartRebuilder rebuilder{store_.log(), store_.model().aggregates, collections_};
  CompareOptions how{};
  how.examples_max = 0;
  std::uint64_t changed = 0;
  const auto add = [&](const CollectionPart& part) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto made, rebuilder.rebuild(projection, part, stop_, how));
    changed += differing(made.comparison);
    return {};
  };
  if (projection.keyed_by == KeyedBy::organization) EVENTSTORE_TRY(add({.organization = organization_}));
  if (projection.keyed_by == KeyedBy::organization) return changed;
  for (std::size_t begin = 0; begin < streams.size(); begin += streams_at_once) {
    const auto end = std::min(streams.size(), begin + streams_at_once);
    const auto at = [&](std::size_t place) { return streams.begin() + static_cast<std::ptrdiff_t>(place); };
    EVENTSTORE_TRY(add({.streams = {at(begin), at(end)}}));
  }
  return changed;
}

// False: it must be rebuilt as a whole.
Result<bool> DocumentRewrite::rewrite(const ProjectionType& projection) {
  EVENTSTORE_TRY_ASSIGN(const bool is_other, needs_whole(projection));
  if (is_other) return false;
  const auto streams = read_by(projection);
  if (streams.empty()) return true;
  EVENTSTORE_TRY_ASSIGN(const auto why_not, why_not_all(projection));
  if (projection.keyed_by == KeyedBy::nothing || !why_not.empty()) return false;
  auto changed = rewrite_in_place(projection, streams);
  if (!changed) {
    const auto code = changed.error().code;
    // A place that cannot list its documents, or events that retention dropped.
    if (code == Errc::invalid_argument || code == Errc::expired || code == Errc::refused) return false;
    if (code == Errc::stopped || code == Errc::out_of_memory) return tl::unexpected<Error>{changed.error()};
    EVENTSTORE_TRY(tell({projection.name(), "left", {}, {}, changed.error().message() + "; erase again"}));
    return true;
  }
  SetAsideEvents letters{store_.log(), store_.model().aggregates, collections_, store_.clock()};
  EVENTSTORE_TRY_ASSIGN(const auto messages,
                        letters.forget_messages(projection, std::set<std::string>{streams.begin(), streams.end()}));
  EVENTSTORE_TRY(tell({projection.name(), "in place", *changed, unless_zero(messages), {}}));
  return true;
}

// A rebuild without them leaves none, and no place beside the collection from which they would come back.
Result<bool> DocumentRewrite::has_dropped_documents(const ProjectionType& projection) const {
  EVENTSTORE_TRY_ASSIGN(const auto kept, collections_.checkpoint(projection.name() + std::string{dropped_suffix}));
  if (kept) return true;
  EVENTSTORE_TRY_ASSIGN(const auto dropped, store_.log().dropped());
  EVENTSTORE_TRY_ASSIGN(const auto live, collections_.checkpoint(projection.name()));
  return live && live->missed_events < dropped.last.value;
}

Result<std::string> DocumentRewrite::why_not_all(const ProjectionType& projection) const {
  const auto reads = [&](const StreamId& stream) { return projection.reads(stream.category()); };
  const auto count = std::count_if(dropped_.begin(), dropped_.end(), reads);
  if (count == 0) return std::string{};
  EVENTSTORE_TRY_ASSIGN(const bool has_them, has_dropped_documents(projection));
  if (!has_them) return std::string{};
  return fmt::format(
      "retention dropped the first events of {} of the streams, and the documents that they made stay: `project "
      "rebuild {} --without-dropped` makes the collection without any document of dropped events",
      count, projection.name());
}

Result<void> DocumentRewrite::rebuild(const Projections& projections) {
  if (projections.empty()) return {};
  EVENTSTORE_TRY_ASSIGN(const auto worker, worker_of(store_, options_));
  RebuildOptions how{};
  how.examples_max = 0;
  bool is_stopped = false;
  const auto on_rebuilt = [&](const ProjectionType& projection, const RebuildReport& report) -> Result<void> {
    is_stopped = is_stopped || report.stopped;
    if (report.stopped) return {};
    if (report.error) return tell({projection.name(), "left", {}, {}, report.error->message()});
    EVENTSTORE_TRY(collections_.drop(kept_name(projection.name())));
    EVENTSTORE_TRY_ASSIGN(const auto why_not, why_not_all(projection));
    CollectionRewritten row{projection.name(), "rebuilt", {}, {}, unless_empty(why_not)};
    if (report.comparison) row.changed = differing(*report.comparison);
    return tell(std::move(row));
  };
  EVENTSTORE_TRY(worker->rebuild(projections, on_rebuilt, stop_, how));
  if (is_stopped) return failure(Errc::stopped, "rewrite documents", "", "run the same command again to continue");
  return {};
}

// Collections that no projection of this program makes.
Result<void> DocumentRewrite::tell_strangers() {
  EVENTSTORE_TRY_ASSIGN(const auto names, collections_.names());
  for (const auto& name : names) {
    const auto makes = [&](const ProjectionType& projection) {
      return name == projection.name() || name == projection.name() + std::string{dropped_suffix};
    };
    if (std::ranges::any_of(store_.model().projections, makes)) continue;
    EVENTSTORE_TRY(tell({name,
                         "left",
                         {},
                         {},
                         "no projection of this program makes it: erase with the program that does, or drop its tables "
                         "if nobody needs it"}));
  }
  return {};
}

Result<void> DocumentRewrite::tell(CollectionRewritten row) {
  if (const auto behind = behind_.find(row.collection); behind != behind_.end() && !row.reason)
    row.reason = behind->second;
  if (row.reason) left_ += (left_.empty() ? "" : ", ") + row.collection;
  return on_collection_(row);
}

Result<std::string> DocumentRewrite::run(const std::vector<std::string>& streams) {
  EVENTSTORE_TRY(look_at(streams));
  EVENTSTORE_TRY_ASSIGN(const auto projections, there());
  EVENTSTORE_TRY(catch_up(projections));
  Projections whole;
  // Of projections without a collection, too: a first build may have ended early.
  for (const auto& projection : store_.model().projections) EVENTSTORE_TRY(drop_beside(projection));
  for (const auto* const projection : projections) {
    EVENTSTORE_TRY_ASSIGN(const bool is_done, rewrite(*projection));
    if (!is_done) whole.push_back(projection);
  }
  EVENTSTORE_TRY(rebuild(whole));
  EVENTSTORE_TRY(tell_strangers());
  if (left_.empty()) return std::string{};
  return "these collections may still have values of the person: " + left_;
}

}  // namespace

Result<std::string> rewrite_documents(Store& store, const RewriteDocuments& parameters,
                                      FunctionRef<Result<void>(const CollectionRewritten&)> on_collection,
                                      const ProjectionOptions& options, std::stop_token stop) {
  // Where there are no collections, none is made.
  const auto there = store.readable_collections();
  if (!there && there.error().code == Errc::not_found) return std::string{};
  EVENTSTORE_TRY_ASSIGN(const auto lock, only_rebuild(store));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  DocumentRewrite rewrite{store, *collections, parameters, on_collection, options, std::move(stop)};
  return rewrite.run(parameters.streams);
}

}  // namespace eventstore::app
