#pragma once
// What the program is told beside Google Benchmark's own options.
#include <cstddef>
#include <filesystem>

namespace bench {

struct Options {
  std::size_t events = 1'000'000;   ///< in the store that import fills and that the reads read
  std::size_t projected = 100'000;  ///< events that project_all and project_one make collections of
  double seconds = 1.5;             ///< how long the durable workloads go on
  std::filesystem::path directory = std::filesystem::temp_directory_path();
  bool keep = false;         ///< leave the store that the reads read, for the next run
  bool hold_memory = false;  ///< WarmMemory holds all that is free but a GiB
};

/// The options of this run. Threads: read-only once parse_options has returned.
const Options& options();

/// Takes our options (--events=N --projected=N --seconds=S --directory=D --keep --hold-memory) out of the arguments.
void parse_options(int& argc, char** argv);

}  // namespace bench
