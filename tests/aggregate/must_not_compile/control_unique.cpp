// compiles
#include <eventstore/aggregate/repository.hpp>
#include <tuple>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Other {
  EVENTSTORE_FIELDS(Other, (std::string, owner));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
  struct State {
    EVENTSTORE_FIELDS(State, (std::string, owner), (std::optional<std::string>, phone), (es::Secret, key),
                      (std::vector<std::string>, tags));
  };
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
  static std::string plain(std::string_view text) { return std::string{text}; }
  static constexpr auto unique = std::tuple{
      es::unique<&State::owner>(es::lower_case), es::unique<&State::phone>(es::e164), es::unique<&State::key>(),
      es::unique<&State::owner, &State::phone>(plain, [](std::string_view text) { return std::string{text}; })};
  static bool is_deleted(const State& state) { return state.owner.empty(); }
};

const es::AggregateType type = es::aggregate<Account>();
