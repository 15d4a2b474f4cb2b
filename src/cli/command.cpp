#include "command_line.hpp"

namespace eventstore::cli {
namespace {

struct NoParameters {
  EVENTSTORE_FIELDS(NoParameters);
};

}  // namespace

const Model& CommandGroup::model() const { return line_.model_; }

void CommandGroup::add(const std::string& name, const std::string& does, const Schema& parameters, const Layout& layout,
                       Run run) {
  line_.add(place_, name, does, parameters, layout, std::move(run));
}

void CommandGroup::add(const std::string& name, const std::string& does, Result<void> (*run)(Call&)) {
  add(name, does, schema_of<NoParameters>(), {}, [run](Call& call, BytesView) { return run(call); });
}

CommandGroup CommandGroup::group(const std::string& name, const std::string& does) {
  auto* const place = place_.add_subcommand(name, does);
  place->require_subcommand(1);
  return {line_, *place};
}

}  // namespace eventstore::cli
