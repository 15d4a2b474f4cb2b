#pragma once
// Replay: from recorded events to state.
#include <eventstore/aggregate/read_event.hpp>
#include <eventstore/aggregate/unknown_events.hpp>
#include <optional>
#include <span>

namespace eventstore {
inline namespace v1 {

/// A state and the place in its stream that it reflects.
template <class A> struct Loaded {
  typename A::State state{};
  Version version{};
  Position position{};
  Timestamp created_at{};  ///< of the stream's first event
  Timestamp updated_at{};  ///< of its last
  std::string organization{};
  PassedOver passed_over{};  ///< events that the state is without
};

/// Evolves `state` by `event`.
template <Aggregate A, class E> void evolve(typename A::State& state, const E& event, const Metadata& metadata) {
  if constexpr (detail::EvolvesPlainly<A, E>)
    A::evolve(state, event);
  else
    A::evolve(state, event, metadata);
}

/// As above, by one of the events that a stored event with `metadata` becomes.
template <Aggregate A, class E>
void evolve(typename A::State& state, const E& event, const Metadata& metadata, const EventPart& part) {
  if (part.ordinal == 0) [[likely]]
    evolve<A>(state, event, metadata);
  else
    evolve<A>(state, event, part_metadata(metadata, part.ordinal));
}

namespace detail {

// Evolves a state by one event after another. Metadata is read only for events that are evolved with it, and only
// where it is not known already.
template <Aggregate A> class Replay {
 public:
  // `passed_over` is null where an event of an unknown type is an error.
  Replay(typename A::State& state, const SchemaReader& schemas, const Metadata* known, PassedOver* passed_over)
      : state_{state}, schemas_{schemas}, known_{known}, passed_over_{passed_over} {}

  // False: result() has the reason.
  bool step(const RecordedEvent& recorded) {
    const auto use = [this, &recorded]<class E>(const E& event, const EventPart& part) {
      if constexpr (EvolvesPlainly<A, E>)
        A::evolve(state_, event);
      else if (read_metadata(recorded, part))
        A::evolve(state_, event, metadata_);
    };
    read_event<A>(static_cast<const typename A::events*>(nullptr), recorded, schemas_, use, result_);
    if (damage_) [[unlikely]]
      result_ = failure(std::move(*damage_));
    return result_.has_value() || pass_over(recorded);
  }
  [[nodiscard]] Result<void>& result() { return result_; }

 private:
  bool pass_over(const RecordedEvent& recorded) {
    if (unknown_events<A>() == UnknownEvents::refuse || passed_over_ == nullptr) return false;
    if (result_.error().code != Errc::unknown_event_type) return false;
    note(*passed_over_, recorded);
    result_ = {};
    return true;
  }
  bool read_metadata(const RecordedEvent& recorded, const EventPart& part) {
    if (known_ != nullptr) {
      metadata_ = *known_;
    } else if (auto read = metadata_into(recorded, metadata_); !read) {
      damage_ = std::move(read.error());
      return false;
    }
    if (part.ordinal != 0) metadata_.event_id = part_id(recorded.id, part.ordinal);
    return true;
  }

  typename A::State& state_;
  const SchemaReader& schemas_;
  const Metadata* known_;
  PassedOver* passed_over_;
  Metadata metadata_{};
  std::optional<Error> damage_;
  Result<void> result_{};
};

// The events of a stream whose version is at most `last`.
std::span<const RecordedEvent> up_to(std::span<const RecordedEvent> events, Version last);

// `metadata`: of the one event in `events`, where the caller has read it. `passed_over`: null where an event of an
// unknown type is an error. One copy serves all who replay A.
template <Aggregate A>
[[gnu::noinline]] Result<void> fold_into(typename A::State& state, std::span<const RecordedEvent> events,
                                         const SchemaReader& schemas, const Metadata* metadata,
                                         PassedOver* passed_over) {
  constexpr std::size_t ahead = 8;  // bytes are fetched into the processor's cache while events before are folded
  Replay<A> replay{state, schemas, metadata, passed_over};
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (i + ahead < events.size()) __builtin_prefetch(events[i + ahead].data.data());
    if (!replay.step(events[i])) [[unlikely]]
      break;
  }
  return std::move(replay.result());
}

}  // namespace detail

/// Evolves `state` by a recorded event of A's category. An event of a type that this build does not know is added to
/// `passed_over`, if it is not null and A does not refuse such events. Errors: as with_events; `state` is then void.
template <Aggregate A>
Result<void> evolve_recorded(typename A::State& state, const RecordedEvent& recorded, const Metadata& metadata,
                             const SchemaReader& schemas, PassedOver* passed_over = nullptr) {
  return detail::fold_into<A>(state, {&recorded, 1}, schemas, &metadata, passed_over);
}

/// Folds a stream's next events into `loaded`, in order, up to and with version `last`.
/// Events of types that this build does not know are passed over, unless A refuses them.
/// Errors: as with_events; corrupt_record also for metadata. `loaded` is then void.
template <Aggregate A>
Result<void> fold(Loaded<A>& loaded, std::span<const RecordedEvent> events, const SchemaReader& schemas,
                  Version last = Version{~std::uint64_t{0}}) {
  events = detail::up_to(events, last);
  if (events.empty()) return {};
  EVENTSTORE_TRY(detail::fold_into<A>(loaded.state, events, schemas, nullptr, &loaded.passed_over));
  if (loaded.version == Version{0}) {
    loaded.created_at = events.front().created_at;
    loaded.organization = events.front().organization;
  }
  loaded.version = events.back().version;
  loaded.position = events.back().position;
  loaded.updated_at = events.back().created_at;
  return {};
}

namespace detail {

// Gives the states before and after each event; it computes the states between the events of an upcaster.
template <class A, class Use> class AroundEvents {
 public:
  static constexpr bool is_seldom = true;
  template <class E>
  static constexpr bool wants = requires(Use& use, const E& event, const typename A::State& state,
                                         const EventPart& part) {
    use(event, state, state, part);
  };

  AroundEvents(const RecordedEvent& recorded, const typename A::State& before, const typename A::State& after, Use& use)
      : recorded_{recorded}, before_{before}, after_{after}, use_{use} {}

  template <class E> void operator()(const E& event, const EventPart& part) {
    if (!part.upcast) {
      if constexpr (wants<E>) use_(event, before_, after_, part);
      return;
    }
    if (!latest_ && !begin()) return;
    const auto preceding = *latest_;
    evolve<A>(*latest_, event, *metadata_, part);
    if constexpr (wants<E>) use_(event, preceding, *latest_, part);
  }

  std::optional<Error> damage;

 private:
  bool begin() {
    auto metadata = metadata_of(recorded_);
    if (!metadata) {
      damage = std::move(metadata.error());
      return false;
    }
    metadata_ = std::move(*metadata);
    latest_ = before_;
    return true;
  }

  const RecordedEvent& recorded_;
  const typename A::State& before_;
  const typename A::State& after_;
  Use& use_;
  std::optional<Metadata> metadata_;
  std::optional<typename A::State> latest_;
};

}  // namespace detail

/// Calls `use(event, before, after, part)` with each event of today that `recorded` becomes, and the states before and
/// after it. The parameters `before` and `after` are the states around the stored event. Events that `use` does not
/// take are passed over. Errors: as with_events.
template <Aggregate A, class Use>
Result<void> with_changes(const RecordedEvent& recorded, const typename A::State& before,
                          const typename A::State& after, const SchemaReader& schemas, Use&& use) {
  detail::AroundEvents<A, std::remove_reference_t<Use>> around{recorded, before, after, use};
  EVENTSTORE_TRY(with_events<A>(recorded, schemas, around));
  if (around.damage) return failure(std::move(*around.damage));
  return {};
}

}  // namespace v1
}  // namespace eventstore
