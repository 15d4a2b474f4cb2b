#include "trace_tree.hpp"

#include <algorithm>
#include <unordered_map>

namespace eventstore {
inline namespace v1 {
namespace {

class TreeMaker {
 public:
  TreeMaker(TraceEvents events, const std::map<Position, std::string>& missing) : missing_{missing} {
    for (auto& [position, node] : events) events_.push_back(std::move(node));
    for (std::size_t i = 0; i < events_.size(); ++i) by_id_[events_[i].metadata.event_id.uuid].push_back(i);
    causes_.resize(events_.size());
    effects_.resize(events_.size());
    for (std::size_t i = 0; i < events_.size(); ++i) join(i);
    for (const auto& [position, id] : missing) by_missing_[id].push_back(index_at(position));
    is_placed_.resize(events_.size());
    is_above_.resize(events_.size());
  }

  std::vector<TraceNode> make() {
    // The course of the asked event comes first, then what else is correlated.
    for (const bool is_correlated : {false, true})
      for (std::size_t i = 0; i < events_.size(); ++i)
        if (causes_[i].empty() && is_correlated == (events_[i].relation == TraceRelation::correlated)) place_root(i);
    // The rest hangs on loops.
    for (std::size_t i = 0; i < events_.size(); ++i)
      if (!is_placed_[i]) place(first_of_loop(i), std::nullopt, 0);
    return std::move(nodes_);
  }

 private:
  struct Open {
    std::size_t event;
    std::size_t node;
    std::size_t next = 0;  // of its effects
  };

  void join(std::size_t effect) {
    const auto cause = cause_of(events_[effect]);
    const auto known = cause ? by_id_.find(*cause) : by_id_.end();
    if (known == by_id_.end()) return;
    for (const auto each : known->second) {
      causes_[effect].push_back(each);
      effects_[each].push_back(effect);
    }
  }

  void place_root(std::size_t event) {
    if (is_placed_[event]) return;
    const auto missing = missing_.find(events_[event].position);
    if (missing == missing_.end()) return place(event, std::nullopt, 0);
    TraceNode node;
    const bool is_correlated = events_[event].relation == TraceRelation::correlated;
    node.relation = is_correlated ? TraceRelation::correlated : TraceRelation::cause;
    node.is_in_log = false;
    node.cause = missing->second;
    const auto above = nodes_.size();
    nodes_.push_back(std::move(node));
    for (const auto each : by_missing_.at(missing->second)) place(each, above, 1);
  }

  [[nodiscard]] std::size_t index_at(Position position) const {
    const auto found = std::ranges::lower_bound(events_, position, {}, &TraceNode::position);
    return static_cast<std::size_t>(found - events_.begin());
  }

  Open enter(std::size_t event, std::optional<std::size_t> parent, std::size_t depth) {
    is_placed_[event] = true;
    is_above_[event] = true;
    auto node = events_[event];
    node.parent = parent;
    node.depth = depth;
    nodes_.push_back(std::move(node));
    return {event, nodes_.size() - 1};
  }

  // The event and all that stands below it. Not by recursion: a chain may be as long as the trace.
  void place(std::size_t event, std::optional<std::size_t> parent, std::size_t depth) {
    if (is_placed_[event]) return;
    std::vector<Open> path{enter(event, parent, depth)};
    while (!path.empty()) {
      auto& top = path.back();
      const auto& effects = effects_[top.event];
      if (top.next == effects.size()) {
        is_above_[top.event] = false;
        path.pop_back();
        continue;
      }
      const auto effect = effects[top.next++];
      if (is_above_[effect]) nodes_[top.node].ends_loop = true;
      if (!is_placed_[effect]) path.push_back(enter(effect, top.node, nodes_[top.node].depth + 1));
    }
  }

  // The first event of the loop that is met on the way up from `event`.
  [[nodiscard]] std::size_t first_of_loop(std::size_t event) const {
    std::vector<bool> is_met(events_.size());
    while (!is_met[event]) {
      is_met[event] = true;
      event = causes_[event].front();
    }
    auto first = event;
    for (auto each = causes_[event].front(); each != event; each = causes_[each].front()) first = std::min(first, each);
    return first;
  }

  const std::map<Position, std::string>& missing_;
  std::vector<TraceNode> events_;  // by position
  std::unordered_map<Uuid, std::vector<std::size_t>> by_id_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_missing_;
  std::vector<std::vector<std::size_t>> causes_;
  std::vector<std::vector<std::size_t>> effects_;
  std::vector<bool> is_placed_;
  std::vector<bool> is_above_;  // on the way from the root to the event that is being placed
  std::vector<TraceNode> nodes_;
};

}  // namespace

std::optional<Uuid> cause_of(const TraceNode& node) {
  const auto id = Uuid::parse(node.metadata.causation_id);
  return id ? std::optional{*id} : std::nullopt;
}

std::vector<TraceNode> tree_of(TraceEvents events, const std::map<Position, std::string>& missing) {
  return TreeMaker{std::move(events), missing}.make();
}

}  // namespace v1
}  // namespace eventstore
