#pragma once
// Words as the parameters of a function, for faces that get text.
#include <eventstore/schema/schema.hpp>
#include <string>
#include <vector>

namespace eventstore::app {

/// Reads `name=value`, `--name value`, `--name=value` and values alone, which fill the parameters in their order; `-`
/// in a name is the same as `_`. Gives the bytes of the record `parameters`. Errors: invalid_argument, naming the wrong
/// parameter and listing all parameters.
Result<Bytes> read_arguments(const Schema& parameters, const std::vector<std::string>& words);

/// "metric_type [days=30]", for help and messages.
std::string describe_parameters(const Schema& parameters);

}  // namespace eventstore::app
