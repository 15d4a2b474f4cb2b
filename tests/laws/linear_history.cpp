#include "laws/linear_history.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::laws {
namespace {

using Answer = Operation::Answer;
using Kind = Operation::Kind;
using Flaw = std::optional<std::string>;

constexpr std::uint64_t never = ~std::uint64_t{0};

// The states that the log went through: state n is the one after n commits.
class States {
 public:
  explicit States(const std::vector<FinalEvent>& log) {
    for (const auto& event : log) {
      if (numbers_.empty() || commits_.back() != event.commit) {
        is_torn_ = is_torn_ || !numbers_.emplace(event.commit, commits_.size() + 1).second;
        commits_.push_back(event.commit);
        ends_.push_back(ends_.back());
      }
      ++ends_.back();
      streams_[event.stream].push_back({commits_.size(), event.commit});
    }
  }

  [[nodiscard]] bool is_torn() const { return is_torn_; }
  [[nodiscard]] std::uint64_t count() const { return commits_.size(); }
  [[nodiscard]] std::uint64_t end(std::uint64_t state) const { return ends_[state]; }
  /// The state that the commit makes; 0 where it is not in the log.
  [[nodiscard]] std::uint64_t made_by(CommitNumber commit) const {
    const auto found = numbers_.find(commit);
    return found == numbers_.end() ? 0 : found->second;
  }
  [[nodiscard]] const std::vector<CommitNumber>& commits() const { return commits_; }

  [[nodiscard]] std::uint64_t head(StreamNumber stream, std::uint64_t state) const {
    const auto found = streams_.find(stream);
    if (found == streams_.end()) return 0;
    const auto& events = found->second;
    const auto after =
        std::partition_point(events.begin(), events.end(), [&](const auto& event) { return event.state <= state; });
    return static_cast<std::uint64_t>(after - events.begin());
  }
  [[nodiscard]] bool holds_commits(StreamNumber stream, const std::vector<CommitNumber>& expected) const {
    if (expected.empty()) return true;
    const auto found = streams_.find(stream);
    return found != streams_.end() && expected.size() <= found->second.size() &&
           std::equal(expected.begin(), expected.end(), found->second.begin(),
                      [](CommitNumber commit, const auto& event) { return commit == event.commit; });
  }

 private:
  struct InStream {
    std::uint64_t state;
    CommitNumber commit;
  };
  std::vector<CommitNumber> commits_;
  std::vector<std::uint64_t> ends_{0};
  std::map<CommitNumber, std::uint64_t> numbers_;
  std::map<StreamNumber, std::vector<InStream>> streams_;
  bool is_torn_ = false;
};

std::vector<Operation::Conflict> conflicts_in(const States& states, const Operation& append, std::uint64_t state) {
  std::vector<Operation::Conflict> conflicts;
  for (const auto& expected : append.expectations)
    if (const auto head = states.head(expected.stream, state); !expected.version.holds_for(Version{head}))
      conflicts.push_back({expected.stream, head});
  std::sort(conflicts.begin(), conflicts.end());
  return conflicts;
}

// Whether its places are those that the commit has in the log.
bool stands_where_it_says(const States& states, const Operation& append, std::uint64_t state) {
  if (append.versions.size() != append.streams.size() || append.positions.size() != append.streams.size()) return false;
  if (states.end(state) - states.end(state - 1) != append.streams.size()) return false;
  std::map<StreamNumber, std::uint64_t> heads;
  for (std::size_t i = 0; i < append.streams.size(); ++i) {
    const auto stream = append.streams[i];
    auto& head = heads.try_emplace(stream, states.head(stream, state - 1)).first->second;
    if (append.versions[i] != ++head || append.positions[i] != states.end(state - 1) + i + 1) return false;
  }
  return std::all_of(heads.begin(), heads.end(),
                     [&](const auto& head) { return head.second == states.head(head.first, state); });
}

// Whether an operation that changes nothing could be answered so in this state.
bool fits(const States& states, const Operation& operation, std::uint64_t state) {
  switch (operation.kind) {
    case Kind::head_of_stream: return operation.value == states.head(operation.streams.front(), state);
    case Kind::head_of_log: return operation.value == states.end(state);
    case Kind::read_stream: return operation.commits.size() == states.head(operation.streams.front(), state);
    case Kind::append: break;
  }
  const auto made = states.made_by(operation.commit);
  const bool is_there = made != 0 && made <= state;
  if (operation.answer == Answer::already_there) return is_there;
  return !is_there && !operation.conflicts.empty() && operation.conflicts == conflicts_in(states, operation, state);
}

std::string name_of(const Operation& operation) {
  constexpr const char* kinds[] = {"append", "head of a stream", "head of the log", "read of a stream"};
  constexpr const char* answers[] = {"written", "already there", "refused", "unknown", "not done", "read"};
  return fmt::format(
      "{} ({}) of commit {} called at {}, answered at {}", kinds[static_cast<std::size_t>(operation.kind)],
      answers[static_cast<std::size_t>(operation.answer)], operation.commit, operation.called, operation.answered);
}

class Check {
 public:
  Check(std::vector<Operation> operations, const std::vector<FinalEvent>& log)
      : operations_{std::move(operations)}, states_{log} {}

  Flaw run() {
    if (states_.is_torn()) return "a commit stands in the log in two pieces";
    if (auto flaw = find_writers()) return flaw;
    if (auto flaw = check_places()) return flaw;
    return place_in_order();
  }

 private:
  // Which operation made each commit. One whose outcome is unknown did where no other says that it did.
  Flaw find_writers() {
    std::map<CommitNumber, std::size_t> writers;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const auto& operation = operations_[i];
      if (operation.kind != Kind::append || operation.answer != Answer::written) continue;
      if (states_.made_by(operation.commit) == 0) return "lost: " + name_of(operation);
      if (!writers.emplace(operation.commit, i).second) return "written twice: " + name_of(operation);
    }
    std::map<CommitNumber, std::size_t> unknown;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const auto& operation = operations_[i];
      if (operation.kind != Kind::append || operation.answer != Answer::unknown) continue;
      const auto [first, is_first] = unknown.emplace(operation.commit, i);
      if (!is_first && operations_[first->second].called > operation.called) first->second = i;
    }
    for (const auto commit : states_.commits()) {
      if (!writers.contains(commit)) {
        const auto found = unknown.find(commit);
        if (found == unknown.end()) return fmt::format("nobody was told of commit {}, which is in the log", commit);
        auto& writer = operations_[found->second];
        writer.answer = Answer::written;
        writer.answered = never;
        place(writer, states_.made_by(commit));
      }
    }
    std::erase_if(operations_, [](const Operation& operation) {
      return operation.answer == Answer::unknown || operation.answer == Answer::not_done;
    });
    return {};
  }

  // Gives an operation that was told nothing the places that its commit has.
  void place(Operation& append, std::uint64_t state) const {
    std::map<StreamNumber, std::uint64_t> heads;
    for (std::size_t i = 0; i < append.streams.size(); ++i) {
      const auto stream = append.streams[i];
      append.versions.push_back(++heads.try_emplace(stream, states_.head(stream, state - 1)).first->second);
      append.positions.push_back(states_.end(state - 1) + i + 1);
    }
  }

  Flaw check_places() const {
    for (const auto& operation : operations_) {
      if (operation.called >= operation.answered) return "answered before it was called: " + name_of(operation);
      if (operation.kind == Kind::read_stream && !states_.holds_commits(operation.streams.front(), operation.commits))
        return "not what the stream holds: " + name_of(operation);
      if (operation.kind != Kind::append || operation.answer == Answer::wrong_version) continue;
      const auto state = states_.made_by(operation.commit);
      if (state == 0 || !stands_where_it_says(states_, operation, state))
        return "not where the log has it: " + name_of(operation);
      if (operation.answer == Answer::written && !conflicts_in(states_, operation, state - 1).empty())
        return "its expectations did not hold: " + name_of(operation);
    }
    return {};
  }

  Flaw place_in_order() const {
    struct Step {
      std::uint64_t time;
      bool is_answer;
      std::size_t operation;
    };
    std::vector<Step> steps;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      steps.push_back({operations_[i].called, false, i});
      steps.push_back({operations_[i].answered, true, i});
    }
    std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.time < b.time; });
    std::vector<std::uint64_t> at(operations_.size());
    std::uint64_t reached = 0;  // by what was answered
    for (const auto& step : steps) {
      const auto& operation = operations_[step.operation];
      if (step.is_answer) {
        reached = std::max(reached, at[step.operation]);
        continue;
      }
      if (operation.answer == Answer::written) {
        at[step.operation] = states_.made_by(operation.commit);
        if (at[step.operation] <= reached)
          return "stands before what was answered when it was called: " + name_of(operation);
        continue;
      }
      auto state = reached;
      while (state <= states_.count() && !fits(states_, operation, state)) ++state;
      if (state > states_.count()) return "fits no state after it was called: " + name_of(operation);
      at[step.operation] = state;
    }
    return {};
  }

  std::vector<Operation> operations_;
  const States states_;
};

}  // namespace

std::optional<std::string> flaw_of(std::vector<Operation> operations, const std::vector<FinalEvent>& log) {
  return Check{std::move(operations), log}.run();
}

}  // namespace eventstore::laws
