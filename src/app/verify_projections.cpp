#include <eventstore/app/verify_projections.hpp>

#include <utility>
#include <vector>

#include "projection_work.hpp"

namespace eventstore::app {
namespace {

constexpr std::size_t named_max = 20;

ProjectionVerified row_of(const std::string& name, const RebuildReport& report, double seconds) {
  const auto run = app::row_of(static_cast<const RunReport&>(report), seconds);
  ProjectionVerified row{};
  row.projection = name;
  row.position = run.position;
  row.seconds = run.seconds;
  row.events_per_second = run.events_per_second;
  if (report.error) {
    row.verified = "unknown";
    row.reason = report.error->message();
    return row;
  }
  const auto& compared = *report.comparison;
  row.verified = compared.is_same() ? "right" : "wrong";
  row.right = compared.same;
  row.missing = compared.added;
  row.surplus = compared.removed;
  row.changed = compared.changed;
  for (const auto& each : compared.examples)
    (row.wrong ? *row.wrong : row.wrong.emplace())
        .push_back({each.id, unless_empty(each.field), unless_empty(each.before), unless_empty(each.after)});
  return row;
}

Error not_together(const ProjectionType& projection) {
  return {Errc::locked, "verify projection", projection.name(),
          "the collection cannot be brought to one position with the log: look at `project status`, and try again"};
}

// What is told of the projections that are verified.
class Verified {
 public:
  Verified(const Clock& clock, Collections& collections, bool is_alone,
           FunctionRef<Result<void>(const ProjectionVerified&)> on_verified)
      : watch_{clock}, collections_{collections}, is_alone_{is_alone}, on_verified_{on_verified} {}

  Result<void> add(const ProjectionType& projection, RebuildReport report) {
    if (report.stopped)
      return failure(Errc::stopped, "verify projection", projection.name(), "run the same command again to continue");
    const bool is_together =
        report.comparison && report.comparison->before_position == report.comparison->after_position;
    if (!report.error && !is_together) report.error = not_together(projection);
    if (report.error && is_alone_) return failure(std::move(*report.error));
    all_right_ = all_right_ && !report.error && report.comparison->is_same();
    auto row = row_of(projection.name(), report, watch_.seconds());
    if (!report.error) {
      EVENTSTORE_TRY_ASSIGN(row.certificate, certificate_of(collections_, projection.shape));
      // Values that read alike may be stored otherwise, as 1.5 in a field of whole numbers.
      if (row.certificate->note) row.verified = "wrong";
      all_right_ = all_right_ && row.verified == "right";
      if (row.verified == "right") EVENTSTORE_TRY(certify(projection.shape, *row.certificate));
    }
    return on_verified_(row);
  }
  [[nodiscard]] bool all_right() const { return all_right_; }

 private:
  // The digest of documents that are right is kept from now on, where none was.
  Result<void> certify(const CollectionShape& shape, const ProjectionCertificate& found) {
    EVENTSTORE_TRY_ASSIGN(const auto made, collections_.certificate(shape.name));
    if (made.digest || !found.digest) return {};
    EVENTSTORE_TRY(collections_.keep_digest(shape, shape.name));
    return {};
  }

  const Watch watch_;
  Collections& collections_;
  const bool is_alone_;
  FunctionRef<Result<void>(const ProjectionVerified&)> on_verified_;
  bool all_right_ = true;
};

}  // namespace

Result<bool> verify_projections(Store& store, const VerifyProjections& parameters,
                                FunctionRef<Result<void>(const ProjectionVerified&)> on_verified,
                                const ProjectionOptions& options, std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(store.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto lock, only_rebuild(store));
  EVENTSTORE_TRY_ASSIGN(const auto worker, worker_of(store, options));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  Verified verified{store.clock(), *collections, projections.size() == 1, on_verified};
  std::vector<const ProjectionType*> live;
  for (const auto* const projection : projections) {
    auto is_live = check_live(store.log(), *projection, *collections, store.model().aggregates);
    if (is_live) {
      live.push_back(projection);
      continue;
    }
    RebuildReport report{};
    report.error = std::move(is_live.error());
    EVENTSTORE_TRY(verified.add(*projection, std::move(report)));
  }
  RebuildOptions how{};
  how.compare_only = true;
  how.discard = true;
  how.examples_max = named_max;
  const auto add = [&](const ProjectionType& projection, const RebuildReport& report) {
    return verified.add(projection, report);
  };
  EVENTSTORE_TRY(worker->rebuild(live, add, std::move(stop), how));
  return verified.all_right();
}

}  // namespace eventstore::app
