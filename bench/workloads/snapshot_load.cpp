// Loading an aggregate with a long history: from its snapshot, and from its first event.
#include <bench/data.hpp>
#include <bench/reference_check.hpp>
#include <bench/registration.hpp>
#include <bench/store_directory.hpp>
#include <bench/workloads/decode_data.hpp>
#include <bench/workloads/workloads.hpp>

#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <stdexcept>

namespace bench {
namespace {

namespace es = eventstore;

constexpr std::size_t event_count = 100'000;
constexpr std::size_t snapshot_age = 100;
constexpr std::size_t commit_events = 1000;
constexpr int full_replays = 5;
constexpr int quick_loads = 1000;

template <class T> T checked(es::Result<T> result) {
  if (!result) throw std::runtime_error{result.error().message()};
  return std::move(*result);
}

// Appends events[from, to) to the one stream.
void append(es::FileLog& log, const std::vector<ParcelEvent>& events, std::size_t from, std::size_t to) {
  std::vector<es::Bytes> data;
  std::vector<es::NewEvent> added;
  std::vector<es::SchemaRecord> schemas;
  for (std::size_t i = from; i < to; ++i)
    std::visit(
        [&]<class E>(const E& event) {
          data.push_back(es::encode(event));
          es::NewEvent next{
              .stream = es::StreamId::trusted("parcel-1"), .type = E::event_type, .organization = "default"};
          const auto bits = mix(i + 1);
          std::memcpy(next.id.uuid.octets.data(), &bits, sizeof bits);
          next.schema = es::schema_of<E>().id;
          added.push_back(next);
          schemas.push_back(es::schema_of<E>().record());
        },
        events[i]);
  for (std::size_t i = 0; i < added.size(); ++i) added[i].data = data[i];
  (void)checked(log.append({.events = added, .expectations = {}, .schemas = schemas}));
}

void snapshot_load(benchmark::State& state) {
  const auto events = parcel_events(event_count);
  const auto expected = parcel_state(events);
  const FreshDirectory directory;
  es::PosixFileSystem files;
  const es::SystemClock clock;
  es::FileLogOptions options{};
  options.durability = es::Durability::on_close;
  const auto log = checked(es::FileLog::open(files, clock, directory.path() / "store", options));
  es::FileSnapshots store{files, directory.path() / "store/snapshots"};
  es::Snapshots snapshots{store, clock, es::SnapshotPolicy::every(event_count / 2)};
  es::Repository<Parcel> quick{*log, clock, snapshots, "the benchmark's"};
  const es::Repository<Parcel> full{*log, clock};
  const auto snapshot_at = event_count - snapshot_age;
  for (std::size_t from = 0; from < snapshot_at; from += commit_events)
    append(*log, events, from, std::min(from + commit_events, snapshot_at));
  (void)checked(quick.load("1"));
  append(*log, events, snapshot_at, event_count);

  const auto load = [&](const es::Repository<Parcel>& repository) {
    const auto loaded = checked(repository.load("1"));
    require(loaded.version.value == event_count && loaded.state == expected, "another state");
  };
  Latencies replays;
  Latencies loads;
  load(full);
  for ([[maybe_unused]] auto _ : state) {
    for (int i = 0; i < full_replays; ++i) replays.time([&] { load(full); });
    for (int i = 0; i < quick_loads; ++i) loads.time([&] { load(quick); });
    state.SetIterationTime(loads.seconds());
  }
  require(snapshots.counts().taken == 1 && snapshots.counts().used == quick_loads, "not from the snapshot");
  state.SetItemsProcessed(quick_loads);
  const auto replay = replays.seconds() / full_replays;
  state.counters["replay_us"] = replay * 1e6;
  state.counters["times_quicker"] = replay / (loads.seconds() / quick_loads);
  loads.report(state);
}

}  // namespace

void register_snapshot_load() { measure("snapshot_load", "eventstore", "/events:100000/age:100", snapshot_load); }

}  // namespace bench
