#include <eventstore/app/keys.hpp>

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

Result<KeysStatus> keys_status(Store& store) {
  EVENTSTORE_TRY_ASSIGN(auto* const keys, own_keys(store));
  const auto source = store.master_key_source();
  KeysStatus status{};
  status.directory = store.directory() + "/keys";
  status.master_key = place_of(source, status.directory);
  EVENTSTORE_TRY_ASSIGN(const auto erasures, keys->erasures(false));
  EVENTSTORE_TRY_ASSIGN(const auto unfinished, keys->erasures(true));
  status.erased_subjects = erasures.size();
  status.unfinished_erasures = unfinished.size();
  if (source.file.empty() && source.text.empty())
    status.advice =
        "the master key lies beside the keys that it protects: whoever copies the folder can read everything; keep it "
        "elsewhere, and name it by EVENTSTORE_MASTER_KEY_FILE";
  return status;
}

Result<KeysStatus> rotate_keys(Store& store, const RotateKeys& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto* const keys, own_keys(store));
  if (parameters.to.empty()) {
    EVENTSTORE_TRY(keys->rotate());
  } else {
    EVENTSTORE_TRY_ASSIGN(const MasterKey to, MasterKey::read(parameters.to));
    EVENTSTORE_TRY(keys->rotate(to));
  }
  EVENTSTORE_TRY_ASSIGN(auto status, keys_status(store));
  if (!parameters.to.empty()) status.master_key = parameters.to;
  return status;
}

Result<KeysStatus> back_up_keys(Store& store, const BackUpKeys& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto* const keys, own_keys(store));
  EVENTSTORE_TRY(look_at_place(store, parameters.file));
  EVENTSTORE_TRY(keys->back_up(parameters.file));
  return keys_status(store);
}

}  // namespace eventstore::app
