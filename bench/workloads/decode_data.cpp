#include <bench/data.hpp>
#include <bench/workloads/decode_data.hpp>

#include <fmt/format.h>

namespace bench {

std::vector<ParcelEvent> parcel_events(std::size_t count) {
  std::vector<ParcelEvent> events;
  for (std::size_t i = 0; i < count; ++i) {
    const auto bits = static_cast<std::int64_t>(mix(i) >> 32);
    if (i % 4 == 3)
      events.emplace_back(ParcelHandedOver{.from = fmt::format("courier-{:08x}-{:020}", bits, i),
                                           .to = fmt::format("courier-{:08x}-{:020}", bits * 7, i),
                                           .is_signed = bits % 2 == 0,
                                           .weight_grams = bits % 30'000});
    else if (i % 16 == 0)
      events.emplace_back(ParcelPriced{.cents = bits % 100'000, .discount = 0.25, .currency = "BRL"});
    else
      events.emplace_back(ParcelMoved{.latitude_micros = bits,
                                      .longitude_micros = -bits / 3,
                                      .speed = static_cast<std::int32_t>(bits % 120),
                                      .vehicle = fmt::format("vehicle-{:016x}", bits)});
  }
  return events;
}

ParcelState parcel_state(const std::vector<ParcelEvent>& events) {
  ParcelState state;
  for (const auto& event : events) std::visit([&](const auto& typed) { Parcel::evolve(state, typed); }, event);
  return state;
}

}  // namespace bench
