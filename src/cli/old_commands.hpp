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
