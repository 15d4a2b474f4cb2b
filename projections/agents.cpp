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

struct Agents {
  static constexpr auto name = "agents";
  // An agent that only deliveries name has no profile: no version, no createdAt. A mean is ratings_sum / ratings, and
  // response_seconds / responses: sums alone can be added to.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, aggregate_id), (string, name), (string, phone), (string, email),
                      (AgentRole, role, AgentRole::agent), (bool, is_active, false), (int64_t, active_deliveries),
                      (optional<Coordinates>, current_location), (optional<es::Timestamp>, last_login),
                      (int64_t, login_count), (int64_t, total_deliveries), (int64_t, successful_deliveries),
                      (int64_t, ratings), (int64_t, ratings_sum), (int64_t, responses), (int64_t, response_seconds),
                      (int64_t, version), (optional<es::Timestamp>, createdAt), (optional<es::Timestamp>, updatedAt));
  };
  using reads = es::Reads<Agent, Delivery>;
  using To = es::Operations<Document>;
  using Part = es::Contribution<Document>;
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::organization;

  static std::vector<es::Index> indexes() {
    return {es::index_on({"email"}),
            es::index_on({"phone"}),
            es::index_on({"role"}),
            es::index_on({"is_active"}),
            es::index_on({"total_deliveries"}),
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
    to.contribute<&Document::active_deliveries, &Document::total_deliveries, &Document::successful_deliveries,
                  &Document::ratings, &Document::ratings_sum, &Document::responses, &Document::response_seconds>(
        part_of(change.metadata, change.before), part_of(change.metadata, change.after));
  }

 private:
  static Document empty(string aggregate_id) {
    Document document{};
    document.aggregate_id = std::move(aggregate_id);
    return document;
  }

  // What a delivery in this state adds, and to whom.
  static optional<Part> part_of(const es::Metadata& metadata, const DeliveryState& state) {
    if (state.agent_id.value_or("").empty()) return std::nullopt;
    const auto figures = DeliveryFigures::of(state);
    auto document = empty(*state.agent_id);
    document.active_deliveries = figures.active;
    document.total_deliveries = figures.ended;
    document.successful_deliveries = figures.completed;
    document.ratings = figures.ratings;
    document.ratings_sum = figures.ratings_sum;
    document.responses = figures.responses;
    document.response_seconds = figures.response_seconds;
    return Part{key_in(metadata, *state.agent_id), std::move(document)};
  }
};

}  // namespace

es::ProjectionType agents_projection() { return es::projection<Agents>(source_hash::agents); }

}  // namespace domain
