// What encryption costs an aggregate: three personal fields of 30 bytes each in every event, against the same fields in
// clear. Appends, replays, and a collection made from nothing.
#include <bench/data.hpp>
#include <bench/options.hpp>
#include <bench/reference_check.hpp>
#include <bench/registration.hpp>
#include <bench/store_directory.hpp>
#include <bench/workloads/workloads.hpp>

#include <fmt/format.h>

#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/domain.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/store.hpp>
#include <functional>

namespace bench {
namespace {

namespace es = eventstore;

struct Told {
  EVENTSTORE_EVENT(Told, "VisitTold", (std::string, name), (std::string, address), (std::string, note),
                   (std::int64_t, minutes));
};
struct VisitState {
  EVENTSTORE_FIELDS(VisitState, (std::string, name), (std::string, address), (std::string, note),
                    (std::int64_t, minutes));
};
struct PersonalTold {
  EVENTSTORE_EVENT(PersonalTold, "PersonalVisitTold", (std::string, name, , es::personal),
                   (std::string, address, , es::personal), (std::string, note, , es::personal),
                   (std::int64_t, minutes));
};
struct PersonalVisitState {
  EVENTSTORE_FIELDS(PersonalVisitState, (std::string, name, , es::personal), (std::string, address, , es::personal),
                    (std::string, note, , es::personal), (std::int64_t, minutes));
};

template <class E, class S> struct VisitOf {
  using events = es::Events<E>;
  using State = S;
  static void evolve(State& state, const E& event) {
    state = {event.name, event.address, event.note, state.minutes + event.minutes};
  }
};
struct ClearVisit : VisitOf<Told, VisitState> {
  static constexpr auto category = "visit";
  using Event = Told;
};
struct PersonalVisit : VisitOf<PersonalTold, PersonalVisitState> {
  static constexpr auto category = "personalvisit";
  using Event = PersonalTold;
};

constexpr std::size_t people = 1000;  // each is a stream
constexpr std::size_t commit_events = 10;
constexpr int replays = 3;

std::string text(std::size_t n, std::string_view what) { return fmt::format("{:<10}{:020}", what, mix(n) >> 4); }

/// A store whose people all have their keys, because each has an event.
template <class A> class Visits {
 public:
  Visits() : store_{open(directory_.path() / "store")} {
    for (std::size_t person = 0; person < people; ++person)
      streams_.push_back(es::StreamId::trusted(fmt::format("{}-{}", A::category, person)));
    append(0, people);
  }

  /// Appends the events from number `first`, one a person in turn.
  void append(std::size_t first, std::size_t count) {
    for (auto n = first; n < first + count; n += commit_events) append_commit(n);
  }

  /// The minutes of all people, each replayed.
  std::int64_t replay() {
    auto visits = store_.template repository<A>();
    std::int64_t minutes = 0;
    for (std::size_t person = 0; person < people; ++person) {
      const auto loaded = visits.load(std::to_string(person));
      if (!loaded) throw std::runtime_error{loaded.error().message()};
      require(loaded->state.note.starts_with("a note"), "a note is not readable");
      minutes += loaded->state.minutes;
    }
    return minutes;
  }

  void project() {
    const auto report = store_.project();
    if (!report) throw std::runtime_error{report.error().message()};
  }

 private:
  static es::Store open(const std::filesystem::path& path) {
    es::StoreOptions options{};
    options.log.durability = es::Durability::on_close;
    options.snapshots = false;
    auto store = es::Store::open(path.string(), {{es::aggregate<A>()}, {es::documents<A>("visits")}}, options);
    if (!store) throw std::runtime_error{store.error().message()};
    return std::move(*store);
  }

  void append_commit(std::size_t first) {
    events_.clear();
    for (auto n = first; n < first + commit_events; ++n) {
      const typename A::Event event{text(n, "a name"), text(n + 1, "a street"), text(n + 2, "a note"), 15};
      events_.push_back({&es::schema_of<typename A::Event>(), es::encode(event)});
    }
    es::EventWriter writer;
    es::Metadata metadata{};
    metadata.created_at = store_.clock().now();
    const auto ids = es::EventIdRule::fresh(store_.clock());
    for (std::size_t i = 0; i < commit_events; ++i) {
      const auto added = writer.add(streams_[(first + i) % people], {&events_[i], 1}, metadata, ids);
      if (!added) throw std::runtime_error{added.error().message()};
    }
    const auto receipt = writer.append_to(store_.event_log());
    if (!receipt) throw std::runtime_error{receipt.error().message()};
  }

  const FreshDirectory directory_;
  es::Store store_;
  std::vector<es::StreamId> streams_;
  std::vector<es::DecidedEvent> events_;
};

template <class A> void measure_visits(std::string_view engine) {
  const auto count = options().projected;
  const auto parameters = "/events:" + std::to_string(count);
  measure("personal_append", engine, parameters, [=](benchmark::State& state) {
    Visits<A> visits;
    Latencies latencies;
    for ([[maybe_unused]] auto _ : state) {
      latencies.time([&] { visits.append(people, count); });
      state.SetIterationTime(latencies.seconds());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(count));
  });
  measure("personal_replay", engine, parameters, [=](benchmark::State& state) {
    Visits<A> visits;
    visits.append(people, count - people);
    const auto expected = visits.replay();  // also the first touch of the pages
    Latencies latencies;
    for ([[maybe_unused]] auto _ : state) {
      for (int i = 0; i < replays; ++i)
        require(latencies.time([&] { return visits.replay(); }) == expected, "the replay comes to another state");
      state.SetIterationTime(latencies.seconds());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(count) * replays);
  });
  measure("personal_project", engine, parameters, [=](benchmark::State& state) {
    Visits<A> visits;
    visits.append(people, count - people);
    Latencies latencies;
    for ([[maybe_unused]] auto _ : state) {
      latencies.time([&] { visits.project(); });
      state.SetIterationTime(latencies.seconds());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(count));
  });
}

}  // namespace

void register_personal() {
  measure_visits<PersonalVisit>("eventstore");
  measure_visits<ClearVisit>("clear");
}

}  // namespace bench
