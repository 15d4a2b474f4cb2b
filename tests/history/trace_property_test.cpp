// A trace equals a naive closure over all events of a random log.
#include <eventstore/history/trace.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "parcels.hpp"

namespace trace_property_test {

using namespace parcels;

namespace {

struct Known {
  std::uint64_t position;
  es::Uuid id;
  string correlation;
  string causation;
};

using Positions = std::set<std::uint64_t>;

bool causes(const Known& cause, const Known& effect) {
  const auto id = es::Uuid::parse(effect.causation);
  return id && *id == cause.id;
}

string course_of(const Known& event) { return event.correlation.empty() ? event.id.to_string() : event.correlation; }

// Adds events until none can be added, looking at all pairs again and again.
template <class Joins> Positions closed(const std::vector<Known>& all, Positions chosen, Joins joins) {
  for (std::size_t before = 0; before != chosen.size();) {
    before = chosen.size();
    for (const auto& one : all)
      for (const auto& other : all)
        if (chosen.contains(one.position) && joins(one, other)) chosen.insert(other.position);
  }
  return chosen;
}

Positions naive_trace(const std::vector<Known>& all, const es::Uuid& id) {
  Positions asked;
  for (const auto& event : all)
    if (event.id == id) asked.insert(event.position);
  auto trace = closed(all, asked, [](const Known& one, const Known& other) { return causes(other, one); });
  trace.merge(closed(all, asked, [](const Known& one, const Known& other) { return causes(one, other); }));
  for (const auto& one : all)
    for (const auto& other : all)
      if (asked.contains(one.position) && course_of(one) == course_of(other)) trace.insert(other.position);
  return trace;
}

// Few ids, so that loops, missing causes, and ids that several streams have come often.
std::vector<Known> fill(ParcelLog& parcels, Chance& chance, std::size_t events) {
  std::vector<Known> all;
  std::set<std::pair<std::size_t, std::size_t>> taken;
  while (all.size() < events) {
    const auto stream = chance.below(4);
    const auto id = chance.below(events);
    if (!taken.emplace(stream, id).second) continue;
    NewParcel parcel{.stream = "parcel-" + std::to_string(stream), .id = number("id", id)};
    if (!chance.one_in(3)) parcel.causation_id = number("id", chance.below(events)).to_string();
    if (chance.one_in(8)) parcel.causation_id = "command";
    if (chance.one_in(5)) parcel.correlation_id = "c-" + std::to_string(chance.below(3));
    if (chance.one_in(5)) parcel.correlation_id = number("id", chance.below(events)).to_string();
    parcels.add(parcel);
    all.push_back({all.size() + 1, parcel.id, parcel.correlation_id, parcel.causation_id});
  }
  return all;
}

// Each event stands once, below a cause of its own; a root has no cause in the trace, or is on a loop.
void check_tree(const es::Trace& trace, const std::vector<Known>& all) {
  std::map<std::size_t, std::size_t> last_at_depth;
  for (std::size_t i = 0; i < trace.nodes.size(); ++i) {
    const auto& node = trace.nodes[i];
    last_at_depth[node.depth] = i;
    if (node.parent) CHECK(last_at_depth[node.depth - 1] == *node.parent);
    if (!node.is_in_log || !node.parent) continue;
    const auto& above = trace.nodes[*node.parent];
    const auto& event = all[node.position.value - 1];
    if (above.is_in_log)
      CHECK(causes(all[above.position.value - 1], event));
    else
      CHECK(above.cause == event.causation);
  }
}

}  // namespace

TEST_CASE("a trace equals a naive closure", "[trace][property]") {
  std::size_t loops = 0;
  std::size_t missing = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Chance chance{seed};
    ParcelLog parcels;
    const auto all = fill(parcels, chance, 3 + chance.below(22));
    for (const auto& asked : all) {
      CAPTURE(seed, asked.position);
      const auto trace = es::trace(parcels.log, es::EventId{asked.id});
      REQUIRE(trace.has_value());
      Positions found;
      for (const auto& node : trace->nodes) {
        loops += node.ends_loop ? 1 : 0;
        missing += node.is_in_log ? 0 : 1;
        if (node.is_in_log) CHECK(found.insert(node.position.value).second);
      }
      REQUIRE(found == naive_trace(all, asked.id));
      check_tree(*trace, all);
    }
  }
  CHECK(loops > 100);
  CHECK(missing > 100);
}

}  // namespace trace_property_test
