#include <bench/data.hpp>
#include <bench/workloads/decoders.hpp>

#include <eventstore/aggregate/fold.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/schema/codec.hpp>
#include <stdexcept>

namespace bench {
namespace {

namespace es = eventstore;

// The events as an older build would have written them: fewer fields, narrower ones, in another order.
struct OlderMoved {
  EVENTSTORE_EVENT(OlderMoved, "ParcelMoved", (std::string, vehicle), (std::int64_t, latitude_micros),
                   (std::int64_t, longitude_micros), (std::int16_t, speed), (bool, removed));
};
struct OlderHandedOver {
  EVENTSTORE_EVENT(OlderHandedOver, "ParcelHandedOver", (std::string, from), (std::string, removed), (std::string, to),
                   (bool, is_signed), (std::int32_t, weight_grams));
};
struct OlderPriced {
  EVENTSTORE_EVENT(OlderPriced, "ParcelPriced", (std::int64_t, cents), (float, discount), (std::string, currency));
};

OlderMoved older(const ParcelMoved& event) {
  return {event.vehicle, event.latitude_micros, event.longitude_micros, static_cast<std::int16_t>(event.speed), true};
}
OlderHandedOver older(const ParcelHandedOver& event) {
  return {event.from, "nothing", event.to, event.is_signed, static_cast<std::int32_t>(event.weight_grams)};
}
OlderPriced older(const ParcelPriced& event) {
  return {event.cents, static_cast<float>(event.discount), event.currency};
}

enum class Age : std::uint8_t { current, older };

class EventstoreDecoder final : public Decoder {
 public:
  EventstoreDecoder(const std::vector<ParcelEvent>& events, Age age) {
    for (std::size_t i = 0; i < events.size(); ++i)
      std::visit([&](const auto& typed) { age == Age::older ? append(older(typed), i + 1) : append(typed, i + 1); },
                 events[i]);
    auto page = log_.read_stream(stream_, {.limit = events.size()});
    if (!page) throw std::runtime_error{page.error().message()};
    page_ = std::move(*page);
  }

  ParcelState replay() override {
    es::Loaded<Parcel> loaded;
    if (auto folded = es::fold(loaded, page_.events, schemas_); !folded)
      throw std::runtime_error{folded.error().message()};
    return loaded.state;
  }
  std::size_t bytes() const override {
    std::size_t total = 0;
    for (const auto& event : page_.events) total += event.data.size();
    return total;
  }

 private:
  template <class E> void append(const E& event, std::size_t number) {
    const auto& schema = es::schema_of<E>();
    const auto data = es::encode(event);
    const auto record = schema.record();
    es::NewEvent added{.stream = stream_, .type = E::event_type, .organization = "default"};
    const auto bits = mix(number);
    std::memcpy(added.id.uuid.octets.data(), &bits, sizeof bits);
    added.schema = schema.id;
    added.data = data;
    const auto receipt = log_.append({.events = {&added, 1}, .expectations = {}, .schemas = {&record, 1}});
    if (!receipt) throw std::runtime_error{receipt.error().message()};
  }

  es::StreamId stream_ = es::StreamId::trusted("parcel-1");
  es::SystemClock clock_;
  es::MemoryLog log_{clock_};
  es::SchemaReader schemas_{log_};
  es::Page page_;
};

}  // namespace

std::unique_ptr<Decoder> eventstore_decoder(const std::vector<ParcelEvent>& events) {
  return std::make_unique<EventstoreDecoder>(events, Age::current);
}
std::unique_ptr<Decoder> older_decoder(const std::vector<ParcelEvent>& events) {
  return std::make_unique<EventstoreDecoder>(events, Age::older);
}

}  // namespace bench
