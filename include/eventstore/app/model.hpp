#pragma once
// The parts of a domain that a store and a program need: its aggregates, projections, functions, reactions and
// converters.
#include <eventstore/app/converter.hpp>
#include <eventstore/app/function.hpp>
#include <eventstore/projection/outside_call.hpp>
#include <eventstore/projection/reaction_type.hpp>
#include <eventstore/schema/event_types.hpp>
#include <span>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// `es::Model{{es::aggregate<Account>()}, {es::projection<Balances>()}}`.
struct Model {
  std::vector<AggregateType> aggregates{};
  std::vector<ProjectionType> projections{};
  std::vector<Function> functions{};
  std::vector<ReactionType> reactions{};
  OutsideFunctions outside{};           ///< that the reactions may call, by their names
  std::vector<Converter> converters{};  ///< of documents of other systems, for import --from
};

/// The streams of the model's reactions, as es::ReactionRecord; null where the model has no reactions, or lists that
/// aggregate itself. It is none of `Model::aggregates`: projections get its events without their state, and schema
/// locks leave it to the library. Lifetime: the program's.
const AggregateType* reaction_records(const Model& model);

/// Whether one of the model's aggregates declares unique values.
bool has_unique_values(const Model& model);

/// The aggregates that are the library's own, and that the model has without listing them: reaction_records(), the
/// records of erased subjects, and the claims of unique values where it has some. A program that lists one of them
/// itself sees its states everywhere. Lifetime: the program's.
std::vector<const AggregateType*> library_aggregates(const Model& model);

/// The aggregate that has the category, by its name of today or by an earlier one; library_aggregates(), too. Errors:
/// not_found, naming the categories of the model. Lifetime: the model's.
Result<const AggregateType*> find_aggregate(const Model& model, std::string_view category);

/// The aggregate's command of that name. Errors: not_found, naming the aggregate's commands. Lifetime: the aggregate's.
Result<const CommandType*> find_command(const AggregateType& aggregate, std::string_view name);

/// The projections of these names, in this order; all of them if no name is given. Errors: not_found, naming the
/// projections of the model. Lifetime: the model's.
Result<std::vector<const ProjectionType*>> find_projections(const Model& model, std::span<const std::string> names);

/// The reactions of these names, in this order; all of them if no name is given. Errors: not_found, naming the
/// reactions of the model. Lifetime: the model's.
Result<std::vector<const ReactionType*>> find_reactions(const Model& model, std::span<const std::string> names);

/// The converter of that name. Errors: invalid_argument, naming the converters of the model. Lifetime: the model's.
Result<const Converter*> find_converter(const Model& model, std::string_view name);

/// Whether each name belongs to one part of the model: a category, now or earlier, to one aggregate, a collection to
/// one projection, and the name of a function, of a reaction or of a converter to one of them. Errors:
/// invalid_argument, naming it.
Result<void> check_model(const Model& model);

/// Reads "account-7". Errors: invalid_argument, with an example from the model.
Result<StreamId> parse_stream(const Model& model, std::string_view text);

/// All event types of the model's aggregates, under the categories' earlier names too, and those of
/// library_aggregates().
EventTypes event_types_of(const Model& model);

}  // namespace v1
}  // namespace eventstore
