#pragma once
// The facts about one event that a projection gets.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/schema/diff.hpp>

namespace eventstore {
inline namespace v1 {

/// An event of the aggregate `A` with the state around it. Lifetime: the call.
template <class A> struct Change {
  std::string_view key;
  std::string_view stream;
  Version version;
  Position position;
  const Metadata& metadata;
  Timestamp opened_at;  ///< created_at of the stream's first event
  const typename A::State& before;
  const typename A::State& after;
};

/// An event of any category. An expensive value is computed at its first use, and kept for all projections of the run.
/// Lifetime: the call. Threads: one at a time.
class AnyChange {
 public:
  /// `type` is null for a category that this build does not know; everything is borrowed.
  AnyChange(const RecordedEvent& event, const Metadata& metadata, const AggregateType* type, const AnyState& before,
            const AnyState& after, const SchemaReader& schemas)
      : event_{event}, metadata_{metadata}, type_{type}, before_{before}, after_{after}, schemas_{schemas} {}

  [[nodiscard]] const RecordedEvent& event() const { return event_; }
  /// Whether the event is stored under the name of the described event `E`.
  template <DescribedEvent E> [[nodiscard]] bool is() const { return event_.type == E::event_type; }
  [[nodiscard]] const Metadata& metadata() const { return metadata_; }
  [[nodiscard]] std::string_view category() const { return event_.stream.substr(0, event_.stream.find('-')); }
  [[nodiscard]] std::string_view key() const { return event_.stream.substr(event_.stream.find('-') + 1); }
  [[nodiscard]] const AnyState& before() const { return before_; }
  [[nodiscard]] const AnyState& after() const { return after_; }
  [[nodiscard]] const SchemaReader& schemas() const { return schemas_; }

  /// The event's data as JSON.
  [[nodiscard]] const std::string& data() const;
  /// The metadata besides id, time and organization, as a JSON object.
  [[nodiscard]] std::string metadata_json() const;
  /// The fields of the state that the event changed; none for a category without state.
  [[nodiscard]] const Changes& changes() const;
  /// The measurements that the event adds to analytics.
  [[nodiscard]] const std::vector<Measurement>& measurements() const;
  /// The action that the event names itself ("execute"); otherwise "delete" for …Deleted, "create" for a stream's first
  /// event, or "update".
  [[nodiscard]] std::string_view audit_action() const;

  /// The first error of one of the functions above; its answer was then empty.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  void note(Result<void> result) const;

  const RecordedEvent& event_;
  const Metadata& metadata_;
  const AggregateType* type_;
  const AnyState& before_;
  const AnyState& after_;
  const SchemaReader& schemas_;
  mutable std::optional<std::string> data_;
  mutable std::optional<Changes> changes_;
  mutable std::optional<Measurements> measurements_;
  mutable std::optional<Error> failure_;
};

}  // namespace v1
}  // namespace eventstore
