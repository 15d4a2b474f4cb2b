#include <functions/calls.hpp>
#include <functions/deliveries.hpp>
#include <functions/groups.hpp>

#include <fmt/format.h>
#include <aggregates/delivery/state.hpp>
#include <projections/projections.hpp>

#include <algorithm>
#include <map>

namespace domain {

namespace es = eventstore;

namespace {

constexpr const char* searching = "find_nearby";
constexpr std::int64_t nearby_max = 1'000;

// The field of a collection that says where a document is; empty where none does.
std::string place_of(const es::CollectionShape& shape) {
  const auto found = std::find_if(shape.indexes.begin(), shape.indexes.end(),
                                  [](const es::Index& index) { return index.kind == es::Index::Kind::location; });
  return found == shape.indexes.end() ? std::string{} : found->fields.front();
}

es::Result<const es::ProjectionType*> placed_collection(const std::string& name) {
  static const auto all = all_projections();
  std::string known;
  for (const auto& type : all) {
    if (place_of(type.shape).empty()) continue;
    if (type.name() == name) return &type;
    known += (known.empty() ? "" : ", ") + type.name();
  }
  return es::failure(es::Errc::not_found, searching, name,
                     "the collections of documents that have a place are " + known);
}

// {…} becomes {…,"distance":12.5}.
std::string with_distance(std::string document, double meters) {
  document.pop_back();
  return fmt::format("{},\"distance\":{:.1f}}}", document, meters);
}

std::string text_at(const es::QueryValue& value) {
  const auto* const text = std::get_if<std::string>(&value);
  return text == nullptr ? std::string{} : *text;
}

}  // namespace

es::Result<es::PageOf<std::string>> find_nearby(const es::AskContext& context, const FindNearby& parameters) {
  if (parameters.limit < 0 || parameters.limit > nearby_max)
    return es::failure(es::Errc::invalid_argument, searching, "limit", fmt::format("expected 0 to {}", nearby_max));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, placed_collection(parameters.collection));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, context.live_collections(*type));
  es::PageOf<std::string> answer{};
  if (parameters.limit == 0) return answer;
  EVENTSTORE_TRY_ASSIGN(auto found, collections->near(type->shape, context.organization,
                                                      {place_of(type->shape),
                                                       parameters.longitude,
                                                       parameters.latitude,
                                                       parameters.radius_meters,
                                                       {},
                                                       static_cast<std::size_t>(parameters.limit)}));
  for (auto& each : found) answer.documents.push_back(with_distance(std::move(each.document), each.distance_meters));
  return answer;
}

es::Result<std::vector<AgentSuccessRate>> get_agent_success_rates(const es::AskContext& context,
                                                                  const GetAgentSuccessRates& parameters) {
  using Kind = es::Condition::Kind;
  EVENTSTORE_TRY_ASSIGN(const auto frame, time_frame(parameters.start_date, parameters.end_date, context.clock.now()));
  static const es::ProjectionType type = deliveries_projection();
  EVENTSTORE_TRY_ASSIGN(auto* const collections, context.live_collections(type));
  const std::string completed{to_string(DeliveryStatus::completed)};
  const std::string failed{to_string(DeliveryStatus::failed)};
  EVENTSTORE_TRY_ASSIGN(const auto groups, collections->group(type.shape, context.organization,
                                                              {{{"scheduled_time", Kind::at_least, {frame.first}},
                                                                {"scheduled_time", Kind::less, {frame.end}},
                                                                {"status", Kind::any_of, {completed, failed}},
                                                                {"agent_id", Kind::not_empty, {}}},
                                                               {{"agent_id", {}}, {"status", {}}},
                                                               {},
                                                               {}}));
  std::map<std::string, AgentSuccessRate> by_agent;
  for (const auto& group : groups) {
    auto& rate = by_agent[text_at(group.key.front())];
    const auto deliveries = static_cast<std::int64_t>(group.documents);
    rate.total += deliveries;
    if (text_at(group.key.back()) == completed) rate.successful += deliveries;
  }
  std::vector<AgentSuccessRate> all;
  for (auto& [agent_id, rate] : by_agent) {
    rate._id = agent_id;
    rate.successRate = percentage(rate.successful, rate.total);
    all.push_back(std::move(rate));
  }
  return all;
}

std::vector<es::Function> deliveries_functions() {
  return {es::asks("find_nearby", &find_nearby), es::asks("get_agent_success_rates", &get_agent_success_rates)};
}

}  // namespace domain
