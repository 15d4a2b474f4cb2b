// A program that opens a store by itself, without the command line. Its thermostat remembers why it has its target.
#include <cstdio>
#include <eventstore/domain.hpp>
#include <eventstore/store.hpp>

namespace es = eventstore;

EVENTSTORE_ENUM(Mode, off, heat, cool);

struct ThermostatInstalled {
  EVENTSTORE_EVENT(ThermostatInstalled, (std::string, room));
};
struct TargetSet {
  EVENTSTORE_EVENT(TargetSet, (double, celsius), (Mode, mode, Mode::heat));
};
struct Install {
  EVENTSTORE_COMMAND(Install, (std::string, room));
};
struct SetTarget {
  EVENTSTORE_COMMAND(SetTarget, (double, celsius));
};

struct ThermostatState {
  EVENTSTORE_FIELDS(ThermostatState, (std::string, room), (double, celsius), (Mode, mode));
};

struct Thermostat : es::DeciderOf<"thermostat", ThermostatState, es::Events<ThermostatInstalled, TargetSet>,
                                  es::Commands<Install, SetTarget>> {
  static void evolve(State& state, const ThermostatInstalled& event) { state.room = event.room; }
  static void evolve(State& state, const TargetSet& event) {
    state.celsius = event.celsius;
    state.mode = event.mode;
  }
  static Decision create(const Install& command) { return ThermostatInstalled{command.room}; }
  static Decision decide(const State& state, const SetTarget& command) {
    if (command.celsius < 5 || command.celsius > 30) return es::refuse("a target is from 5 to 30 degrees");
    if (command.celsius == state.celsius) return {};
    return TargetSet{command.celsius, command.celsius < state.celsius ? Mode::cool : Mode::heat};
  }
};

struct Rooms {
  static constexpr auto name = "rooms";
  struct Document {
    EVENTSTORE_FIELDS(Document, (std::string, room), (double, celsius), (Mode, mode));
  };
  using reads = es::Reads<Thermostat>;
  static void project(const es::Change<Thermostat>& change, es::Operations<Document>& to) {
    to.put(change.key, {change.after.room, change.after.celsius, change.after.mode});
  }
};

namespace {

es::Result<void> run(const std::string& directory) {
  const es::Model model{{es::aggregate<Thermostat>()}, {es::projection<Rooms>()}};
  EVENTSTORE_TRY_ASSIGN(es::Store store, es::Store::open(directory, model));
  auto thermostats = store.repository<Thermostat>();
  if (auto installed = thermostats.execute("attic", Install{"attic"});
      !installed && installed.error().code != es::Errc::refused)  // refused: it was installed by an earlier run
    return es::failure_of(installed);
  for (const double celsius : {19.5, 21.0, 40.0}) {
    const auto executed = thermostats.execute("attic", SetTarget{celsius});
    std::printf("set %.1f: %s\n", celsius, executed ? "done" : executed.error().message().c_str());
  }
  EVENTSTORE_TRY_ASSIGN(const auto now, thermostats.load("attic"));
  EVENTSTORE_TRY_ASSIGN(const auto then, thermostats.load_at("attic", es::Version{1}));
  std::printf("now: %s, at version 1: %s\n", es::to_json(now.state).c_str(), es::to_json(then.state).c_str());

  EVENTSTORE_TRY(store.project());
  EVENTSTORE_TRY_ASSIGN(const auto rooms, store.ask<Rooms>());
  EVENTSTORE_TRY_ASSIGN(const auto warm,
                        rooms.where_at_least<&Rooms::Document::celsius>(20).newest<&Rooms::Document::celsius>(10));
  for (const auto& room : warm.documents) std::printf("%s\n", es::to_json(room).c_str());
  return store.close();
}

}  // namespace

int main(int argc, char** argv) {
  const auto done = run(argc > 1 ? argv[1] : "./thermostat-data");
  if (!done) std::fprintf(stderr, "%s\n", done.error().message().c_str());
  return done ? 0 : 1;
}
