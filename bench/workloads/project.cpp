// Making collections from a log, from nothing: on eventstore, as written by hand, and SQLite alone.
#include <bench/filled.hpp>
#include <bench/options.hpp>
#include <bench/projected/collections_file.hpp>
#include <bench/projected/handwritten.hpp>
#include <bench/projected/projected_log.hpp>
#include <bench/projected/ready_rows.hpp>
#include <bench/registration.hpp>
#include <bench/store_directory.hpp>
#include <bench/workloads/workloads.hpp>

#include <fmt/format.h>

#include <functional>

namespace bench {
namespace {

using MakeProjected = std::function<Projected()>;
/// Makes the collections in the new file.
using Fill = std::function<void(const std::filesystem::path& file)>;

struct Size {
  std::size_t contacts;
  std::size_t campaigns;
  int runs;  ///< of a size that is over at once, several are measured
};

// A run counts only if it has come to the collections that eventstore makes.
void measure_fill(benchmark::State& state, const ProjectedLog& projected, int runs, const Fill& fill) {
  const MemoryWatch memory;
  Latencies latencies;
  for ([[maybe_unused]] auto _ : state) {
    for (int i = 0; i < runs; ++i) {
      const FreshDirectory directory;
      const auto file = directory.path() / "collections.sqlite";
      latencies.time([&] { fill(file); });
      if (i == 0) memory.report(state);
      require_same_collections(projected.reference(), file);
      if (i == 0) report_disk(state, directory.path(), projected.events());
    }
    state.SetIterationTime(latencies.seconds());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(projected.events()) * runs);
}

void measure_project(std::string_view workload, const std::string& parameters, int runs, const MakeProjected& make) {
  measure(workload, "eventstore", parameters, [=](benchmark::State& state) {
    const auto wanted = make();
    const ProjectedLog projected{wanted};
    measure_fill(state, projected, runs, [&](const std::filesystem::path& file) {
      project_by_eventstore(projected.log(), wanted.projections, file);
    });
  });
  measure(workload, "sqlite_handwritten", parameters, [=](benchmark::State& state) {
    const auto wanted = make();
    const ProjectedLog projected{wanted};
    const auto layout = layout_of(projected.reference());
    const auto project = wanted.projections.size() == 1 ? project_analytics_by_hand : project_by_hand;
    measure_fill(state, projected, runs, [&](const std::filesystem::path& path) {
      CollectionsFile file{path, layout};
      project(projected.log(), file);
    });
  });
  measure(workload, "limit", parameters, [=](benchmark::State& state) {
    const ProjectedLog projected{make()};
    const auto layout = layout_of(projected.reference());
    const ReadyRows rows{projected.reference(), layout};
    measure_fill(state, projected, runs, [&](const std::filesystem::path& path) {
      CollectionsFile file{path, layout};
      rows.write(file);
      file.finish();
    });
  });
}

}  // namespace

void register_project() {
  const auto events = options().projected;
  const auto parameters = fmt::format("/events:{}", events);
  measure_project("project_all", parameters, 1, [=] { return project_all(events); });
  measure_project("project_one", parameters, 3, [=] { return project_one(events); });
  // What a run costs besides its events weighs more on a small campaign: many of them in one log tell both apart.
  for (const auto& [contacts, campaigns, runs] :
       {Size{100, 1, 10}, Size{1'000, 1, 10}, Size{10'000, 1, 1}, Size{100'000, 1, 1}, Size{100, 300, 1}})
    measure_project("project_large",
                    campaigns == 1 ? fmt::format("/contacts:{}", contacts)
                                   : fmt::format("/contacts:{}/campaigns:{}", contacts, campaigns),
                    runs, [contacts = contacts, campaigns = campaigns] { return project_large(contacts, campaigns); });
}

}  // namespace bench
