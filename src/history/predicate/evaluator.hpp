#pragma once
// Private to history: runs a program at a step.
#include <eventstore/history/predicate.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <memory>
#include <optional>
#include <vector>
#include "event_source.hpp"
#include "item.hpp"
#include "program.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// Threads: one at a time.
class Evaluator {
 public:
  /// `schemas` outlives this.
  Evaluator(std::shared_ptr<const Program> program, const SchemaReader& schemas);

  void begin() { previous_.reset(); }
  /// Keeps what the program asks of the event before.
  void keep_previous(const RecordedEvent& event, const Metadata& metadata);
  /// Errors: as EventSource::data.
  Result<bool> holds(const Step& step);
  [[nodiscard]] const Program& program() const { return *program_; }

 private:
  Scalar evaluate(const Node& node);
  Scalar evaluate_path(const Node& node);
  [[nodiscard]] bool truth(std::uint32_t id) { return evaluate(node(id)).is_true(); }
  [[nodiscard]] bool comparison(const Node& node);
  [[nodiscard]] bool is_in(const Node& node);
  [[nodiscard]] bool contains(const Node& node);
  [[nodiscard]] bool in_text(const Node& node);
  [[nodiscard]] bool exists(const Node& node);
  [[nodiscard]] bool elements(const Node& node);
  Scalar sum(const Node& node);
  Scalar size(const Node& node);

  // What the path of `node` leads to; its free data lies in a document of that path alone.
  Item item(const Node& node);
  Item begin_of(const Path& path);
  Item refuse_secret(const Path& path);
  Item state_of(const AnyState& state) const;
  [[nodiscard]] Scalar event_member(const Path& path);
  JsonDocument& document(std::uint32_t index);
  [[nodiscard]] const Node& node(std::uint32_t id) const { return program_->nodes[id]; }

  std::shared_ptr<const Program> program_;
  std::vector<std::unique_ptr<JsonDocument>> documents_;
  EventSource event_;
  EventSource before_event_;
  PreviousEvent kept_;
  std::optional<RecordedEvent> previous_{};  // views of kept_
  const Step* step_ = nullptr;
  Item element_{};
  std::string_view key_{};
  std::optional<Error> error_{};  // the first of the step
};

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
