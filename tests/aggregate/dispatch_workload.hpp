#pragma once
// Threads that give jobs to agents while other threads change who is active, and write down what they were told.
#include <atomic>
#include <eventstore/core/must.hpp>
#include <functional>
#include <random>
#include <thread>

#include "aggregate/decision_history.hpp"
#include "aggregate/dispatch.hpp"

namespace dispatch {

inline const es::AggregateTypes& dispatch_types() {
  static const es::AggregateTypes types{{es::aggregate<Agent>("1"), es::aggregate<Job>("1"), es::aggregate<Ledger>()}};
  return types;
}

/// What a way of giving commands answers: the positions of the events, or the code of the refusal; the error's own code
/// where there was none. "wrong_version" stands for a command that lost all its races.
struct Told {
  std::vector<std::uint64_t> positions{};
  std::string refusal{};
};

/// Gives a command: its stream, its name, its schema and its data.
using Give = std::function<Told(const std::string& stream, const std::string& name, const es::Schema& schema,
                                const es::Bytes& data)>;

inline Told told_of(const es::Result<es::Executed>& executed) {
  Told told;
  if (!executed) {
    const auto& error = executed.error();
    told.refusal = error.code == es::Errc::refused ? error.refusal_code : std::string{es::to_string(error.code)};
    return told;
  }
  for (const auto& event : executed->events) told.positions.push_back(event.placed.position.value);
  return told;
}

/// Random commands, and what they were told. Threads: one at a time.
class Dispatcher {
 public:
  Dispatcher(const es::EventLog& log, Give give, std::uint64_t seed)
      : log_{log}, give_{std::move(give)}, random_{seed} {}

  void run(int commands) {
    for (; commands > 0; --commands) {
      const auto job = "job-" + std::to_string(below(4));
      switch (below(8)) {
        case 0:
        case 1: give("agent-" + agent(), Deactivate{}); break;
        case 2: give("agent-" + agent(), Activate{}); break;
        case 3: give(job, AssignOne{{agent(), agent()}}); break;
        case 4: give(job, HandOver{agent()}); break;
        case 5: give(job, Follow{std::to_string(below(4))}); break;
        default: give(job, Assign{agent()}); break;
      }
    }
  }

  std::vector<es::laws::DecidedCommand> given{};
  int lost = 0;  // all their races

 private:
  std::uint64_t below(std::uint64_t end) { return std::uniform_int_distribution<std::uint64_t>{0, end - 1}(random_); }
  std::string agent() { return "a" + std::to_string(below(3)); }

  template <class Command> void give(const std::string& stream, const Command& command) {
    es::laws::DecidedCommand one{stream, std::string{Command::command_name}, es::encode(command)};
    one.called = es::must(log_.head()).value;
    auto told = give_(stream, one.command, es::schema_of<Command>(), one.data);
    one.answered = es::must(log_.head()).value;
    if (told.refusal == "wrong_version") {
      ++lost;
      return;
    }
    one.positions = std::move(told.positions);
    one.refusal = std::move(told.refusal);
    given.push_back(std::move(one));
  }

  const es::EventLog& log_;
  Give give_;
  std::mt19937_64 random_;
};

/// Hires three agents, and posts four jobs: the first events of the log.
inline void open_office(es::EventLog& log, const es::Clock& clock) {
  const es::SchemaReader schemas{log};
  const auto run = [&](const std::string& stream, const auto& command) {
    using Command = std::remove_cvref_t<decltype(command)>;
    const auto id = *es::StreamId::parse(stream);
    const auto& type = *dispatch_types().find(id.category());
    (void)es::must(
        es::execute(log, schemas, clock, type, id, *type.command(Command::command_name), es::encode(command)));
  };
  for (int i = 0; i < 3; ++i) run("agent-a" + std::to_string(i), Hire{"agent"});
  for (int i = 0; i < 4; ++i) run("job-" + std::to_string(i), Post{"customer"});
}
inline constexpr std::uint64_t office_events = 7;

/// Runs as many dispatchers at once; checks all that they were told against what `log` holds then.
inline void check_at_once(const es::EventLog& log, const Give& give, std::uint64_t seed, std::uint64_t threads,
                          int commands) {
  std::vector<Dispatcher> dispatchers;
  for (std::uint64_t i = 0; i < threads; ++i) dispatchers.emplace_back(log, give, seed * 1000 + i);
  {
    std::vector<std::jthread> running;
    for (auto& dispatcher : dispatchers) running.emplace_back([&] { dispatcher.run(commands); });
  }
  std::vector<es::laws::DecidedCommand> all;
  int lost = 0;
  for (const auto& dispatcher : dispatchers) {
    all.insert(all.end(), dispatcher.given.begin(), dispatcher.given.end());
    lost += dispatcher.lost;
  }
  const es::laws::DecisionHistory history{log, dispatch_types()};
  CHECK(history.flaw(all, office_events + 1).value_or("") == "");
  CHECK(history.head() > office_events + threads);
  CHECK(static_cast<std::uint64_t>(lost) < threads * static_cast<std::uint64_t>(commands) / 2);
}

}  // namespace dispatch
