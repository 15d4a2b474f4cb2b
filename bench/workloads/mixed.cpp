#include <bench/workloads/workloads.hpp>
#include <bench/workloads/writers.hpp>

#include <array>
#include <chrono>
#include <thread>
#include <utility>

namespace bench {
namespace {

constexpr std::size_t writer_count = 8;
constexpr std::size_t reader_count = 8;
constexpr std::size_t events_before = 100'000;
constexpr std::size_t batch_before = 1000;

// How fast a thread reads.
enum class Pace : std::uint8_t { without_a_pause, held };
// Of a reader whose pace is held: the same for every engine, and slower than each of them can.
constexpr std::chrono::microseconds between_reads{1000};

// Threads that read streams at random until they are told to end.
template <Peer P> class Readers {
 public:
  Readers(P& peer, const History& history, Pace pace) : pace_{pace} {
    for (std::size_t i = 0; i < reader_count; ++i)
      threads_.emplace_back([this, reader = peer.reader(), &history, i, &latencies = latencies_[i]]() mutable {
        try {
          read(reader, history, i, latencies);
        } catch (...) {
          failed_ = true;
        }
      });
  }
  Latencies end() {
    over_ = true;
    threads_.clear();
    require(!failed_, "a reader met an error or an incomplete stream");
    Latencies all;
    for (const auto& latencies : latencies_) all.merge(latencies);
    return all;
  }

 private:
  void read(typename P::Reader& reader, const History& history, std::size_t number, Latencies& latencies) {
    auto due = std::chrono::steady_clock::now();
    for (std::size_t i = 0; !over_; ++i) {
      if (pace_ == Pace::held) std::this_thread::sleep_until(due += between_reads);
      const auto chosen = mix(i * reader_count + number) % history.streams().size();
      Digest read;
      latencies.time([&] { reader.read_stream(history.streams()[chosen], read); });
      require(read.events == history.head(chosen), "a stream was not read whole");
    }
  }

  const Pace pace_;
  std::atomic<bool> over_ = false;
  std::atomic<bool> failed_ = false;
  std::array<Latencies, reader_count> latencies_;
  std::vector<std::jthread> threads_;
};

template <Peer P> void mixed(benchmark::State& state, Appends appends, Pace pace) {
  check_against_reference<P>(appends);
  History history{events_before, 0};
  auto made = writers(writer_count);
  const MemoryWatch memory;
  for ([[maybe_unused]] auto _ : state) {
    const FreshDirectory directory;
    P peer{directory.path(), appends};
    Digest before;
    Batch batch;
    for (std::size_t i = 0; i < history.size(); i += batch_before) {
      history.fill(batch, i, batch_before);
      require(peer.append(batch, Sync::later), "an append was refused");
      for (const auto& event : batch.events) before.add(event);
    }
    peer.sync();
    Readers<P> readers{peer, history, pace};
    const auto seconds = append_for_a_while(peer, made, 1);
    auto reads = readers.end();
    state.SetIterationTime(seconds);
    state.counters["reads_per_second"] = static_cast<double>(reads.count()) / seconds;
    reads.report(state, "read_");
    report_appends(state, peer, made, before);
  }
  memory.report(state);
}

}  // namespace

void register_mixed() {
  each_engine([]<class P>(Engine<P>) {
    const std::string parameters = "/writers:8/readers:8";
    const auto add = [&](const std::string& suffix, Appends appends) {
      for (const auto& [pace, name] : {std::pair{Pace::without_a_pause, ""}, std::pair{Pace::held, "/pace:held"}})
        measure("mixed", P::name, parameters + suffix + name,
                [=, pace = pace](benchmark::State& state) { mixed<P>(state, appends, pace); });
    };
    if (!P::has_queue) return add("", Appends::by_engine);
    add("/queue:0", Appends::by_engine);
    add("/queue:1", Appends::queued);
  });
}

}  // namespace bench
