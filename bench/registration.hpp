#pragma once
// How a workload becomes benchmarks, one for each engine, under the names that bench/compare knows.
#include <bench/measures.hpp>
#include <bench/peers/eventstore_peer.hpp>
#include <bench/peers/limit_peer.hpp>
#include <bench/peers/lmdb_peer.hpp>
#include <bench/peers/rocksdb_peer.hpp>
#include <bench/peers/sqlite_peer.hpp>

#include <string>

namespace bench {

/// Registers "<workload>/<engine><parameters>". `run(state)` measures by itself and sets the iteration's time; what it
/// throws is the benchmark's error.
template <class Run>
benchmark::internal::Benchmark* measure(std::string_view workload, std::string_view engine,
                                        const std::string& parameters, Run run) {
  const auto name = std::string{workload} + "/" + std::string{engine} + parameters;
  return benchmark::RegisterBenchmark(name.c_str(),
                                      [run](benchmark::State& state) {
                                        try {
                                          run(state);
                                        } catch (const std::exception& problem) {
                                          state.SkipWithError(problem.what());
                                        }
                                      })
      ->UseManualTime()
      ->Iterations(1);
}

template <class P> struct Engine { using type = P; };

/// Calls `each(Engine<P>{})` for every engine.
template <class Each> void each_engine(Each each) {
  static_assert(Peer<EventstorePeer> && Peer<SqlitePeer> && Peer<RocksdbPeer> && Peer<LmdbPeer> && Peer<LimitPeer>);
  each(Engine<EventstorePeer>{});
  each(Engine<SqlitePeer>{});
  each(Engine<RocksdbPeer>{});
  each(Engine<LmdbPeer>{});
  each(Engine<LimitPeer>{});
}

/// The bytes that count as processed for one event: those that its writer gave.
inline constexpr std::size_t event_bytes = 40 + 17 + metadata_bytes + payload_bytes;

inline void set_processed(benchmark::State& state, std::uint64_t events) {
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
  state.SetBytesProcessed(static_cast<std::int64_t>(events * event_bytes));
}

}  // namespace bench
