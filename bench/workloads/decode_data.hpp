#pragma once
// A stream of three event types and the state that they add up to, for measuring replay alone.
#include <cstdint>
#include <eventstore/aggregate/concepts.hpp>
#include <eventstore/aggregate/lists.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/detail/describe.hpp>
#include <string>
#include <variant>
#include <vector>

namespace bench {

struct ParcelMoved {
  EVENTSTORE_EVENT(ParcelMoved, "ParcelMoved", (std::int64_t, latitude_micros), (std::int64_t, longitude_micros),
                   (std::int32_t, speed), (std::string, vehicle));
};
struct ParcelHandedOver {
  EVENTSTORE_EVENT(ParcelHandedOver, "ParcelHandedOver", (std::string, from), (std::string, to), (bool, is_signed),
                   (std::int64_t, weight_grams));
};
struct ParcelPriced {
  EVENTSTORE_EVENT(ParcelPriced, "ParcelPriced", (std::int64_t, cents), (double, discount), (std::string, currency));
};

/// What every decoder's replay must come to.
struct ParcelState {
  EVENTSTORE_FIELDS(ParcelState, (std::int64_t, distance), (std::int64_t, weight), (std::int64_t, cents),
                    (std::int64_t, letters), (std::int64_t, signatures));
};

struct Parcel {
  static constexpr auto category = "parcel";
  using events = eventstore::Events<ParcelMoved, ParcelHandedOver, ParcelPriced>;
  using State = ParcelState;
  static void evolve(State& state, const ParcelMoved& event) {
    state.distance += event.latitude_micros + event.longitude_micros + event.speed;
    state.letters += static_cast<std::int64_t>(event.vehicle.size());
  }
  static void evolve(State& state, const ParcelHandedOver& event) {
    state.weight += event.weight_grams;
    state.signatures += event.is_signed ? 1 : 0;
    state.letters += static_cast<std::int64_t>(event.from.size() + event.to.size());
  }
  static void evolve(State& state, const ParcelPriced& event) {
    state.cents += event.cents + static_cast<std::int64_t>(event.discount * 100);
    state.letters += static_cast<std::int64_t>(event.currency.size());
  }
};

using ParcelEvent = std::variant<ParcelMoved, ParcelHandedOver, ParcelPriced>;

/// The same events for the same `count`.
std::vector<ParcelEvent> parcel_events(std::size_t count);

/// What they add up to.
ParcelState parcel_state(const std::vector<ParcelEvent>& events);

}  // namespace bench
