// `agents`: one document an agent, with its profile and the figures of the deliveries that it has or had. No secrets.
#include <aggregates/agent/agent.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <projections/common/delivery_figures.hpp>
#include <projections/projections.hpp>
#include <source_hash/agents.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

constexpr double seconds_per_minute = 60;

// Of the deliveries that the agent has now.
struct PerformanceMetrics {
  EVENTSTORE_FIELDS(PerformanceMetrics, (int64_t, total_deliveries), (int64_t, successful_deliveries),
                    (double, average_rating, 0), (double, response_time, 0));
};

struct Agents {
  static constexpr auto name = "agents";
  // An agent that only deliveries name has no profile: no version, no createdAt. The sums, from which the means are
  // made, stand beside them. response_time is in minutes.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, aggregate_id), (string, name), (string, phone), (string, email),
                      (AgentRole, role, AgentRole::agent), (int64_t, active_deliveries),
                      (optional<Coordinates>, current_location), (bool, is_active, false),
                      (optional<es::Timestamp>, last_login), (int64_t, login_count),
                      (PerformanceMetrics, performance_metrics), (int64_t, ratings), (int64_t, ratings_sum),
                      (int64_t, responses), (int64_t, response_seconds), (int64_t, version),
                      (optional<es::Timestamp>, createdAt), (optional<es::Timestamp>, updatedAt));
  };
  using reads = es::Reads<Agent, Delivery>;
  using To = es::Operations<Document>;
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::organization;

  static std::vector<es::Index> indexes() {
    return {es::index_on({"email"}),
            es::index_on({"phone"}),
            es::index_on({"role"}),
            es::index_on({"is_active"}),
            es::index_on({"performance_metrics.total_deliveries"}),
            es::location_on("current_location")};
  }

  static void project(const es::Change<Agent>& change, To& to) {
    const auto& state = change.after;
    auto document = empty(string{change.key});
    document.name = state.name;
    document.phone = state.phone;
    document.email = state.email;
    document.role = state.role;
    document.is_active = state.is_active;
    document.current_location = state.current_location;
    document.last_login = state.last_login;
    document.login_count = state.login_count;
    document.version = static_cast<int64_t>(change.stored_version().value);
    document.createdAt = change.opened_at;
    document.updatedAt = change.metadata.created_at;
    to.upsert<&Document::name, &Document::phone, &Document::email, &Document::role, &Document::is_active,
              &Document::current_location, &Document::last_login, &Document::login_count, &Document::version,
              &Document::createdAt, &Document::updatedAt>(key_in(change.metadata, change.key), std::move(document));
  }

  static void project(const es::Change<Delivery>& change, To& to) {
    const auto was_of = change.before.agent_id.value_or("");
    const auto is_of = change.after.agent_id.value_or("");
    const auto before = DeliveryFigures::of(change.before);
    const auto after = DeliveryFigures::of(change.after);
    if (was_of == is_of && before == after) return;
    if (!was_of.empty()) count(change.metadata, was_of, before, -1, to);
    if (!is_of.empty()) count(change.metadata, is_of, after, 1, to);
  }

 private:
  static Document empty(string aggregate_id) {
    Document document{};
    document.aggregate_id = std::move(aggregate_id);
    return document;
  }

  // Adds a delivery's figures to those of the agent, or takes them off: `sign` is 1 or -1.
  static void count(const es::Metadata& metadata, const string& agent_id, const DeliveryFigures& figures, int64_t sign,
                    To& to) {
    to.change(key_in(metadata, agent_id), empty(agent_id), [figures, sign](Document& document) {
      document.active_deliveries += sign * figures.active;
      document.ratings += sign * figures.ratings;
      document.ratings_sum += sign * figures.ratings_sum;
      document.responses += sign * figures.responses;
      document.response_seconds += sign * figures.response_seconds;
      auto& metrics = document.performance_metrics;
      metrics.total_deliveries += sign * figures.ended;
      metrics.successful_deliveries += sign * figures.completed;
      metrics.average_rating = mean(document.ratings_sum, document.ratings);
      metrics.response_time = mean(document.response_seconds, document.responses) / seconds_per_minute;
    });
  }
};

}  // namespace

es::ProjectionType agents_projection() { return es::projection<Agents>(source_hash::agents); }

}  // namespace domain
