#include <bench/filled.hpp>
#include <bench/registration.hpp>
#include <bench/workloads/workloads.hpp>

namespace bench {
namespace {

constexpr int scans = 3;

// Everything in order, or one type of it; once unmeasured, so that nothing is read for the first time.
template <Peer P> void scan(benchmark::State& state, bool is_filtered) {
  const auto directory = filled<P>();
  const auto& expected = is_filtered ? imported_digest_of_type() : imported_digest();
  const MemoryWatch memory;
  P peer{directory, Appends::by_engine};
  auto reader = peer.reader();
  const auto run = [&] {
    Digest found;
    if (is_filtered)
      reader.scan_filtered(type_name(filtered_type), found);
    else
      reader.scan(found);
    require(found == expected, "the scan does not give what was imported");
  };
  run();
  Latencies latencies;
  for ([[maybe_unused]] auto _ : state) {
    for (int i = 0; i < scans; ++i) latencies.time(run);
    state.SetIterationTime(latencies.seconds());
  }
  // The rate counts the log's events, those that the filter withholds too.
  set_processed(state, imported_history().size() * scans);
  memory.report(state);
  report_disk(state, directory, imported_history().size());
}

}  // namespace

void register_scan() {
  const auto parameters = "/events:" + std::to_string(options().events);
  each_engine([&]<class P>(Engine<P>) {
    measure("scan", P::name, parameters, [](benchmark::State& state) { scan<P>(state, false); });
  });
  each_engine([&]<class P>(Engine<P>) {
    measure("scan_filtered", P::name, parameters, [](benchmark::State& state) { scan<P>(state, true); });
  });
}

}  // namespace bench
