#include <bench/filled.hpp>
#include <bench/registration.hpp>
#include <bench/workloads/workloads.hpp>

namespace bench {
namespace {

template <Peer P> void read_stream(benchmark::State& state) {
  const auto directory = filled<P>();
  const auto& history = imported_history();
  const auto& streams = history.streams();
  const MemoryWatch memory;
  P peer{directory, Appends::by_engine};
  auto reader = peer.reader();
  // Every stream once: the check, and then nothing is read for the first time.
  Digest all;
  for (const auto& stream : streams) reader.read_stream(stream, all);
  require(all == imported_digest(), "the streams do not hold what was imported");

  Latencies latencies;
  Digest read;
  std::uint64_t expected = 0;
  const std::size_t reads = streams.size() * 2;
  for ([[maybe_unused]] auto _ : state) {
    for (std::size_t i = 0; i < reads; ++i) {
      const auto chosen = mix(i) % streams.size();
      latencies.time([&] { reader.read_stream(streams[chosen], read); });
      expected += history.head(chosen);
    }
    state.SetIterationTime(latencies.seconds());
  }
  require(read.events == expected, "a stream was not read whole");
  state.SetItemsProcessed(static_cast<std::int64_t>(reads));
  state.SetBytesProcessed(static_cast<std::int64_t>(read.events * event_bytes));
  state.counters["events_per_second"] = static_cast<double>(read.events) / latencies.seconds();
  latencies.report(state);
  memory.report(state);
  report_disk(state, directory, history.size());
}

}  // namespace

void register_read_stream() {
  each_engine([]<class P>(Engine<P>) {
    measure("read_stream", P::name, "/events:" + std::to_string(options().events), read_stream<P>);
  });
}

}  // namespace bench
