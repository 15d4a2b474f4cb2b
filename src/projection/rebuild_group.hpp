#pragma once
// Private to the projection layer: rebuilds that read the log together.
#include "lane.hpp"

namespace eventstore {
inline namespace v1 {

/// Builds collections beside the live ones, which they then replace one after the other. Threads: one at a time.
/// Lifetime: borrows the worker, the options and the projections.
class ProjectionWorker::RebuildGroup {
 public:
  RebuildGroup(ProjectionWorker& worker, const RebuildOptions& options, std::stop_token stop);

  /// As ProjectionWorker::rebuild of several; called once.
  Result<void> rebuild(const Projections& projections, OnRebuilt on_rebuilt);

 private:
  struct One {
    const ProjectionType* projection;
    std::string name;  // of the collection that is built
    Position begun{};  // where this rebuild began, or went on
    Position at{};     // where the collection is
    bool is_new = true;
    bool is_done = false;
    bool is_ordered = false;  // its documents can be read in the order of their ids
    RebuildReport report{};
  };

  // rebuild.cpp
  Result<void> begin(const Projections& projections);
  Result<void> look_whether_begun(One& one);
  Result<void> ask_for_room();
  Result<void> begin(One& one);
  Result<void> fold();
  Result<void> make_indexes();

  // rebuild_group.cpp
  Result<void> each(FunctionRef<Result<void>(One&)> step);
  Result<void> bear(One& one, Result<void> done);
  Result<void> take_place(One& one);
  Result<void> tell(const One& one, OnRebuilt on_rebuilt) const;
  [[nodiscard]] bool is_stopped() const { return progress_.report.stopped; }
  [[nodiscard]] std::vector<One*> going_on();

  // bring_together.cpp
  Result<void> bring_together(const std::vector<One*>& ones);
  Result<void> open_lanes(One& one, std::vector<Lane>& lanes);
  Result<std::optional<Comparison>> compare_with_live(One& one);
  Result<std::optional<Comparison>> compare(One& one, const Checkpoint& live, const Checkpoint& rebuilt);

  ProjectionWorker& worker_;
  Collections& collections_;
  const RebuildOptions& options_;
  const std::stop_token stop_;
  Progress progress_{};
  std::vector<One> all_{};
};

}  // namespace v1
}  // namespace eventstore
