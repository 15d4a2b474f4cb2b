#include <bench/measures.hpp>
#include <bench/store_directory.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <string>

namespace bench {
namespace {

// A line of /proc/self/status, in KiB.
std::int64_t status_of(std::string_view name) {
  std::ifstream status{"/proc/self/status"};
  std::string line;
  while (std::getline(status, line))
    if (line.starts_with(name)) return std::stoll(line.substr(name.size() + 1));
  return 0;
}

// From now on the peak is counted anew.
void reset_peak() { std::ofstream{"/proc/self/clear_refs"} << "5"; }

}  // namespace

double Latencies::seconds() const {
  return static_cast<double>(std::accumulate(nanos_.begin(), nanos_.end(), std::int64_t{0})) / 1e9;
}

void Latencies::report(benchmark::State& state, const std::string& prefix) {
  if (nanos_.empty()) return;
  std::sort(nanos_.begin(), nanos_.end());
  const auto at = [&](double share) {
    return static_cast<double>(nanos_[static_cast<std::size_t>(share * static_cast<double>(nanos_.size() - 1))]) / 1e3;
  };
  state.counters[prefix + "p50_us"] = at(0.5);
  state.counters[prefix + "p99_us"] = at(0.99);
  state.counters[prefix + "p999_us"] = at(0.999);
}

MemoryWatch::MemoryWatch() : resident_{status_of("VmRSS:")}, private_{status_of("RssAnon:")} { reset_peak(); }

void MemoryWatch::report(benchmark::State& state) const {
  state.counters["peak_MiB"] = static_cast<double>(status_of("VmHWM:") - resident_) / 1024;
  state.counters["private_MiB"] = static_cast<double>(status_of("RssAnon:") - private_) / 1024;
}

void report_disk(benchmark::State& state, const std::filesystem::path& directory, std::size_t events) {
  state.counters["disk_bytes_per_event"] =
      static_cast<double>(bytes_on_disk(directory)) / static_cast<double>(std::max<std::size_t>(events, 1));
}

double sync_micros(const std::filesystem::path& directory) {
  const auto file = directory / "sync-probe";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return 0;
  const std::vector<char> page(4096, 'x');
  std::vector<double> micros;
  for (int i = 0; i < 21; ++i) {
    const auto start = Clock::now();
    if (::pwrite(descriptor, page.data(), page.size(), i * 4096) != 4096 || ::fdatasync(descriptor) != 0) break;
    micros.push_back(seconds_since(start) * 1e6);
  }
  ::close(descriptor);
  std::filesystem::remove(file);
  std::sort(micros.begin(), micros.end());
  return micros.empty() ? 0 : micros[micros.size() / 2];
}

}  // namespace bench
