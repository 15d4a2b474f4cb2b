#include "old_commands.hpp"

#include <eventstore/aggregate/stream_of.hpp>

#include <fmt/format.h>

#include "arguments.hpp"
#include "command_line.hpp"

namespace eventstore::cli {

namespace {

using Run = std::function<ExitCode()>;

// CLI11 itself takes -1 for a number without a sign, and makes the largest one of it.
std::string whole_number(const std::string& text) {
  const bool whole = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  return whole ? "" : text + " is not a whole number";
}

}  // namespace

class OldCommands {
 public:
  explicit OldCommands(CommandLine& line) : line_{line}, app_{line.app_}, setup_{line.model_, {}} {
    app_.option_defaults()->always_capture_default();
    add_lines();
    add_reading();
    add_writing();
    add_functions();
  }

 private:
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& does, Run run) {
    auto* const added = parent.add_subcommand(name, does);
    added->callback([this, run = std::move(run)] {
      line_.old_ = [this, run](const GlobalOptions& options) {
        setup_.directory = options.store;
        setup_.without_snapshots = options.no_snapshots;
        setup_.form = options.json ? Form::json : options.table ? Form::table : Form::automatic;
        return run();
      };
    });
    return added;
  }
  CLI::App* command(const std::string& name, const std::string& does, Run run) {
    return command(app_, name, does, std::move(run));
  }

  void add_lines() {
    auto* const imported =
        command("import", "Append event lines from a file", [this] { return import(setup_, import_); });
    imported->add_option("FILE", import_.file, "Event lines, plain or gzip; - is standard input")->required();
    imported->add_option("--on-error", import_.on_error, "stop, skip, or a file for the lines that are not taken");
    imported->add_flag("--raw", import_.raw, "Keep event types that this build does not know as JSON");
    imported->add_flag("--report", import_.report, "Print a line for each commit");
    imported->add_option("--durability", import_.durability, "When a line counts as appended")
        ->transform(
            CLI::CheckedTransformer(std::map<std::string, Durability>{{"every_commit", Durability::every_commit},
                                                                      {"interval", Durability::interval},
                                                                      {"on_close", Durability::on_close}},
                                    CLI::ignore_case))
        ->default_str("on_close");
  }

  void add_filters(CLI::App& reading) {
    reading.add_option("--from", read_.from, "First position (of a stream: version)")->check(whole_number);
    reading.add_option("--to", read_.to, "Last position (of a stream: version); 0: the end")->check(whole_number);
    reading.add_option("--limit", read_.limit, "Events at most; 0: all")->check(whole_number);
    reading.add_flag("--backward", read_.backward, "Newest first");
  }
  void add_reading() {
    auto* const stream = command("read", "Print one stream", [this] { return cli::read(setup_, read_); });
    stream->add_option("STREAM", read_.stream, "Like delivery-7")->required();
    add_filters(*stream);
    for (const auto* const name : {"all", "export"}) {
      auto* const all = command(name, "Print every event in order", [this] { return cli::read(setup_, read_); });
      add_filters(*all);
      all->add_option("--category", read_.category, "Only of this category");
      all->add_option("--type", read_.type, "Only of this event type");
      all->add_option("--tenant", read_.tenant, "Only of this organization");
      all->add_flag("--follow", read_.follow, "Go on with new events as they come");
    }
    auto* const shown = command("state", "Show an aggregate", [this] { return state(setup_, state_); });
    shown->add_option("STREAM", state_.stream, "Like delivery-7")->required();
    auto* const version =
        shown->add_option("--at-version", state_.at_version, "As it was at this version")->check(whole_number);
    shown->add_option("--at-time", state_.at_time, "As it was at this time, RFC 3339")->excludes(version);
  }

  void add_caller(CLI::App& writing, Caller& caller, bool organization_required) {
    auto* const organization = writing.add_option("--org", caller.organization, "The organization (tenant)");
    if (organization_required) organization->required();
    writing.add_option("--user", caller.user, "user_id in the events' metadata");
    writing.add_option("--ip", caller.ip_address, "ip_address in the events' metadata");
  }
  void add_writing() {
    auto* const appended = command("append", "Append event lines from standard input as one commit",
                                   [this] { return append(setup_, append_); });
    appended->add_option("STREAM", append_.stream, "Like delivery-7")->required();
    appended->add_option("--expect", append_.expect, "any, none, exists, or the version that the stream must have");
    appended->add_flag("--raw", append_.raw, "Keep event types that this build does not know as JSON");
    add_caller(*appended, append_.caller, false);

    auto* const executed = command("execute", "Run a domain command", [this] { return execute(setup_, execute_); });
    executed->add_option("STREAM", execute_.stream, "Like delivery-7")->required();
    executed->add_option("COMMAND", execute_.command, "Like assign")->required();
    executed->add_option("JSON", execute_.json, "Its data");
    executed->add_option("--command-id", execute_.caller.command_id, "A UUID; the same again repeats nothing");
    add_caller(*executed, execute_.caller, false);
  }

  void add_functions() {
    for (const bool records : {false, true}) {
      auto& options = records ? record_ : query_;
      options.records = records;
      auto* const asked = command(records ? "record" : "query", records ? "Record a fact" : "Ask the collections",
                                  [this, &options] { return function(setup_, options); });
      asked->add_option("NAME", options.name, "The function")->required();
      // The function's own options are not known here: what is not ours is kept for it, and nothing may fall through to
      // the options that stand before the command.
      asked->allow_extras();
      asked->fallthrough(false);
      line_.global_.add_to(*asked, {});
      asked->add_option("--now", options.now, "The time that counts as now, RFC 3339");
      add_caller(*asked, options.caller, true);
      asked->parse_complete_callback([asked, &options] { options.arguments = asked->remaining(); });
      asked->footer([this, records] { return list_functions(records); });
    }
  }
  [[nodiscard]] std::string list_functions(bool recording) const {
    std::string text{"Functions:\n"};
    for (const auto& function : setup_.program.functions)
      if (records(function) == recording)
        text += fmt::format("  {} {}\n", name_of(function), describe_parameters(parameters_of(function)));
    return text;
  }

  CommandLine& line_;
  CLI::App& app_;
  Setup setup_;
  ImportOptions import_;
  ReadOptions read_;
  StateOptions state_;
  AppendOptions append_;
  ExecuteOptions execute_;
  FunctionOptions query_;
  FunctionOptions record_;
};

void add_old_commands(CommandLine& line) { line.old_commands_ = std::make_shared<OldCommands>(line); }

}  // namespace eventstore::cli
