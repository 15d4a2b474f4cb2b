#include <eventstore/app/import.hpp>
#include <eventstore/app/init.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "scratch_file.hpp"

namespace eventstore::app {
namespace {

constexpr const char* initialising = "initialise store";

void warn(const InitWatch& watch, const std::string& sentence) {
  if (watch.on_warning) watch.on_warning(sentence);
}

// Also those that are made up only where they are named.
std::vector<std::string> made_up_categories(const Model& model) {
  std::vector<std::string> categories;
  for (const auto& type : model.aggregates)
    if (type.make_up) categories.push_back(type.category);
  return categories;
}

// An import reads lines from a file, so that it checks them as everybody's.
Result<void> write_sample(const Store& store, const InitStore& parameters, const std::string& path) {
  std::ofstream file{path, std::ios::binary};
  const auto keep = [&](std::string_view line) -> Result<void> {
    file << line << '\n';
    return file ? Result<void>{} : failure(Errc::io_failed, initialising, path, "the made-up data cannot be kept");
  };
  Generate wanted{};
  wanted.events = parameters.events;
  wanted.seed = parameters.seed;
  wanted.category = made_up_categories(store.model());
  EVENTSTORE_TRY(generate(store.model().aggregates, wanted, keep));
  file.close();
  return file ? Result<void>{} : failure(Errc::io_failed, initialising, path, "the made-up data cannot be kept");
}

Result<std::uint64_t> add_sample(Store& store, const InitStore& parameters, std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto file, ScratchFile::temporary(store));
  EVENTSTORE_TRY(write_sample(store, parameters, file.path()));
  EVENTSTORE_TRY_ASSIGN(auto source, LineSource::open(file.path()));
  Import how{};
  how.file = file.path();
  EVENTSTORE_TRY_ASSIGN(auto refused, RefusedLines::open(how.on_error, source));
  ImportCounts counts{};
  ImportWatch watch{};
  watch.stop = std::move(stop);
  EVENTSTORE_TRY(import(store.event_log(), store.model(), how, source, refused, counts, watch));
  return counts.appended;
}

Result<std::vector<std::string>> collection_names(Store& store) {
  const auto opened = store.readable_collections();
  if (!opened && opened.error().code == Errc::not_found) return std::vector<std::string>{};
  if (!opened) return tl::unexpected<Error>{opened.error()};
  return (*opened)->names();
}

Result<void> make_collections(Store& store, const InitWatch& watch, const std::stop_token& stop) {
  const auto on_run = [&](const ProjectionRun& run) -> Result<void> {
    if (!run.stopped) return {};
    return failure(Errc::stopped, initialising, store.directory(), "run the same command again to continue");
  };
  const auto on_left = [&](const ProjectionLeft& left) {
    warn(watch, to_text(left) + "; remove the cause, and run `init` again to make the rest");
  };
  return run_projections(store, {}, on_run, on_left, watch.projections, stop);
}

// The index by which a document is found by its `_id` counts too.
std::uint64_t indexes_of(const Model& model, const std::string& projection) {
  for (const auto& each : model.projections)
    if (each.name() == projection) return each.shape.indexes.size() + 1;
  return 0;
}

}  // namespace

Result<StoreMade> init_store(Store& store, const InitStore& parameters, const InitWatch& watch, std::stop_token stop) {
  StoreMade made{};
  made.store = store.directory();
  EVENTSTORE_TRY_ASSIGN(const Position before, store.log().head());
  EVENTSTORE_TRY_ASSIGN(const auto names_before, collection_names(store));
  if (parameters.sample && before != Position{0} && !parameters.force) {
    warn(watch, fmt::format("the store has events up to position {} already, so no made-up data was added: --force "
                            "adds it all the same",
                            before.value));
  } else if (parameters.sample) {
    EVENTSTORE_TRY_ASSIGN(const auto added, add_sample(store, parameters, stop));
    made.made_up = added;
  }
  EVENTSTORE_TRY(make_collections(store, watch, stop));
  EVENTSTORE_TRY_ASSIGN(const Position head, store.log().head());
  made.events = head.value;
  EVENTSTORE_TRY(list_projections(store, [&](const ProjectionState& state) -> Result<void> {
    if (state.health != to_string(ProjectionStatus::Health::live)) return {};
    ++made.collections;
    made.indexes += indexes_of(store.model(), state.projection);
    made.documents += state.documents;
    if (std::find(names_before.begin(), names_before.end(), state.projection) == names_before.end())
      made.made.push_back(state.projection);
    return {};
  }));
  return made;
}

}  // namespace eventstore::app
