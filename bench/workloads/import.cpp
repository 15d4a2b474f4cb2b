#include <bench/filled.hpp>
#include <bench/registration.hpp>
#include <bench/warm_memory.hpp>
#include <bench/workloads/workloads.hpp>

namespace bench {
namespace {

constexpr std::size_t warm_bytes = 2048;  // an event

template <Peer P> void import(benchmark::State& state) {
  check_against_reference<P>(Appends::by_engine);
  auto& history = imported_history();
  Latencies latencies;
  const MemoryWatch memory;
  for ([[maybe_unused]] auto _ : state) {
    const FreshDirectory directory;
    P peer{directory.path(), Appends::by_engine};
    WarmMemory warm{history.size() * warm_bytes};
    Batch batch;
    for (std::size_t i = 0; i < history.size(); i += import_batch) {
      history.fill(batch, i, import_batch);
      warm.give_back(import_batch * warm_bytes);
      require(latencies.time([&] { return peer.append(batch, Sync::later); }), "an append was refused");
    }
    const auto start = Clock::now();
    peer.sync();
    state.SetIterationTime(latencies.seconds() + seconds_since(start));
    memory.report(state);
    report_disk(state, directory.path(), history.size());
    Digest found;
    peer.reader().scan(found);
    require(found == imported_digest(), "the store does not hold what was imported");
  }
  set_processed(state, history.size());
  latencies.report(state);
}

}  // namespace

void register_import() {
  each_engine([]<class P>(Engine<P>) {
    measure("import", P::name, "/events:" + std::to_string(options().events), import <P>);
  });
}

}  // namespace bench
