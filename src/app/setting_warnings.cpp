#include <eventstore/app/known_settings.hpp>
#include <eventstore/app/list_settings.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "likely_name.hpp"

namespace eventstore::app {
namespace {

constexpr std::string_view our_prefix = "EVENTSTORE_";

std::string_view place_of(const Setting& setting) {
  return setting.origin == SettingOrigin::env_file ? "in .env" : "in the environment";
}

std::string warn_of_unknown(const std::string& name, const Setting& setting) {
  std::vector<std::string> names;
  for (const auto& known : known_settings())
    if (known.name.starts_with(our_prefix)) names.emplace_back(known.name);
  const auto likely = did_you_mean(name, names);
  return fmt::format("{} {} is no setting, and does nothing: {}", name, place_of(setting),
                     likely.empty() ? "the command `settings` lists those that there are" : likely);
}

// The setting of a collection that does not exist; empty where it does.
std::string warn_of_collection(const std::string& name, const Setting& setting,
                               std::span<const ProjectionType> projections) {
  std::vector<std::string> names;
  for (const auto& projection : projections) names.push_back(keep_setting_of(projection.name()));
  if (std::find(names.begin(), names.end(), name) != names.end()) return {};
  const auto likely = did_you_mean(name, names);
  return fmt::format("{} {} names no collection, and does nothing: {}", name, place_of(setting),
                     likely.empty() ? "the command `project status` lists the collections" : likely);
}

// Names of secrets in a `.env` that others may read.
std::string warn_of_readers(const Settings& settings) {
  if (settings.env_file().empty() || settings.env_file_readers() == FileReaders::owner) return {};
  std::string secrets;
  for (const auto& name : settings.env_file_names()) {
    const auto* const known = find_known_setting(name);
    if (known != nullptr && known->is_secret) secrets += (secrets.empty() ? "" : ", ") + name;
  }
  if (secrets.empty()) return {};
  return fmt::format("{} has {}, and {} of this machine may read it: run chmod 600 on it", settings.env_file(), secrets,
                     settings.env_file_readers() == FileReaders::everyone ? "every user" : "a group");
}

}  // namespace

std::vector<std::string> setting_warnings(const Settings& settings, std::span<const ProjectionType> projections) {
  std::vector<std::string> warnings;
  const auto add = [&](std::string warning) {
    if (!warning.empty()) warnings.push_back(std::move(warning));
  };
  for (const auto& [name, setting] : settings.all()) {
    if (!name.starts_with(our_prefix)) continue;
    const auto* const known = find_known_setting(name);
    if (known == nullptr)
      add(warn_of_unknown(name, setting));
    else if (name.starts_with(keep_setting_of("")))
      add(warn_of_collection(name, setting, projections));
  }
  add(warn_of_readers(settings));
  return warnings;
}

}  // namespace eventstore::app
