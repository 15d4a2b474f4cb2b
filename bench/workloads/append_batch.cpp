#include <bench/warm_memory.hpp>
#include <bench/workloads/workloads.hpp>
#include <bench/workloads/writers.hpp>

namespace bench {
namespace {

constexpr std::size_t batch_events = 100;
constexpr std::size_t warm_bytes = std::size_t{2} << 30;

template <Peer P> void append_batch(benchmark::State& state) {
  check_against_reference<P>(Appends::by_engine);
  std::vector<std::unique_ptr<Writer>> made;
  made.push_back(std::make_unique<Writer>(0));
  made.front()->history = History{1'000'000, 1};
  WarmMemory{warm_bytes}.give_back(warm_bytes);
  const MemoryWatch memory;
  for ([[maybe_unused]] auto _ : state) {
    const FreshDirectory directory;
    P peer{directory.path(), Appends::by_engine};
    state.SetIterationTime(append_for_a_while(peer, made, batch_events));
    report_appends(state, peer, made);
    report_disk(state, directory.path(), static_cast<std::size_t>(state.items_processed()));
  }
  memory.report(state);
}

}  // namespace

void register_append_batch() {
  each_engine([]<class P>(Engine<P>) { measure("append_batch", P::name, "/events:100", append_batch<P>); });
}

}  // namespace bench
