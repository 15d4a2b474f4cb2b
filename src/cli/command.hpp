#pragma once
// Private to the command line: how a command is added. One file a command, and it stays small, because a command only
// joins a use case of `eventstore/app/` to the terminal:
//   1. The use case is in app/: parameters with EVENTSTORE_FIELDS, a function, a described result or rows by callback.
//        struct CountStreams {
//          EVENTSTORE_FIELDS(CountStreams, (std::string, category, "", help("Only streams of this category")));
//        };
//        Result<StreamCount> count_streams(Store& store, const CountStreams& parameters);
//   2. src/cli/count.cpp has a function that runs it and one that adds the command:
//        Result<void> run(Call& call, const app::CountStreams& parameters) {
//          EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
//          EVENTSTORE_TRY_ASSIGN(const auto count, app::count_streams(*store, parameters));
//          return call.print(count);
//        }
//        void add_count(CommandGroup& commands) { commands.add("count", "Count the streams of the store", run); }
//   3. commands.hpp declares add_count, and the list in commands.cpp, which is the order of the help text, has it.
// Everything about options comes from the description of the parameters:
//   - A field without a default is an argument, shown in capitals: STREAM. Others are options: at_version is
//     --at-version, a bool is a flag, a vector may be given several times, and an enum lists its enumerators. An option
//     whose type is a record takes a word for each of its fields.
//     A Layout changes these rules for one command.
//   - help("…") of the field is the option's help, and its default stands in the help text. Say what the option does.
//   - The fields of a nested record that is `flattened` stand among the others: app::Caller gives --org, --user, --ip.
//   - spelling.cpp has the few fields whose option has another name.
//   - Words that are no value of the field's type are refused with exit code 2, before the command runs.
// And everything about the results:
//   - call.print(result) prints the fields of a described result in their order, without the optional ones that are
//     absent: a JSON line for a program, a table for a person. No command writes JSON by hand.
//   - An Error that `run` returns is printed as one line, and its code decides the exit code (report.hpp).
//   - Other text goes to standard error: call.note("…"). call.fail() makes the exit code 1 without an error.
//   - call.bar("import", "events") is a progress bar as a callback; call.interruption() is Ctrl-C as a stop token.
#include <eventstore/schema/codec.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>
#include "call.hpp"

namespace CLI {
class App;
}

namespace eventstore::cli {

class CommandLine;

/// The rules that the description of the parameters does not state. Fields are given by name; an unknown one throws
/// std::logic_error, which every test of the program meets.
struct Layout {
  std::vector<std::string> arguments{};  ///< fields with a default that are arguments too
  std::vector<std::string> options{};    ///< fields without a default that are options, and required
  std::vector<std::string> required{};   ///< fields with a default that must be given
  std::vector<std::pair<std::string, std::string>> exclusive{};  ///< of each pair at most one
  bool lines_only = false;   ///< JSON lines on a terminal too: the result is for another command
  bool takes_words = false;  ///< words that are no option go to Call::words
  std::function<std::string(const std::vector<std::string>& words)> footer{};  ///< below the help, for its arguments
};

/// Commands that stand at one place: those of the program, or those behind a word such as `project`.
class CommandGroup {
 public:
  CommandGroup(CommandLine& line, CLI::App& place) : line_{line}, place_{place} {}

  /// Adds a command that takes the options of `Parameters`.
  template <Described Parameters>
  void add(const std::string& name, const std::string& does, Result<void> (*run)(Call&, const Parameters&),
           const Layout& layout = {}) {
    add(name, does, schema_of<Parameters>(), layout, [run](Call& call, BytesView bytes) -> Result<void> {
      EVENTSTORE_TRY_ASSIGN(const auto parameters, decode<Parameters>(bytes));
      return run(call, parameters);
    });
  }
  /// Adds a command without options of its own.
  void add(const std::string& name, const std::string& does, Result<void> (*run)(Call&));

  /// A word with commands of its own.
  CommandGroup group(const std::string& name, const std::string& does);

  [[nodiscard]] const Model& model() const;

 private:
  using Run = std::function<Result<void>(Call&, BytesView parameters)>;
  void add(const std::string& name, const std::string& does, const Schema& parameters, const Layout& layout, Run run);

  CommandLine& line_;
  CLI::App& place_;
};

}  // namespace eventstore::cli
