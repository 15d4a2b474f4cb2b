#pragma once
// Private to the command line: options and arguments that follow from the description of a command's parameters.
#include <eventstore/app/model.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace eventstore::cli {

struct Layout;

/// The words that were given for the fields of a described struct. Lifetime: at one place, which outlives the parsing.
class Options {
 public:
  /// Lifetime: `parameters` is borrowed.
  explicit Options(const Schema& parameters);
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  /// Adds an option or an argument of `command` for each field; may be called for several commands.
  /// `model` gives the examples in its help.
  void add_to(CLI::App& command, const Layout& layout, const Model& model);

  /// The words that were given for arguments, in their order, also while the rest of the line is wrong or missing.
  [[nodiscard]] std::vector<std::string> arguments() const;
  /// Whether the field was given.
  [[nodiscard]] bool has(std::string_view field) const;
  /// The bytes of the parameters, with their defaults where nothing was given. Errors: invalid_argument.
  [[nodiscard]] Result<Bytes> bytes() const;

 private:
  struct Given {
    const Field* field;
    std::vector<std::string> words{};
  };
  void gather(const Type& record);
  CLI::Option* add(CLI::App& command, Given& given, const Layout& layout, const Model& model);

  const Schema& parameters_;
  std::vector<CLI::Option*> arguments_;
  std::vector<Given> given_;  // also of flattened records, in their order
};

}  // namespace eventstore::cli
