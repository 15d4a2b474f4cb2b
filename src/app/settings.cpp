#include <eventstore/app/env_file.hpp>
#include <eventstore/app/settings.hpp>
#include <eventstore/os/file_system.hpp>

#include <unistd.h>

namespace eventstore::app {
namespace {

constexpr const char* reading_settings = "read settings";
constexpr std::size_t env_file_bytes_max = std::size_t{1} << 20U;

}  // namespace

std::string_view to_string(SettingOrigin origin) {
  switch (origin) {
    case SettingOrigin::command_line: return "command line";
    case SettingOrigin::environment: return "environment";
    case SettingOrigin::env_file: return ".env";
    case SettingOrigin::preset: break;
  }
  return "default";
}

Result<Settings> Settings::of_process(FileSystem& files, const std::string& folder) {
  Settings settings{};
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    const std::string_view variable{*each};
    const auto equals = variable.find('=');
    if (equals != std::string_view::npos)
      settings.set(variable.substr(0, equals), std::string{variable.substr(equals + 1)}, SettingOrigin::environment);
  }
  EVENTSTORE_TRY(settings.read_env_file(files, folder == "." ? ".env" : folder + "/.env"));
  return settings;
}

Result<void> Settings::read_env_file(FileSystem& files, const std::string& path) {
  if (files.list(path)) return {};  // some tools have a directory of that name
  auto file = files.open(path, OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return {};
  if (!file) return failure_of(file);
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(**file, env_file_bytes_max + 1));
  if (bytes.size() > env_file_bytes_max)
    return failure(Errc::too_large, reading_settings, path, "a file of settings has at most 1 MiB");
  EVENTSTORE_TRY_ASSIGN(const auto variables, read_env_text(as_text(bytes), path));
  for (const auto& [name, value] : variables) {
    set(name, value, SettingOrigin::env_file);
    if (!value.empty()) env_file_names_.insert(name);
  }
  env_file_ = path;
  // A file that is not the machine's own, as tests have them, has no readers.
  env_file_readers_ = readers_of(path).value_or(FileReaders::owner);
  return {};
}

void Settings::set(std::string_view name, std::string value, SettingOrigin origin) {
  const auto found = settings_.find(name);
  if (found == settings_.end())
    settings_.emplace(std::string{name}, Setting{std::move(value), origin});
  else if (origin <= found->second.origin)
    found->second = {std::move(value), origin};
}

const Setting* Settings::find(std::string_view name) const {
  const auto found = settings_.find(name);
  return found == settings_.end() ? nullptr : &found->second;
}

std::string Settings::value(std::string_view name) const {
  const auto* const found = find(name);
  return found == nullptr ? std::string{} : found->value;
}

MasterKeySource master_key_source(const Settings& settings) {
  constexpr const char* file = "EVENTSTORE_MASTER_KEY_FILE";
  constexpr const char* text = "EVENTSTORE_MASTER_KEY";
  MasterKeySource source{settings.value(file), settings.value(text), {}};
  // Somebody meant to give a key.
  const bool names_file = settings.find(file) != nullptr;
  if (names_file && source.file.empty())
    source.empty_variable = file;
  else if (!names_file && settings.find(text) != nullptr && source.text.empty())
    source.empty_variable = text;
  return source;
}

}  // namespace eventstore::app
