#include <bench/reference_check.hpp>
#include <bench/registration.hpp>
#include <bench/workloads/large_campaign.hpp>
#include <bench/workloads/workloads.hpp>
#include <eventstore/schema/codec.hpp>

namespace bench {
namespace {

constexpr int replays = 5;

// The events as they are: what it costs to read them from the log is the same for both.
template <class Campaign> typename Campaign::State replayed(const std::vector<CampaignEvent>& events) {
  const eventstore::Metadata metadata{};
  typename Campaign::State state{};
  for (const auto& event : events)
    std::visit(
        [&](const auto& typed) {
          if constexpr (requires { Campaign::evolve(state, typed, metadata); })
            Campaign::evolve(state, typed, metadata);
          else
            Campaign::evolve(state, typed);
        },
        event);
  return state;
}

template <class Campaign> void fold_large(benchmark::State& state, std::size_t contacts) {
  const auto events = campaign_events(contacts);
  const auto expected = eventstore::encode(replayed<FlatCampaign>(events));
  require(eventstore::encode(replayed<Campaign>(events)) == expected, "the replay comes to another state");
  const MemoryWatch memory;
  Latencies latencies;
  for ([[maybe_unused]] auto _ : state) {
    for (int i = 0; i < replays; ++i) {
      const auto folded = latencies.time([&] { return replayed<Campaign>(events); });
      require(folded.contacts.size() == contacts, "the replay comes to another state");
    }
    state.SetIterationTime(latencies.seconds());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events.size()) * replays);
  memory.report(state);
}

}  // namespace

void register_fold_large() {
  for (const auto contacts : {std::size_t{1'000}, std::size_t{100'000}}) {
    const auto parameters = "/contacts:" + std::to_string(contacts);
    measure("fold_large", "eventstore", parameters,
            [=](benchmark::State& state) { fold_large<domain::Campaign>(state, contacts); });
    measure("fold_large", "std", parameters,
            [=](benchmark::State& state) { fold_large<FlatCampaign>(state, contacts); });
  }
}

}  // namespace bench
