#include <eventstore/app/generate.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_generate(Call& call, const app::Generate& parameters) {
  return app::generate(
      call.model().aggregates, parameters, [&](std::string_view line) { return call.print_line(std::string{line}); },
      call.bar("generate", "events"));
}

}  // namespace

void add_generate(CommandGroup& commands) {
  commands.add("generate", "Print made-up event lines, as data for trials", run_generate, {.lines_only = true});
}

}  // namespace eventstore::cli
