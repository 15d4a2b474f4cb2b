#include <malloc.h>
#include <bench/registration.hpp>
#include <bench/workloads/workloads.hpp>
#include <eventstore/schema/map.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <vector>

namespace bench {
namespace {

struct Small {
  std::int64_t number = 0;
  std::optional<std::int64_t> time{};
  std::string text{};
};

// Keys that own no memory: what they own is the same for both.
std::vector<std::string> keys_of(std::size_t entries) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < entries; ++i) keys.push_back("contact-" + std::to_string(i));
  std::shuffle(keys.begin(), keys.end(), std::mt19937_64{7});
  return keys;
}

// What malloc has given out, its own words in front of each piece included.
std::size_t taken() { return mallinfo2().uordblks; }

template <class Map> void map_memory(benchmark::State& state, std::size_t entries) {
  const auto keys = keys_of(entries);
  std::vector<Map> maps(std::max<std::size_t>(1, 100'000 / entries));
  const auto before = taken();
  const auto start = Clock::now();
  for ([[maybe_unused]] auto _ : state) {
    for (auto& map : maps)
      for (const auto& key : keys) map[key];
    state.SetIterationTime(seconds_since(start));
  }
  const auto total = entries * maps.size();
  state.SetItemsProcessed(static_cast<std::int64_t>(total));
  state.counters["bytes_per_entry"] = static_cast<double>(taken() - before) / static_cast<double>(total);
}

}  // namespace

void register_map_memory() {
  const auto add = [](std::string_view engine, std::string_view values, std::size_t entries, auto run) {
    measure("map_memory", engine, "/values:" + std::string{values} + "/entries:" + std::to_string(entries),
            [=](benchmark::State& state) { run(state, entries); });
  };
  for (const auto entries : {std::size_t{10}, std::size_t{1'000}, std::size_t{100'000}}) {
    add("eventstore", "int64", entries, map_memory<eventstore::Map<std::int64_t>>);
    add("std", "int64", entries, map_memory<std::map<std::string, std::int64_t>>);
    add("eventstore", "struct", entries, map_memory<eventstore::Map<Small>>);
    add("std", "struct", entries, map_memory<std::map<std::string, Small>>);
  }
}

}  // namespace bench
