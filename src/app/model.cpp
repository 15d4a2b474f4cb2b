#include <eventstore/aggregate/claim_record.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/app/describe.hpp>
#include <eventstore/app/model.hpp>
#include <eventstore/projection/reaction_record.hpp>

#include <algorithm>
#include <set>

namespace eventstore {
inline namespace v1 {
namespace {

void append_name(std::string& list, const std::string& name) { list += (list.empty() ? "" : ", ") + name; }

void add_events(const AggregateType& aggregate, EventTypes& to) {
  for (const auto* const schema : aggregate.events) {
    to.add(aggregate.category, *schema);
    for (const auto& former : aggregate.former_categories) to.add(former, *schema);
  }
}

bool lists(const Model& model, const AggregateType& own) {
  return std::ranges::any_of(model.aggregates,
                             [&](const AggregateType& each) { return each.has_category(own.category); });
}

// Claims stand in streams of this category, so that no other aggregate can have it.
Result<void> check_claims(const Model& model) {
  if (!has_unique_values(model)) return {};
  for (const auto& each : model.aggregates)
    if (each.has_category(ClaimRecord::category) && each.readable != claim_records().readable)
      return failure(Errc::invalid_argument, "register aggregates", ClaimRecord::category,
                     "the library keeps the claims of unique values in this category: give your aggregate another one");
  return {};
}

}  // namespace

const AggregateType* reaction_records(const Model& model) {
  static const auto records = aggregate<ReactionRecord>();
  return model.reactions.empty() || lists(model, records) ? nullptr : &records;
}

bool has_unique_values(const Model& model) {
  return std::ranges::any_of(model.aggregates, [](const AggregateType& each) { return !each.unique.empty(); });
}

std::vector<const AggregateType*> library_aggregates(const Model& model) {
  static const auto erasures = aggregate<ErasureRecord>();
  std::vector<const AggregateType*> all;
  if (const auto* const records = reaction_records(model)) all.push_back(records);
  if (!lists(model, erasures)) all.push_back(&erasures);
  if (has_unique_values(model) && !lists(model, claim_records())) all.push_back(&claim_records());
  return all;
}

Result<const AggregateType*> find_aggregate(const Model& model, std::string_view category) {
  std::string known;
  for (const auto& aggregate : model.aggregates) {
    if (aggregate.has_category(category)) return &aggregate;
    append_name(known, aggregate.category);
  }
  for (const auto* const own : library_aggregates(model))
    if (own->category == category) return own;
  return failure(Errc::not_found, "find aggregate", std::string{category},
                 "this program has no such category; it has " + known);
}

Result<const CommandType*> find_command(const AggregateType& aggregate, std::string_view name) {
  if (const auto* const command = aggregate.command(name); command != nullptr) return command;
  std::string known;
  for (const auto& each : aggregate.commands) append_name(known, each.name);
  return failure(Errc::not_found, "execute", std::string{name},
                 aggregate.category + " has no such command; it has " + (known.empty() ? "none" : known));
}

Result<std::vector<const ProjectionType*>> find_projections(const Model& model, std::span<const std::string> names) {
  std::vector<const ProjectionType*> chosen;
  std::string known;
  for (const auto& projection : model.projections) {
    append_name(known, projection.name());
    if (names.empty()) chosen.push_back(&projection);
  }
  for (const auto& name : names) {
    const auto found = std::ranges::find(model.projections, name, &ProjectionType::name);
    if (found != model.projections.end()) {
      if (std::ranges::find(chosen, &*found) == chosen.end()) chosen.push_back(&*found);
    } else {
      return failure(Errc::not_found, "project", name, "no such projection; the projections are " + known);
    }
  }
  return chosen;
}

Result<std::vector<const ReactionType*>> find_reactions(const Model& model, std::span<const std::string> names) {
  std::vector<const ReactionType*> chosen;
  std::string known;
  for (const auto& reaction : model.reactions) {
    append_name(known, reaction.name);
    if (names.empty()) chosen.push_back(&reaction);
  }
  for (const auto& name : names) {
    const auto found = std::ranges::find(model.reactions, name, &ReactionType::name);
    if (found == model.reactions.end())
      return failure(Errc::not_found, "react", name,
                     "no such reaction; the reactions are " + (known.empty() ? "none" : known));
    chosen.push_back(&*found);
  }
  return chosen;
}

Result<const Converter*> find_converter(const Model& model, std::string_view name) {
  std::string known;
  for (const auto& converter : model.converters) {
    if (converter.name == name) return &converter;
    append_name(known, converter.name);
  }
  return failure(Errc::invalid_argument, "import", "--from " + std::string{name},
                 known.empty() ? "this program converts no documents of other systems: leave --from out"
                               : "no such kind of documents; the kinds are " + known);
}

Result<void> check_model(const Model& model) {
  EVENTSTORE_TRY(check_categories(model.aggregates));
  EVENTSTORE_TRY(check_claims(model));
  std::vector<const ProjectionType*> projections;
  for (const auto& projection : model.projections) projections.push_back(&projection);
  EVENTSTORE_TRY(check_projections(projections));
  std::set<std::string_view> names;
  for (const auto& function : model.functions)
    if (!names.insert(name_of(function)).second)
      return failure(Errc::invalid_argument, "register functions", name_of(function),
                     "two functions have this name: list a function once, and give another one a name of its own");
  names.clear();
  for (const auto& reaction : model.reactions)
    if (!names.insert(reaction.name).second)
      return failure(Errc::invalid_argument, "register reactions", reaction.name,
                     "two reactions have this name: list a reaction once, and give another one a name of its own");
  names.clear();
  for (const auto& converter : model.converters)
    if (!names.insert(converter.name).second)
      return failure(Errc::invalid_argument, "register converters", converter.name,
                     "two converters have this name: list a converter once, and give another one a name of its own");
  return {};
}

Result<StreamId> parse_stream(const Model& model, std::string_view text) {
  auto stream = StreamId::parse(text);
  if (!stream) stream.error().detail += app::filled_in("; for example {stream}", model);
  return stream;
}

EventTypes event_types_of(const Model& model) {
  EventTypes event_types;
  for (const auto& aggregate : model.aggregates) add_events(aggregate, event_types);
  for (const auto* const own : library_aggregates(model)) add_events(*own, event_types);
  return event_types;
}

}  // namespace v1
}  // namespace eventstore
