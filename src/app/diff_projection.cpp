#include <eventstore/app/diff_projection.hpp>

#include <eventstore/projection/document_changes.hpp>

#include "past_collections.hpp"
#include "scratch_file.hpp"

namespace eventstore::app {
namespace {

// The collection at one of the two moments. The file goes after it is closed.
struct PastSide {
  std::optional<ScratchFile> file{};
  std::unique_ptr<EventLog> past{};
  std::unique_ptr<SqliteCollections> collections{};
  Position position{};
};

class Sides {
 public:
  Sides(const Store& store, const DiffProjection& parameters, const ProjectionType& projection,
        const OnProgress& on_progress, const std::stop_token& stop)
      : store_{store}, parameters_{parameters}, projection_{projection}, on_progress_{on_progress}, stop_{stop} {}

  // Both are asked for before either is made, which takes a while.
  Result<void> make() {
    EVENTSTORE_TRY(look(parameters_.at.front(), before_));
    EVENTSTORE_TRY(look(parameters_.at.back(), after_));
    EVENTSTORE_TRY(build(before_, 0));
    return build(after_, before_.position.value);
  }
  [[nodiscard]] PastSide& before() { return before_; }
  [[nodiscard]] PastSide& after() { return after_; }

 private:
  Result<void> look(const std::string& moment, PastSide& side) {
    EVENTSTORE_TRY_ASSIGN(side.past, log_at(store_, moment, parameters_.by, {parameters_.without_dropped, stop_}));
    EVENTSTORE_TRY_ASSIGN(side.position, side.past->head());
    return {};
  }
  // The bar goes once from the beginning to the end of both.
  Result<void> build(PastSide& side, std::uint64_t done_before) {
    EVENTSTORE_TRY_ASSIGN(auto file, ScratchFile::temporary(store_));
    side.file.emplace(std::move(file));
    const auto all = static_cast<double>(before_.position.value + after_.position.value);
    const auto tell = [&](const Progress& now) {
      const auto its = now.part * static_cast<double>(side.position.value);
      on_progress_({done_before + now.done, (static_cast<double>(done_before) + its) / all});
    };
    EVENTSTORE_TRY_ASSIGN(side.collections,
                          make_past_collections(store_, *side.past, {&projection_}, side.file->path(),
                                                on_progress_ ? OnProgress{tell} : OnProgress{}, stop_));
    return {};
  }

  const Store& store_;
  const DiffProjection& parameters_;
  const ProjectionType& projection_;
  const OnProgress& on_progress_;
  const std::stop_token& stop_;
  PastSide before_{};
  PastSide after_{};
};

}  // namespace

Result<ProjectionDiffered> diff_projection(const Store& store, const DiffProjection& parameters,
                                           FunctionRef<Result<void>(const DocumentDiffered&)> on_document,
                                           const OnProgress& on_progress, std::stop_token stop) {
  const std::string names[]{parameters.name};
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(store.model(), names));
  const auto& projection = *projections.front();
  if (parameters.at.size() != 2)
    return failure(Errc::invalid_argument, "compare collections", parameters.name,
                   "give --at twice; the first moment is shown as before");
  Sides sides{store, parameters, projection, on_progress, stop};
  EVENTSTORE_TRY(sides.make());
  ProjectionDiffered differed{};
  differed.projection = parameters.name;
  differed.before_position = sides.before().position.value;
  differed.after_position = sides.after().position.value;
  const auto on_change = [&](const DocumentChange& change) -> Result<void> {
    if (stop.stop_requested()) return failure(Errc::stopped, "compare collections", parameters.name);
    if (differed.shown == parameters.limit) return {};
    ++differed.shown;
    return on_document(
        {change.id, change.organization, std::string{to_string(change.kind)}, {change.fields.to_json()}});
  };
  EVENTSTORE_TRY_ASSIGN(const auto counts, each_document_change(*sides.before().collections, *sides.after().collections,
                                                                projection.shape, on_change));
  differed.same = counts.same;
  differed.added = counts.added;
  differed.removed = counts.removed;
  differed.changed = counts.changed;
  return differed;
}

}  // namespace eventstore::app
