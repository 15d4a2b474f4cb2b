#include <aggregates/aggregates.hpp>
#include <eventstore/cli/main.hpp>
#include <functions/functions.hpp>
#include <importers/importers.hpp>
#include <projections/projections.hpp>
#include <reactions/reactions.hpp>

int main(int argc, char** argv) {
  return eventstore::cli::main(argc, argv,
                               {domain::all_aggregates(),
                                domain::all_projections(),
                                domain::all_functions(),
                                domain::all_reactions(),
                                {},
                                domain::all_importers()});
}
