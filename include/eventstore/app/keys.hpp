#pragma once
// The key store of a store: what protects it, and how it is kept.
#include <eventstore/app/store.hpp>

namespace eventstore::app {

/// `master_key` says where the key that protects all others is; `advice` is there where it could be kept better.
struct KeysStatus {
  EVENTSTORE_FIELDS(KeysStatus, (std::string, directory), (std::string, master_key), (std::uint64_t, erased_subjects),
                    (std::uint64_t, unfinished_erasures), (std::optional<std::string>, advice));
};

/// Errors: not_found, where the store has no key store of its own; those of the key store.
Result<KeysStatus> keys_status(Store& store);

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
