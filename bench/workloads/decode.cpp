#include <bench/reference_check.hpp>
#include <bench/registration.hpp>
#include <bench/workloads/decoders.hpp>
#include <bench/workloads/workloads.hpp>

namespace bench {
namespace {

constexpr std::size_t event_count = 10'000;
constexpr int replays = 500;

using MakeDecoder = std::unique_ptr<Decoder> (*)(const std::vector<ParcelEvent>&);

void decode(benchmark::State& state, MakeDecoder make) {
  const auto events = parcel_events(event_count);
  const auto expected = parcel_state(events);
  const auto decoder = make(events);
  require(decoder->replay() == expected, "the replay comes to another state");
  const MemoryWatch memory;
  Latencies latencies;
  for ([[maybe_unused]] auto _ : state) {
    for (int i = 0; i < replays; ++i)
      require(latencies.time([&] { return decoder->replay(); }) == expected, "the replay comes to another state");
    state.SetIterationTime(latencies.seconds());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(event_count) * replays);
  state.SetBytesProcessed(static_cast<std::int64_t>(decoder->bytes()) * replays);
  state.counters["bytes_per_event"] = static_cast<double>(decoder->bytes()) / event_count;
  memory.report(state);
}

}  // namespace

void register_decode() {
  const auto add = [](std::string_view engine, MakeDecoder make) {
    measure("decode", engine, "/events:10000", [=](benchmark::State& state) { decode(state, make); });
  };
  add("eventstore", eventstore_decoder);
  add("eventstore_older", older_decoder);
  add("handwritten", handwritten_decoder);
  add("cereal_binary", cereal_decoder);
  add("json", json_decoder);
}

}  // namespace bench
