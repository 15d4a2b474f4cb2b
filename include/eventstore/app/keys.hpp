#pragma once
// The key store of a store: what protects it, and how it is kept.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <stop_token>

namespace eventstore::app {

/// `master_key` says where the key that protects all others is; `missing_keys` encrypt values in the log, and the key
/// store has them no more: keys_status alone counts them; `advice` is there where something could be better.
struct KeysStatus {
  EVENTSTORE_FIELDS(KeysStatus, (std::string, directory), (std::string, master_key), (std::uint64_t, erased_subjects),
                    (std::uint64_t, unfinished_erasures), (std::optional<std::uint64_t>, missing_keys),
                    (std::optional<std::string>, advice));
};

/// Errors: not_found, where the store has no key store of its own; stopped; those of the key store and of the log.
/// Cost: reads the log once, without opening values.
Result<KeysStatus> keys_status(Store& store, const OnProgress& on_progress = {}, const std::stop_token& stop = {});

/// A key that is missing: whose it was, as far as the log says, and where its first value is.
struct MissingKey {
  EVENTSTORE_FIELDS(MissingKey, (Uuid, key_id), (std::optional<std::string>, subject), (std::string, organization_id),
                    (std::uint64_t, events), (std::string, stream), (std::uint64_t, position));
};

/// Calls `on_key` with each key that encrypts values in the log and is missing, in the order of the log. Errors and
/// cost: as keys_status; those of `on_key`.
Result<void> list_missing_keys(const Store& store, FunctionRef<Result<void>(const MissingKey&)> on_key,
                               const OnProgress& on_progress = {}, const std::stop_token& stop = {});

struct RotateKeys {
  EVENTSTORE_FIELDS(RotateKeys, (std::string, to, "",
                                 help("File with the new master key; without it, a new key is made in the file beside "
                                      "the key store")));
};

/// Protects all keys by another master key; nothing of the log is written again. Errors: as MasterKey::read and
/// SqliteKeyStore::rotate.
Result<KeysStatus> rotate_keys(Store& store, const RotateKeys& parameters);

struct BackUpKeys {
  EVENTSTORE_FIELDS(BackUpKeys,
                    (std::string, file, , help("File to write the copy to, in the place of what is there")));
};

/// Copies the key store; the copy needs the same master key. Errors: invalid_argument, where the file would come into
/// the store's directory, or is none that may be replaced; not_found, where its directory does not exist; as
/// SqliteKeyStore::back_up.
Result<KeysStatus> back_up_keys(Store& store, const BackUpKeys& parameters);

}  // namespace eventstore::app
