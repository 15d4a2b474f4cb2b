#pragma once
// The facts about one event that a projection gets.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/projection/detail/shared_place.hpp>

namespace eventstore {
inline namespace v1 {

/// A key that no two events share: an event id alone names an event within its stream only.
[[nodiscard]] std::string event_key(std::string_view stream, const EventId& id);

/// The state of a category that has none.
struct WithoutState {};

namespace detail {

template <class A> struct StateIn { using type = WithoutState; };
template <class A>
requires requires { typename A::State; }
struct StateIn<A> {
  using type = typename A::State;
};

}  // namespace detail

/// An event of the aggregate `A` with the state around it, or of a category without one. Lifetime: the call.
template <class A> struct Change {
  using State = typename detail::StateIn<A>::type;

  std::string_view key;
  std::string_view stream;
  // Where an upcaster of A may make several events of a stored one, to use these two does not compile.
  detail::PlaceIn<A, Version> version;
  detail::PlaceIn<A, Position> position;
  const Metadata& metadata;
  Timestamp opened_at;  ///< created_at of the stream's first event
  const State& before;
  const State& after;
  const RecordedEvent& stored;  ///< of which the event is one of those that it has become
  std::size_t ordinal;          ///< among those, from 0

  /// Of the stored event, which its other events share.
  [[nodiscard]] Version stored_version() const { return stored.version; }
  [[nodiscard]] Position stored_position() const { return stored.position; }
  /// A key that no other event has.
  [[nodiscard]] std::string event_key() const { return v1::event_key(stream, metadata.event_id); }
};

/// An event of any category. An expensive value is computed at its first use, and kept for all projections of the run.
/// Lifetime: the call. Threads: one at a time.
class AnyChange {
 public:
  /// `type` is null for a category that this build does not know. With `is_lost` the states are only places in the
  /// stream: retention dropped its first events without them. Everything is borrowed.
  AnyChange(const RecordedEvent& event, const Metadata& metadata, const AggregateType* type, const AnyState& before,
            const AnyState& after, const SchemaReader& schemas, bool is_lost = false)
      : event_{event},
        metadata_{metadata},
        type_{type},
        before_{before},
        after_{after},
        schemas_{schemas},
        is_lost_{is_lost} {}

  [[nodiscard]] const RecordedEvent& event() const { return event_; }
  [[nodiscard]] const Metadata& metadata() const { return metadata_; }
  [[nodiscard]] std::string_view category() const { return event_.stream.substr(0, event_.stream.find('-')); }
  /// Whether this build knows the category, and does not know the event's type: the states are then the same.
  [[nodiscard]] bool is_unknown() const {
    return type_ != nullptr && !is_lost_ && after_.passed_over.events != before_.passed_over.events;
  }
  [[nodiscard]] std::string_view key() const { return event_.stream.substr(event_.stream.find('-') + 1); }
  /// A key that no other event has.
  [[nodiscard]] const std::string& event_key() const;
  [[nodiscard]] const AnyState& before() const { return before_; }
  [[nodiscard]] const AnyState& after() const { return after_; }
  [[nodiscard]] const SchemaReader& schemas() const { return schemas_; }

  /// The event's data as JSON.
  [[nodiscard]] const std::string& data() const;
  /// The metadata besides id, time and organization, as a JSON object.
  [[nodiscard]] std::string metadata_json() const;
  /// The fields of the state that the event changed; none for a category without state. `before` of a stream's first
  /// event is empty.
  [[nodiscard]] const Changes& changes() const;
  /// The measurements that the event adds to analytics.
  [[nodiscard]] const std::vector<Measurement>& measurements() const;
  /// The action that the event's type names (`static constexpr auto audit_action = "delete";`); otherwise "create" for
  /// a stream's first event, or "update".
  [[nodiscard]] std::string_view audit_action() const;
  /// The line of the event in an audit, with what the aggregate's `audit` writes into it. Cost: changes(), and the
  /// event is decoded if its aggregate writes such lines; made at each call.
  [[nodiscard]] AuditLine audit_line() const;

  /// The first error of one of the functions above; its answer was then empty.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  void note(Result<void> result) const;
  // Whether the event may be shown to the aggregate's own code, with the states around it.
  [[nodiscard]] bool is_whole() const { return type_ != nullptr && !is_lost_ && !is_unknown(); }

  const RecordedEvent& event_;
  const Metadata& metadata_;
  const AggregateType* type_;
  const AnyState& before_;
  const AnyState& after_;
  const SchemaReader& schemas_;
  const bool is_lost_;
  mutable std::optional<std::string> event_key_;
  mutable std::optional<std::string> data_;
  mutable std::optional<Changes> changes_;
  mutable std::optional<Measurements> measurements_;
  mutable std::optional<Error> failure_;
};

}  // namespace v1
}  // namespace eventstore
