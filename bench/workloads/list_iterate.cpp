#include <bench/reference_check.hpp>
#include <bench/registration.hpp>
#include <bench/workloads/workloads.hpp>
#include <eventstore/schema/list.hpp>

#include <vector>

namespace bench {
namespace {

constexpr std::int64_t numbers = 1'000'000;
constexpr int rounds = 200;

template <class Numbers> std::int64_t sum_of(const Numbers& all) {
  std::int64_t sum = 0;
  for (const auto number : all) sum += number;
  return sum;
}

template <class Numbers> void list_iterate(benchmark::State& state) {
  Numbers all;
  for (std::int64_t i = 0; i < numbers; ++i) all.push_back(i);
  Latencies latencies;
  for ([[maybe_unused]] auto _ : state) {
    for (int i = 0; i < rounds; ++i)
      require(latencies.time([&] { return sum_of(all); }) == numbers * (numbers - 1) / 2, "another sum");
    state.SetIterationTime(latencies.seconds());
  }
  state.SetItemsProcessed(numbers * rounds);
}

}  // namespace

void register_list_iterate() {
  measure("list_iterate", "eventstore", "/numbers:1000000", list_iterate<eventstore::List<std::int64_t>>);
  measure("list_iterate", "std", "/numbers:1000000", list_iterate<std::vector<std::int64_t>>);
}

}  // namespace bench
