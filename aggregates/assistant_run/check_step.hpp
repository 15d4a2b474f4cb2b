#pragma once
// What a step of the assistant must look like in a command.
#include <eventstore/aggregate/decision.hpp>
#include <eventstore/schema/json.hpp>

#include <optional>

namespace domain {

/// Refuses what is neither a text with something in it nor {name, input?, output?, duration_ms?}: name is a text with
/// something in it, input and output are any JSON, duration_ms is a number that is not below 0. The sentence quotes
/// nothing of the step, which is personal.
std::optional<eventstore::Refusal> check_step(const eventstore::Json& step);

}  // namespace domain
