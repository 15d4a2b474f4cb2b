#pragma once
// Agents and deliveries, and a collection that is made of both: the worked example of docs/guide/projections.md.
#include "projection/bank_worker.hpp"

namespace courier {

namespace es = eventstore;
using std::int64_t, std::string;

struct AgentHired {
  EVENTSTORE_EVENT(AgentHired, (string, name));
};
struct AgentLeft {
  EVENTSTORE_EVENT(AgentLeft);
};

struct Agent {
  static constexpr auto category = "agent";
  using events = es::Events<AgentHired, AgentLeft>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, name), (bool, active, false));
  };
  static void evolve(State& s, const AgentHired& e) { s = {e.name, true}; }
  static void evolve(State& s, const AgentLeft&) { s.active = false; }
};

struct DeliveryAssigned {
  EVENTSTORE_EVENT(DeliveryAssigned, (string, agent_id));
};
struct DeliveryPriced {
  EVENTSTORE_EVENT(DeliveryPriced, (int64_t, cents));
};
struct DeliveryDeleted {
  static constexpr auto audit_action = "delete";
  EVENTSTORE_EVENT(DeliveryDeleted);
};

struct Delivery {
  static constexpr auto category = "delivery";
  using events = es::Events<DeliveryAssigned, DeliveryPriced, DeliveryDeleted>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, agent_id), (int64_t, cents, 0), (bool, deleted, false));
  };
  static void evolve(State& s, const DeliveryAssigned& e) { s.agent_id = e.agent_id; }
  static void evolve(State& s, const DeliveryPriced& e) { s.cents = e.cents; }
  static void evolve(State& s, const DeliveryDeleted&) { s.deleted = true; }
};

/// One document an agent, with the figures of the deliveries that the agent has now.
struct Agents {
  static constexpr auto name = "agents";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, agent_id), (string, name), (bool, active, false), (int64_t, deliveries, 0),
                      (int64_t, cents, 0));
  };
  using reads = es::Reads<Agent, Delivery>;
  using To = es::Operations<Document>;
  using Part = es::Contribution<Document>;

  // A delivery's event may come before the agent's own: whoever comes first makes the document.
  static void project(const es::Change<Agent>& change, To& to) {
    const string id{change.key};
    to.upsert<&Document::name, &Document::active>(
        key_of(change.metadata, id),
        {.agent_id = id, .name = change.after.name, .active = change.after.active, .deliveries = 0, .cents = 0});
  }

  static void project(const es::Change<Delivery>& change, To& to) {
    to.contribute<&Document::deliveries, &Document::cents>(part_of(change.metadata, change.before),
                                                           part_of(change.metadata, change.after));
  }

  // What a delivery in this state adds, and to whom.
  static std::optional<Part> part_of(const es::Metadata& metadata, const Delivery::State& state) {
    if (state.agent_id.empty() || state.deleted) return std::nullopt;
    return Part{key_of(metadata, state.agent_id),
                {.agent_id = state.agent_id, .name = "", .active = false, .deliveries = 1, .cents = state.cents}};
  }

  // An id that a field holds is not unlike those of other organizations, as a stream is.
  static string key_of(const es::Metadata& metadata, const string& agent_id) {
    return metadata.organization + '\n' + agent_id;
  }
};

/// A log of agents and deliveries.
struct Depot : bank::Office {
  es::ProjectionType agents = es::projection<Agents>();

  Depot() { aggregates = {es::aggregate<Agent>(), es::aggregate<Delivery>()}; }

  template <class E> void tell(const string& stream, const E& event, const string& organization = "org-1") {
    const auto& schema = es::schema_of<E>();
    append(stream, schema.name, schema.id, es::Codec::binary, es::encode(event), {schema.record()}, organization);
  }
};

}  // namespace courier
