#include "commands.hpp"

#include <array>

namespace eventstore::cli {
namespace {

constexpr std::array all{
    add_generate,
    add_streams,
    add_stats,
};

}  // namespace

void add_commands(CommandGroup commands) {
  for (const auto add : all) add(commands);
}

}  // namespace eventstore::cli
