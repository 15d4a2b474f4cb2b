#include <bench/data.hpp>
#include <bench/workloads/decoders.hpp>

#include <eventstore/aggregate/fold.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/schema/codec.hpp>
#include <stdexcept>

namespace bench {
namespace {

namespace es = eventstore;

class EventstoreDecoder final : public Decoder {
 public:
  explicit EventstoreDecoder(const std::vector<ParcelEvent>& events) {
    for (std::size_t i = 0; i < events.size(); ++i)
      std::visit([&](const auto& typed) { append(typed, i + 1); }, events[i]);
    auto page = log_.read_stream(stream_, {.limit = events.size()});
    if (!page) throw std::runtime_error{page.error().message()};
    page_ = std::move(*page);
  }

  ParcelState replay() override {
    es::Loaded<Parcel> loaded;
    for (const auto& event : page_.events)
      if (auto folded = es::fold_one<Parcel>(loaded, event, metadata_, schemas_); !folded)
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
    es::NewEvent added{.stream = stream_, .type = E::event_type, .tenant = "default"};
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
  es::Metadata metadata_;
  es::Page page_;
};

}  // namespace

std::unique_ptr<Decoder> eventstore_decoder(const std::vector<ParcelEvent>& events) {
  return std::make_unique<EventstoreDecoder>(events);
}

}  // namespace bench
