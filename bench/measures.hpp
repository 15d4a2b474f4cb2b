#pragma once
// What is reported beside the rate.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// How long each operation took. Threads: one at a time; each thread has its own, merged at the end.
class Latencies {
 public:
  template <class Operation> decltype(auto) time(Operation operation) {
    const Timer timer{*this};
    return operation();
  }
  void merge(const Latencies& other) { nanos_.insert(nanos_.end(), other.nanos_.begin(), other.nanos_.end()); }
  /// All of them together.
  [[nodiscard]] double seconds() const;
  [[nodiscard]] std::size_t count() const { return nanos_.size(); }
  /// Sets p50_us, p99_us and p999_us, with `prefix` before the names.
  void report(benchmark::State& state, const std::string& prefix = {});

 private:
  struct Timer {
    explicit Timer(Latencies& to) : latencies{to} {}
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    ~Timer() { latencies.nanos_.push_back((Clock::now() - start).count()); }
    Latencies& latencies;
    Clock::time_point start = Clock::now();
  };
  std::vector<std::int64_t> nanos_;
};

/// The memory of the process over what it was at the beginning: mapped pages included, and without them.
class MemoryWatch {
 public:
  MemoryWatch();
  /// Sets peak_MiB and private_MiB.
  void report(benchmark::State& state) const;

 private:
  std::int64_t resident_;
  std::int64_t private_;
};

/// Sets disk_bytes_per_event.
void report_disk(benchmark::State& state, const std::filesystem::path& directory, std::size_t events);

/// The median time of a small synced write in `directory`, in microseconds.
double sync_micros(const std::filesystem::path& directory);

}  // namespace bench
