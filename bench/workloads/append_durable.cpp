#include <bench/workloads/workloads.hpp>
#include <bench/workloads/writers.hpp>

namespace bench {
namespace {

template <Peer P> void append_durable(benchmark::State& state, std::size_t threads, Appends appends) {
  check_against_reference<P>(appends);
  auto made = writers(threads);
  const MemoryWatch memory;
  for ([[maybe_unused]] auto _ : state) {
    const FreshDirectory directory;
    P peer{directory.path(), appends};
    state.SetIterationTime(append_for_a_while(peer, made, 1));
    report_appends(state, peer, made);
    report_disk(state, directory.path(), static_cast<std::size_t>(state.items_processed()));
  }
  memory.report(state);
}

}  // namespace

void register_append_durable() {
  for (const std::size_t threads : {1U, 8U, 64U})
    each_engine([&]<class P>(Engine<P>) {
      const auto parameters = "/writers:" + std::to_string(threads);
      const auto add = [&](const std::string& suffix, Appends appends) {
        measure("append_durable", P::name, parameters + suffix,
                [=](benchmark::State& state) { append_durable<P>(state, threads, appends); });
      };
      if (!P::has_queue) return add("", Appends::by_engine);
      add("/queue:0", Appends::by_engine);
      if (threads > 1) add("/queue:1", Appends::queued);
    });
}

}  // namespace bench
