#include "command_line.hpp"

#include <eventstore/app/list_settings.hpp>
#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/os/file_system.hpp>
#include <eventstore/version.hpp>

#include <fmt/format.h>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

const Layout global_layout{.exclusive = {{"json", "table"}}};

}  // namespace

CommandLine::CommandLine(const Model& model) : model_{model}, global_{schema_of<GlobalOptions>()} {
  app_.require_subcommand(1);
  app_.fallthrough();
  app_.name(program_name());
  app_.set_version_flag("--version", fmt::format("eventstore {}", library_version.text),
                        "Print the version of eventstore that the program is built with, and exit");
  global_.add_to(app_, global_layout, model_);
  add_commands({*this, app_});
}

int CommandLine::run(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return app_.exit(problem);  // --help, --version
    fmt::print(stderr, "{0}: {1}; see {0} --help\n", program_name(), explain(problem));
    return static_cast<int>(ExitCode::bad_input);
  }
  return static_cast<int>(run_chosen());
}

Result<app::Settings> CommandLine::settings() const {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(auto settings, app::Settings::of_process(files));
  for (const auto& warning : app::setting_warnings(settings, model_.projections))
    fmt::print(stderr, "{}: warning: {}\n", program_name(), made_visible(warning));
  return settings;
}

Result<GlobalOptions> CommandLine::global_options(const app::Settings& settings) const {
  EVENTSTORE_TRY_ASSIGN(const Bytes bytes, global_.bytes());
  EVENTSTORE_TRY_ASSIGN(auto global, decode<GlobalOptions>(bytes));
  const auto named = settings.value("EVENTSTORE_DIR");
  if (!named.empty() && !global_.has("store")) global.store = named;
  return global;
}

ExitCode CommandLine::run_chosen() const {
  auto set = settings();
  if (!set) return report(set.error());
  auto global = global_options(*set);
  if (!global) return report(global.error());
  if (global_.has("store")) set->set("EVENTSTORE_DIR", global->store, app::SettingOrigin::command_line);
  const auto bytes = chosen_->options.bytes();
  if (!bytes) return report(bytes.error());
  Call call{model_, std::move(*global), std::move(*set), chosen_->words->remaining(), chosen_->layout.lines_only};
  return call.finish(chosen_->run(call, *bytes));
}

// The message about a missing command names the word in its place, and the existing commands.
std::string CommandLine::explain(const CLI::ParseError& problem) const {
  const auto chosen = app_.get_subcommands();
  const CLI::App& asked = chosen.empty() ? app_ : *chosen.front();
  const auto commands = asked.get_subcommands([](const CLI::App*) { return true; });
  if (commands.empty() || !asked.get_subcommands().empty()) return problem.what();
  std::string known;
  for (const auto* const each : commands) known += (known.empty() ? "" : ", ") + each->get_name();
  const auto prefix = chosen.empty() ? std::string{} : asked.get_name() + " ";
  for (const auto& word : app_.remaining(true))
    if (!word.starts_with('-')) return fmt::format("{}{}: no such command; the commands are {}", prefix, word, known);
  return fmt::format("{}needs a command: {}", prefix, known);
}

void CommandLine::add(CLI::App& place, const std::string& name, const std::string& does, const Schema& parameters,
                      const Layout& layout, Run run) {
  auto* const added = place.add_subcommand(name, does);
  auto& command = commands_.emplace_back(parameters, layout, std::move(run));
  command.words = added;
  if (layout.takes_words) {
    // Words that are no options of ours are kept, and none may fall through to the options before the command.
    added->allow_extras();
    added->fallthrough(false);
    global_.add_to(*added, global_layout, model_);
  }
  if (layout.footer) added->footer([&command] { return command.layout.footer(command.options.arguments()); });
  command.options.add_to(*added, layout, model_);
  added->callback([this, &command] { chosen_ = &command; });
}

}  // namespace eventstore::cli
