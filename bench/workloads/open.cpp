#include <bench/filled.hpp>
#include <bench/registration.hpp>
#include <bench/workloads/workloads.hpp>

namespace bench {
namespace {

constexpr int opens = 5;

// Until the first stream has been read.
template <Peer P> void open(benchmark::State& state, bool is_cold) {
  const auto directory = filled<P>();
  const auto& history = imported_history();
  const auto chosen = history.streams().size() / 2;
  const MemoryWatch memory;
  Latencies latencies;
  for ([[maybe_unused]] auto _ : state) {
    for (int i = 0; i < opens; ++i) {
      if (is_cold) drop_cached(directory);
      std::unique_ptr<P> peer;
      Digest read;
      latencies.time([&] {
        peer = std::make_unique<P>(directory, Appends::by_engine);
        auto reader = peer->reader();
        reader.read_stream(history.streams()[chosen], read);
      });
      require(read.events == history.head(chosen), "the stream was not read whole");
    }
    state.SetIterationTime(latencies.seconds());
  }
  state.SetItemsProcessed(opens);
  latencies.report(state);
  memory.report(state);
}

}  // namespace

void register_open() {
  for (const bool is_cold : {false, true})
    each_engine([&]<class P>(Engine<P>) {
      const auto parameters = "/events:" + std::to_string(options().events) + (is_cold ? "/cache:cold" : "/cache:warm");
      measure("open", P::name, parameters, [=](benchmark::State& state) { open<P>(state, is_cold); });
    });
}

}  // namespace bench
