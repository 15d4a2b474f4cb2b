#pragma once
// Histories of commands that were given at once, and the check that they are linearizable (Herlihy, Wing, 1990): that
// each can be thought to be decided at one moment between its call and its answer. As in laws/linear_history.hpp, the
// log fixes the order of the commits, so the check is exact and needs no search: what was committed is decided again on
// the states before it, and a refusal must fit the states of one moment while the command ran.
#include <catch2/catch.hpp>
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/log/event_log.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace eventstore::laws {

/// A command, and what its caller was told.
struct DecidedCommand {
  std::string stream{};
  std::string command{};
  Bytes data{};
  std::uint64_t called = 0;                ///< the log's head before the call
  std::uint64_t answered = 0;              ///< the log's head after the answer
  std::vector<std::uint64_t> positions{};  ///< of its events
  std::string refusal{};                   ///< the code; empty where it was not refused
};

class DecisionHistory {
 public:
  /// Replays `log`. `aggregates` outlive this.
  DecisionHistory(const EventLog& log, const AggregateTypes& aggregates) : aggregates_{aggregates} {
    const SchemaReader schemas{log};
    const auto page = log.read_all({.limit = no_limit});
    if (!page) FAIL(page.error().message());
    for (const auto& event : page->events) {
      const std::string stream{event.stream};
      events_.push_back({stream, std::string{event.type}, Bytes{event.data.begin(), event.data.end()}});
      const auto* const type = aggregates_.find(StreamId::trusted(stream).category());
      if (type == nullptr) continue;  // nobody decides there
      auto& states = states_[stream];
      std::shared_ptr<AnyState> state =
          states.empty() ? type->new_state() : std::shared_ptr<AnyState>{states.rbegin()->second->clone()};
      const auto metadata = metadata_of(event);
      if (!metadata || !state->apply(event, *metadata, schemas)) FAIL("an event of " + stream + " cannot be read");
      states.emplace(event.position.value, std::move(state));
    }
  }

  [[nodiscard]] std::uint64_t head() const { return events_.size(); }
  /// "JobAssigned", at this position.
  [[nodiscard]] const std::string& type_at(std::uint64_t position) const { return events_[position - 1].type; }
  [[nodiscard]] const std::string& stream_at(std::uint64_t position) const { return events_[position - 1].stream; }
  [[nodiscard]] const Bytes& data_at(std::uint64_t position) const { return events_[position - 1].data; }

  /// The state of `stream` once everything up to `position` had happened; null where it did not exist.
  [[nodiscard]] const AnyState* state(const std::string& stream, std::uint64_t position) const {
    const auto of_stream = states_.find(stream);
    if (of_stream == states_.end()) return nullptr;
    const auto after = of_stream->second.upper_bound(position);
    return after == of_stream->second.begin() ? nullptr : std::prev(after)->second.get();
  }

  /// Nothing where each command was decided on what was there at one moment while it ran, and every event from `first`
  /// on is one of theirs; otherwise what is wrong.
  [[nodiscard]] std::optional<std::string> flaw(const std::vector<DecidedCommand>& commands,
                                                std::uint64_t first) const {
    std::map<std::uint64_t, const DecidedCommand*> owners;
    for (const auto& each : commands)
      for (const auto position : each.positions)
        if (!owners.emplace(position, &each).second) return "two commands have the event " + std::to_string(position);
    for (auto position = first; position <= head(); ++position)
      if (owners.count(position) == 0) return "no command has the event " + std::to_string(position);
    for (const auto& each : commands) {
      const auto found = each.positions.empty() ? flaw_of_answer(each, owners) : flaw_of_commit(each);
      if (found) return each.command + " on " + each.stream + ": " + *found;
    }
    return std::nullopt;
  }

 private:
  struct Event {
    std::string stream;
    std::string type;
    Bytes data;
    friend bool operator==(const Event&, const Event&) = default;
  };
  // The refusal, or the events.
  struct Decided {
    std::string refusal{};
    std::vector<Event> events{};
  };

  [[nodiscard]] const AggregateType& type_of(const std::string& stream) const {
    const auto* const type = aggregates_.find(StreamId::trusted(stream).category());
    REQUIRE(type != nullptr);
    return *type;
  }

  [[nodiscard]] Decided decide(const DecidedCommand& given, std::uint64_t position) const {
    const auto& command = *type_of(given.stream).command(given.command);
    const auto* const own = state(given.stream, position);
    if (const auto fits = check_stream_need(command.needs, own != nullptr, given.stream); !fits)
      return {fits.error().code == Errc::refused ? fits.error().refusal_code : "not_found"};
    const Context context{StreamId::trusted(given.stream)};
    AnyOthers others;
    if (command.keys) {
      const auto keys = command.keys(own, given.data, context);
      REQUIRE(keys);
      for (const auto& [type, key] : *keys)
        others.add(type->category, key, state(type->category + "-" + key, position));
    }
    const auto decision = command.decide(own, given.data, context, others);
    if (!decision) return {std::string{to_string(decision.error().code)}};
    if (decision->refusal) return {decision->refusal->code};
    Decided decided;
    for (const auto& event : decision->events) decided.events.push_back({given.stream, event.schema->name, event.data});
    for (const auto& also : decision->also)
      for (const auto& event : also.events)
        decided.events.push_back({also.type->category + "-" + also.key, event.schema->name, event.data});
    return decided;
  }

  [[nodiscard]] std::optional<std::string> flaw_of_commit(const DecidedCommand& given) const {
    const auto first = given.positions.front();
    if (first <= given.called || given.positions.back() > given.answered) return "it was not written while it ran";
    std::vector<Event> written;
    for (const auto position : given.positions) {
      if (position != first + written.size()) return "its events do not stand together";
      written.push_back(events_[position - 1]);
    }
    const auto decided = decide(given, first - 1);
    if (!decided.refusal.empty()) return "it would have been refused as " + decided.refusal + " where it was written";
    if (decided.events != written) return "it would have been decided otherwise where it was written";
    return std::nullopt;
  }

  // Only whole commits are seen.
  [[nodiscard]] std::optional<std::string> flaw_of_answer(
      const DecidedCommand& given, const std::map<std::uint64_t, const DecidedCommand*>& owners) const {
    for (auto position = given.called; position <= given.answered; ++position) {
      const auto here = owners.find(position);
      const auto next = owners.find(position + 1);
      if (here != owners.end() && next != owners.end() && here->second == next->second) continue;
      const auto decided = decide(given, position);
      if (decided.events.empty() && decided.refusal == given.refusal) return std::nullopt;
    }
    return "at no moment while it ran was its answer \"" + given.refusal + "\"";
  }

  const AggregateTypes& aggregates_;
  std::vector<Event> events_;
  std::map<std::string, std::map<std::uint64_t, std::shared_ptr<AnyState>>> states_;
};

}  // namespace eventstore::laws
