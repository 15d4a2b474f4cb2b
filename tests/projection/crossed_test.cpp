// Documents that are made of several aggregates.
#include <rapidcheck.h>
#include <eventstore/collections/documents_of.hpp>
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/testing/projected.hpp>

#include <map>
#include <set>

#include "projection/crossed_domain.hpp"

namespace crossed_test {

using namespace courier;
using es::testing::projected;

namespace {

using Document = Agents::Document;
using Documents = std::map<string, Document>;  // by agent_id

string key(const string& agent_id) { return "org-1\n" + agent_id; }

Documents documents_of(es::Collections& collections, const es::CollectionShape& shape, const string& organization) {
  const es::DocumentsOf<Document> asked{collections, shape, organization};
  auto found = asked.oldest<&Document::agent_id>(1000);
  if (!found) throw std::runtime_error{found.error().message()};
  Documents all;
  for (auto& each : found->documents) all.emplace(each.agent_id, each);
  return all;
}

void bring_to_head(const Depot& depot, es::Collections& collections, std::size_t batch_events) {
  es::ProjectionWorker worker{depot.log, depot.aggregates, collections, {batch_events, {}}};
  const auto done = worker.run({&depot.agents});
  if (!done) throw std::runtime_error{done.error().message()};
  if (!done->left.empty()) throw std::runtime_error{done->left.front().reason};
}

// The last states, kept by hand.
struct LastStates {
  std::map<string, Agent::State> agents{};
  std::map<string, Delivery::State> deliveries{};
  std::set<string> named{};  // agents that an event or a delivery has named

  [[nodiscard]] Documents documents() const {
    Documents all;
    for (const auto& id : named) {
      const auto agent = agents.find(id);
      const auto state = agent == agents.end() ? Agent::State{} : agent->second;
      all.emplace(id, Document{id, state.name, state.active, 0, 0});
    }
    for (const auto& [_, delivery] : deliveries) {
      if (delivery.agent_id.empty() || delivery.deleted) continue;
      auto& document = all.at(delivery.agent_id);
      ++document.deliveries;
      document.cents += delivery.cents;
    }
    return all;
  }
};

template <class A, class E>
void happen(Depot& depot, std::map<string, typename A::State>& states, const string& id, const E& event,
            const string& organization) {
  depot.tell(string{A::category} + '-' + id, event, organization);
  A::evolve(states[id], event);
}

void any_event(Depot& depot, LastStates& last, const string& organization) {
  const auto agent = *rc::gen::element(string{"ada"}, string{"bob"}, string{"cleo"});
  // A stream belongs to one organization, an agent's name in a field to any.
  const auto own = [&](const string& id) { return organization + "." + id; };
  const auto delivery = own(*rc::gen::element(string{"1"}, string{"2"}, string{"3"}, string{"4"}));
  const auto happens = [&](const auto& event) {
    happen<Delivery>(depot, last.deliveries, delivery, event, organization);
    const auto& state = last.deliveries[delivery];
    if (!state.agent_id.empty() && !state.deleted) last.named.insert(state.agent_id);
  };
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      last.named.insert(own(agent));
      return happen<Agent>(depot, last.agents, own(agent), AgentHired{*rc::gen::element(string{"A"}, string{"B"})},
                           organization);
    case 1:
      last.named.insert(own(agent));
      return happen<Agent>(depot, last.agents, own(agent), AgentLeft{}, organization);
    case 2:
    case 3: return happens(DeliveryAssigned{own(agent)});
    case 4: return happens(DeliveryPriced{*rc::gen::inRange<int64_t>(-50, 500)});
    default: return happens(DeliveryDeleted{});
  }
}

}  // namespace

TEST_CASE("a delivery that is reassigned takes its figures along", "[projection][crossed]") {
  auto agents = projected<Agents>();
  agents.by({.organization = "org-1"});
  agents.and_then("ada", AgentHired{"Ada"}).and_then("bob", AgentHired{"Bob"});
  agents.and_then("1", DeliveryAssigned{"ada"}, DeliveryPriced{500}).and_then("2", DeliveryAssigned{"ada"});
  CHECK(agents.document(key("ada")) == Document{"ada", "Ada", true, 2, 500});
  agents.and_then("1", DeliveryAssigned{"bob"});
  CHECK(agents.document(key("ada")) == Document{"ada", "Ada", true, 1, 0});
  CHECK(agents.document(key("bob")) == Document{"bob", "Bob", true, 1, 500});
  agents.and_then("1", DeliveryPriced{700});
  CHECK(agents.document(key("bob"))->cents == 700);
}

TEST_CASE("a delivery that comes before its agent makes the document and the agent's event completes it",
          "[projection][crossed]") {
  auto agents = projected<Agents>();
  agents.by({.organization = "org-1"});
  agents.and_then("1", DeliveryAssigned{"ada"}, DeliveryPriced{500});
  CHECK(agents.document(key("ada")) == Document{"ada", "", false, 1, 500});
  agents.and_then("ada", AgentHired{"Ada"});
  CHECK(agents.document(key("ada")) == Document{"ada", "Ada", true, 1, 500});
}

TEST_CASE("a delivery that is deleted takes its figures away and an agent who left keeps them",
          "[projection][crossed]") {
  auto agents = projected<Agents>();
  agents.by({.organization = "org-1"});
  agents.and_then("ada", AgentHired{"Ada"}).and_then("1", DeliveryAssigned{"ada"}, DeliveryPriced{500});
  agents.and_then("2", DeliveryAssigned{"ada"}).and_then("ada", AgentLeft{}).and_then("1", DeliveryDeleted{});
  CHECK(agents.document(key("ada")) == Document{"ada", "Ada", false, 1, 0});
}

TEST_CASE("an event that changes nothing of a contribution writes nothing", "[projection][crossed]") {
  const auto shape = es::shape_of<Agents>();
  es::PendingDocuments pending{shape};
  es::Operations<Document> to{pending};
  const Agents::Part part{"a", {"ada", "", false, 1, 500}};
  to.contribute<&Document::deliveries, &Document::cents>(part, part);
  to.contribute<&Document::deliveries, &Document::cents>(std::nullopt, std::nullopt);
  CHECK(pending.size() == 0);
}

TEST_CASE("agents of one name in two organizations have documents of their own", "[projection][crossed]") {
  Depot depot;
  depot.tell("delivery-1", DeliveryAssigned{"ada"}, "org-1");
  depot.tell("delivery-2", DeliveryAssigned{"ada"}, "org-2");
  es::MemoryCollections collections;
  bring_to_head(depot, collections, 8192);
  for (const auto* const organization : {"org-1", "org-2"})
    CHECK(documents_of(collections, depot.agents.shape, organization) == Documents{{"ada", {"ada", "", false, 1, 0}}});
}

TEST_CASE("a crossed collection is what the last states come to, however the batches are cut",
          "[projection][crossed]") {
  CHECK(rc::check([] {
    Depot depot;
    std::map<string, LastStates> last;
    es::MemoryCollections memory;
    const auto sqlite = bank::open_collections();
    const auto batch_events = *rc::gen::inRange<std::size_t>(1, 20);
    for (int n = *rc::gen::inRange(1, 60); n > 0; --n) {
      const auto organization = *rc::gen::element(string{"org-1"}, string{"org-2"});
      any_event(depot, last[organization], organization);
      if (*rc::gen::inRange(0, 5) == 0) bring_to_head(depot, *sqlite, batch_events);
      if (*rc::gen::inRange(0, 5) == 0) bring_to_head(depot, memory, batch_events);
    }
    bring_to_head(depot, *sqlite, batch_events);
    bring_to_head(depot, memory, 8192);
    const auto check = [&] {
      for (const auto& [organization, states] : last) {
        RC_ASSERT(documents_of(*sqlite, depot.agents.shape, organization) == states.documents());
        RC_ASSERT(documents_of(memory, depot.agents.shape, organization) == states.documents());
      }
    };
    check();
    es::ProjectionWorker worker{depot.log, depot.aggregates, *sqlite, {1 + batch_events / 2, {}}};
    RC_ASSERT(worker.rebuild(depot.agents).has_value());
    check();
  }));
}

}  // namespace crossed_test
