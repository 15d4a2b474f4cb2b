#include <eventstore/app/doctor.hpp>
#include <eventstore/app/list_settings.hpp>
#include <eventstore/app/projections.hpp>
#include <eventstore/app/worker_settings.hpp>
#include <eventstore/os/private_file.hpp>

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace eventstore::app {
namespace {

namespace fs = std::filesystem;

Result<void> give(OnDoctorRow on_row, std::string check, std::string says, std::string todo) {
  return on_row({std::move(check), DoctorResult::advice, std::move(says), std::move(todo)});
}

// Whether the file is within the directory, whatever links lead to either.
bool lies_in(const std::string& file, const std::string& directory) {
  std::error_code error;
  const auto place = fs::weakly_canonical(file, error);
  const auto whole = error ? fs::path{} : fs::weakly_canonical(directory, error);
  if (error) return false;
  return std::mismatch(whole.begin(), whole.end(), place.begin(), place.end()).first == whole.end();
}

Result<void> advise_on_master_key(Store& store, OnDoctorRow on_row) {
  const auto source = store.master_key_source();
  const auto path = source.file.empty() ? store.directory() + "/keys/master.key" : source.file;
  std::error_code error;
  if ((source.file.empty() && !source.text.empty()) || !fs::exists(path, error) || !lies_in(path, store.directory()))
    return {};
  return give(on_row, "master_key",
              "The master key lies beside the keys that it protects: whoever copies the store's directory can read all "
              "personal data",
              fmt::format("move {} to another place, and name it there by EVENTSTORE_MASTER_KEY_FILE", path));
}

// Files that every user may read, if every user may come to them.
Result<void> advise_on_readers(Store& store, OnDoctorRow on_row) {
  struct stat status {};
  if (::stat(store.directory().c_str(), &status) != 0 || (status.st_mode & S_IXOTH) == 0) return {};
  std::error_code error;
  std::uint64_t files = 0;
  std::string first;
  for (fs::recursive_directory_iterator each{store.directory(), fs::directory_options::skip_permission_denied, error},
       end;
       !error && each != end; each.increment(error)) {
    std::error_code unknown;
    if (!each->is_regular_file(unknown) ||
        readers_of(each->path()).value_or(FileReaders::owner) != FileReaders::everyone)
      continue;
    ++files;
    if (first.empty() || each->path().string() < first) first = each->path();
  }
  if (files == 0) return {};
  return give(on_row, "file_modes",
              fmt::format("Every user of this machine may read {} files of the store, such as {}; collections have "
                          "personal data in clear",
                          files, first),
              fmt::format("run chmod -R o-rwx {}", store.directory()));
}

std::string remedy_of(const ProjectionState& state) {
  using Health = ProjectionStatus::Health;
  const auto is = [&](Health health) { return state.health == to_string(health); };
  if (is(Health::stale) || is(Health::foreign)) return "run `project rebuild " + state.projection + "`";
  if (is(Health::expired)) return "run `project run`";
  if (is(Health::waiting)) return "remove the cause, which `project status` names";
  if (state.set_aside) return "run `project dead-letters " + state.projection + "`";
  return "look at its line of `project status`";
}

Result<void> advise_on_collections(Store& store, OnDoctorRow on_row) {
  std::uint64_t missing = 0;
  const auto tell = [&](const ProjectionState& state) -> Result<void> {
    if (state.health == to_string(ProjectionStatus::Health::missing)) {
      ++missing;
      return {};
    }
    const auto says = state.set_aside ? fmt::format("The collection {} is without {} events that were set aside",
                                                    state.projection, *state.set_aside)
                                      : fmt::format("The collection {} is {}", state.projection, state.health);
    return give(on_row, "collections", says, remedy_of(state));
  };
  EVENTSTORE_TRY(check_projections_health(store, {}, tell));
  if (missing == 0) return {};
  return give(on_row, "collections", fmt::format("{} collections were never made", missing), "run `init`");
}

Result<void> advise_on_room(Store& store, OnDoctorRow on_row) {
  constexpr std::uintmax_t part_least = 20;  // a twentieth of the disk
  constexpr std::uintmax_t mebibyte = std::uintmax_t{1} << 20U;
  std::error_code error;
  const auto disk = fs::space(store.directory(), error);
  if (!error && disk.available < disk.capacity / part_least)
    EVENTSTORE_TRY(give(on_row, "disk",
                        fmt::format("The disk has {} MiB left, less than a twentieth", disk.available / mebibyte),
                        "make room: a store whose disk is full takes no more events"));
  const auto opened = store.readable_collections();
  if (!opened) return {};
  const auto has_room = (*opened)->has_room_for_all();
  if (!has_room || *has_room) return {};
  return give(on_row, "disk", "The disk has no room for another copy of all collections",
              "make room before `project rebuild`, which needs it");
}

Result<void> advise_on_settings(Store& store, const Settings& settings, OnDoctorRow on_row) {
  for (auto& warning : setting_warnings(settings, store.model().projections))
    EVENTSTORE_TRY(give(on_row, "settings", std::move(warning), "correct the setting, or take it away"));
  return list_settings(settings, store.model().projections, [&](const SettingRow& row) -> Result<void> {
    if (!row.problem) return {};
    return give(on_row, "settings", fmt::format("{}: {}", row.name, *row.problem), "correct the value");
  });
}

}  // namespace

Result<void> advise(Store& store, const Settings& settings, OnDoctorRow on_row) {
  EVENTSTORE_TRY(advise_on_master_key(store, on_row));
  EVENTSTORE_TRY(advise_on_readers(store, on_row));
  EVENTSTORE_TRY(advise_on_collections(store, on_row));
  EVENTSTORE_TRY(advise_on_room(store, on_row));
  return advise_on_settings(store, settings, on_row);
}

}  // namespace eventstore::app
