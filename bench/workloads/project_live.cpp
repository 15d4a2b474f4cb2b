// Keeping the collections of one campaign up to date, ten events a batch.
#include <aggregates/aggregates.hpp>
#include <bench/filled.hpp>
#include <bench/options.hpp>
#include <bench/projected/checked.hpp>
#include <bench/projected/projected_log.hpp>
#include <bench/registration.hpp>
#include <bench/store_directory.hpp>
#include <bench/workloads/workloads.hpp>

#include <fmt/format.h>

#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/projection/worker.hpp>

namespace bench {
namespace {

namespace es = eventstore;

constexpr std::size_t warm_events = 100;  // a worker that follows has met the campaign before
constexpr std::size_t events = 2'000;
constexpr std::size_t batch_events = 10;

// A copy of a log and its collections, to which events may be appended.
class LiveStore {
 public:
  explicit LiveStore(const ProjectedLog& projected, const std::vector<es::ProjectionType>& projections) {
    std::filesystem::copy(projected.log_directory(), directory_.path() / "log",
                          std::filesystem::copy_options::recursive);
    std::filesystem::copy(projected.reference(), directory_.path() / "collections.sqlite");
    log_ = checked(es::FileLog::open(files_, clock_, directory_.path() / "log"));
    collections_ = checked(es::SqliteCollections::open(directory_.path() / "collections.sqlite"));
    es::WorkerOptions options{};
    options.batch_events = batch_events;
    worker_.emplace(*log_, domain::all_aggregates(), *collections_, options);
    for (const auto& projection : projections) projections_.push_back(&projection);
  }

  [[nodiscard]] es::EventLog& log() { return *log_; }
  void run() {
    const auto report = checked(worker_->run(projections_));
    require(report.left.empty(), "a projection does not come to the end of the log");
  }
  [[nodiscard]] std::uint64_t documents() { return checked(collections_->count("audit_logs")); }

 private:
  FreshDirectory directory_;
  es::PosixFileSystem files_;
  es::SystemClock clock_;
  std::unique_ptr<es::FileLog> log_;
  std::unique_ptr<es::SqliteCollections> collections_;
  std::optional<es::ProjectionWorker> worker_;
  std::vector<const es::ProjectionType*> projections_;
};

}  // namespace

void register_project_live() {
  for (const std::size_t contacts : {std::size_t{100}, std::size_t{100'000}})
    measure("project_live", "eventstore", fmt::format("/contacts:{}", contacts), [=](benchmark::State& state) {
      const auto wanted = project_large(contacts, 1);
      const ProjectedLog projected{wanted};
      Latencies latencies;
      for ([[maybe_unused]] auto _ : state) {
        LiveStore store{projected, wanted.projections};
        append_late_contacts(store.log(), contacts, warm_events);
        store.run();
        append_late_contacts(store.log(), contacts, events);
        latencies.time([&] { store.run(); });
        require(store.documents() == projected.events() + warm_events + events, "an event has no audit line");
        state.SetIterationTime(latencies.seconds());
      }
      state.SetItemsProcessed(static_cast<std::int64_t>(events));
    });
}

}  // namespace bench
