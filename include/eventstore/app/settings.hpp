#pragma once
// The settings of a program: names with their values, and where each value came from.
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <eventstore/os/private_file.hpp>
#include <eventstore/security/master_key.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {
class FileSystem;
}
}  // namespace eventstore

namespace eventstore::app {

/// From the one that counts most to the one that counts least.
enum class SettingOrigin : std::uint8_t { command_line, environment, env_file, preset };

/// "command line", "environment", ".env", "default".
std::string_view to_string(SettingOrigin origin);

struct Setting {
  std::string value{};
  SettingOrigin origin = SettingOrigin::preset;
};

/// What was set, by name. Threads: as const says.
class Settings {
 public:
  /// The variables of this process, and behind them those of the file `.env` in `folder`, if there is one
  /// (env_file.hpp). The process's environment stays as it is. Errors: as read_env_text; too_large; io_failed, where
  /// the file cannot be read. Threads: as getenv.
  static Result<Settings> of_process(FileSystem& files, const std::string& folder = ".");

  /// Sets `name`, unless a value of an origin that counts more is there.
  void set(std::string_view name, std::string value, SettingOrigin origin);

  /// Null where it was not set. An empty value counts as none, and hides those that count less.
  [[nodiscard]] const Setting* find(std::string_view name) const;
  /// Empty where it was not set.
  [[nodiscard]] std::string value(std::string_view name) const;
  /// All that was set, by name; also what belongs to other programs.
  [[nodiscard]] const std::map<std::string, Setting, std::less<>>& all() const { return settings_; }

  /// The `.env` that was read; empty: none.
  [[nodiscard]] const std::string& env_file() const { return env_file_; }
  /// The names to which it gives a value that is not empty, whether that counts or not.
  [[nodiscard]] const std::set<std::string, std::less<>>& env_file_names() const { return env_file_names_; }
  /// Who may read it.
  [[nodiscard]] FileReaders env_file_readers() const { return env_file_readers_; }

 private:
  Result<void> read_env_file(FileSystem& files, const std::string& path);

  std::map<std::string, Setting, std::less<>> settings_{};
  std::string env_file_{};
  std::set<std::string, std::less<>> env_file_names_{};
  FileReaders env_file_readers_ = FileReaders::owner;
};

/// Where they say that the master key is.
MasterKeySource master_key_source(const Settings& settings);

}  // namespace eventstore::app
