#pragma once
// Private to the command line: all commands, and the words that choose one of them.
#include <CLI/CLI.hpp>
#include <deque>
#include "command.hpp"
#include "options.hpp"

namespace eventstore::cli {

/// Lifetime: at one place; `model` outlives it.
class CommandLine {
 public:
  explicit CommandLine(const Model& model);
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// Runs the command that the words choose; the exit code of the process.
  int run(int argc, char** argv);

 private:
  friend class CommandGroup;
  using Run = std::function<Result<void>(Call&, BytesView parameters)>;

  struct Command {
    Command(const Schema& parameters, Layout its_layout, Run its_run)
        : options{parameters}, layout{std::move(its_layout)}, run{std::move(its_run)} {}
    Options options;
    Layout layout;
    Run run;
    const CLI::App* words = nullptr;
  };

  void add(CLI::App& place, const std::string& name, const std::string& does, const Schema& parameters,
           const Layout& layout, Run run);
  /// Tells of settings that need a look, and adds what the words set. Errors: as Settings::of_process.
  [[nodiscard]] Result<app::Settings> settings() const;
  [[nodiscard]] Result<GlobalOptions> global_options(const app::Settings& settings) const;
  [[nodiscard]] ExitCode run_chosen() const;
  [[nodiscard]] std::string explain(const CLI::ParseError& problem) const;

  const Model& model_;
  CLI::App app_{"Event store: append events, replay them to states, project them into collections"};
  Options global_;
  std::deque<Command> commands_;
  const Command* chosen_ = nullptr;
};

}  // namespace eventstore::cli
