#include <eventstore/app/keys.hpp>

#include "lost_keys.hpp"
#include "output_place.hpp"

namespace eventstore::app {
namespace {

Result<SqliteKeyStore*> own_keys(Store& store) {
  if (auto* const keys = store.own_keys()) return keys;
  auto why = store.keys().erasures(false);
  if (!why) return failure_of(why);
  return failure(Errc::not_found, "look at keys", store.directory(), "the program gave the store other keys");
}

std::string place_of(const MasterKeySource& source, const std::string& directory) {
  if (!source.file.empty()) return source.file;
  return source.text.empty() ? directory + "/master.key" : "EVENTSTORE_MASTER_KEY";
}

}  // namespace

namespace {

constexpr const char* of_master_key =
    "the master key lies beside the keys that it protects: whoever copies the folder can read everything; keep it "
    "elsewhere, and name it by EVENTSTORE_MASTER_KEY_FILE";
constexpr const char* of_unfinished =
    "the next opening for writing, or `project run`, goes on with the erasures that are not finished, and says what is "
    "in the way";
constexpr const char* of_missing =
    "`keys missing` lists whose keys are missing: restore a backup of the key store that has them, or give their "
    "values "
    "up by `subject erase`";

// Without a look into the log.
Result<KeysStatus> known_status(Store& store) {
  EVENTSTORE_TRY_ASSIGN(auto* const keys, own_keys(store));
  const auto source = store.master_key_source();
  KeysStatus status{};
  status.directory = store.directory() + "/keys";
  status.master_key = place_of(source, status.directory);
  EVENTSTORE_TRY_ASSIGN(const auto erasures, keys->erasures(false));
  EVENTSTORE_TRY_ASSIGN(const auto unfinished, keys->erasures(true));
  status.erased_subjects = erasures.size();
  status.unfinished_erasures = unfinished.size();
  if (!unfinished.empty())
    status.advice = of_unfinished;
  else if (source.file.empty() && source.text.empty())
    status.advice = of_master_key;
  return status;
}

}  // namespace

Result<KeysStatus> keys_status(Store& store, const OnProgress& on_progress, const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(auto status, known_status(store));
  EVENTSTORE_TRY_ASSIGN(const auto lost, lost_keys(store, on_progress, stop));
  status.missing_keys = lost.size();
  if (!lost.empty()) status.advice = of_missing;
  return status;
}

Result<void> list_missing_keys(const Store& store, FunctionRef<Result<void>(const MissingKey&)> on_key,
                               const OnProgress& on_progress, const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(const auto lost, lost_keys(store, on_progress, stop));
  for (const auto& key : lost) {
    MissingKey row{};
    row.key_id = key.id;
    if (key.subject) row.subject = key.subject->id;
    row.organization_id = key.organization;
    row.events = key.events;
    row.stream = key.stream;
    row.position = key.first.value;
    EVENTSTORE_TRY(on_key(row));
  }
  return {};
}

Result<KeysStatus> rotate_keys(Store& store, const RotateKeys& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto* const keys, own_keys(store));
  if (parameters.to.empty()) {
    EVENTSTORE_TRY(keys->rotate());
  } else {
    EVENTSTORE_TRY_ASSIGN(const MasterKey to, MasterKey::read(parameters.to));
    EVENTSTORE_TRY(keys->rotate(to));
  }
  EVENTSTORE_TRY_ASSIGN(auto status, known_status(store));
  if (!parameters.to.empty()) status.master_key = parameters.to;
  return status;
}

Result<KeysStatus> back_up_keys(Store& store, const BackUpKeys& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto* const keys, own_keys(store));
  EVENTSTORE_TRY(look_at_place(store, parameters.file));
  EVENTSTORE_TRY(keys->back_up(parameters.file));
  return known_status(store);
}

}  // namespace eventstore::app
