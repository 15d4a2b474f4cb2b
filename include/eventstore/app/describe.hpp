#pragma once
// The domain of a program in words, for help texts: its commands, its functions, and examples of its names.
#include <eventstore/app/model.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::app {

/// `help` with the names of the model's first aggregate in place of {stream}, {category} and {event}.
std::string filled_in(std::string_view help, const Model& model);

/// The commands that the words choose, each with its fields, their types and defaults: with no word those of all
/// aggregates, with a stream or a category those of its aggregate, with the name of a command behind it that command
/// alone. A word that names nothing is passed over. Many lines, each with its line end.
std::string describe_commands(const Model& model, const std::vector<std::string>& words);

/// In the same way the functions that record, or that ask: one line each, or with a name that function's parameters.
std::string describe_functions(const Model& model, bool recording, const std::vector<std::string>& words);

}  // namespace eventstore::app
