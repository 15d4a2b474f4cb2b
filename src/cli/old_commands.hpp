#pragma once
// Private to the command line: the commands that are not moved to command.hpp yet, with the options that they were
// given. Whoever moves one takes it out here and in old_commands.cpp, and adds it to commands.hpp and commands.cpp.
#include "report.hpp"
#include "store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace eventstore::cli {

struct ImportOptions {
  std::string file;
  std::string on_error = "stop";  ///< "stop", "skip", or the file that takes refused lines
  bool raw = false;
  bool report = false;  ///< a line for each commit, for a program that watches
  Durability durability = Durability::on_close;
};
ExitCode import(const Setup& setup, const ImportOptions& options);

struct ReadOptions {
  std::string stream;  ///< empty: all events
  std::uint64_t from = 0;
  std::uint64_t to = 0;     ///< 0: to the end
  std::uint64_t limit = 0;  ///< 0: no limit
  bool backward = false;
  bool follow = false;
  std::string category{};
  std::string type{};
  std::string tenant{};
};
ExitCode read(const Setup& setup, const ReadOptions& options);

/// What a command that writes is told about who asks.
struct Caller {
  std::string organization = "default";
  std::string user;
  std::string ip_address;
  std::string command_id;

  [[nodiscard]] Metadata metadata() const;
};

struct AppendOptions {
  std::string stream;
  std::string expect = "any";  ///< "any", "none", "exists" or a version
  bool raw = false;
  Caller caller;
};
ExitCode append(const Setup& setup, const AppendOptions& options);

struct ExecuteOptions {
  std::string stream;
  std::string command;
  std::string json = "{}";
  Caller caller;
};
ExitCode execute(const Setup& setup, const ExecuteOptions& options);

struct StateOptions {
  std::string stream;
  std::optional<std::uint64_t> at_version{};
  std::string at_time{};
};
ExitCode state(const Setup& setup, const StateOptions& options);

struct VerifyCommand {
  bool chain = false;
  bool repair = false;
  std::string chain_head{};  ///< a digest kept elsewhere; empty: none
  std::string proof{};       ///< a file, or "-"; empty: the store is verified
};
ExitCode verify(const Setup& setup, const VerifyCommand& options);

struct ProveOptions {
  std::uint64_t position = 0;
  bool digest_only = false;
};
ExitCode prove(const Setup& setup, const ProveOptions& options);
ExitCode seal(const Setup& setup);

struct ProjectOptions {
  std::vector<std::string> names;  ///< empty: all
  bool follow = false;
  bool expire = false;
};
ExitCode project_run(const Setup& setup, const ProjectOptions& options);
ExitCode project_status(const Setup& setup);
ExitCode project_rebuild(const Setup& setup, const std::string& name);

struct BackupOptions {
  std::string directory;
  bool check = false;  ///< only look whether the backup is whole
};
ExitCode backup(const Setup& setup, const BackupOptions& options);

struct RetainOptions {
  std::string before;  ///< RFC 3339
  bool drop = false;
  bool archive = false;
  bool dry_run = false;
};
ExitCode retain(const Setup& setup, const RetainOptions& options);

struct RestoreOptions {
  std::string directory;  ///< the backup's; the store is made in the setup's
  std::optional<std::uint64_t> to_position{};
  std::string to_time{};
};
ExitCode restore(const Setup& setup, const RestoreOptions& options);
struct SchemaOptions {
  std::string locks = "aggregates";  ///< the folder with a folder for each category
  std::string name{};                ///< of an event, or a schema's digest
};
ExitCode schema_list(const Setup& setup, const SchemaOptions& options);
ExitCode schema_show(const Setup& setup, const SchemaOptions& options);
ExitCode schema_check(const Setup& setup, const SchemaOptions& options);
ExitCode schema_lock(const Setup& setup, const SchemaOptions& options);

struct SampleOptions {
  std::string samples = "aggregates";  ///< the folder with a folder for each category
  bool check = false;                  ///< only hold the samples that there are against the program
  std::vector<std::string> retired{};  ///< categories, or category.event, that no code reads any more
};
ExitCode schema_sample(const Setup& setup, const SampleOptions& options);

struct FunctionOptions {
  std::string name;
  std::vector<std::string>
      arguments;  ///< "name=value", "--name", "value", or a value alone, in the order of the parameters
  std::string now{};
  Caller caller;
  bool records = false;
};
ExitCode function(const Setup& setup, const FunctionOptions& options);

class CommandLine;

/// Adds all of the above.
void add_old_commands(CommandLine& line);

}  // namespace eventstore::cli
