#include <eventstore/aggregate/claims.hpp>
#include <eventstore/aggregate/stream_subjects.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>

#include "lost_keys.hpp"
#include "recorded_keys.hpp"
#include "store_parts.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// Whether a unique value was claimed, under a code of the key store.
Result<bool> has_claims(const EventLog& log) {
  EVENTSTORE_TRY_ASSIGN(const auto streams, log.streams(ClaimRecord::category, {}, 1));
  return std::ranges::any_of(streams, [](const StreamInfo& info) { return is_claim(StreamId::trusted(info.stream)); });
}

// Whether an event has encrypted values: then a key store that is missing was lost. Most logs answer by their schemas.
Result<bool> has_encrypted_values(const EventLog& log, const SchemaReader& schemas) {
  EVENTSTORE_TRY_ASSIGN(const auto recorded, log.schemas());
  bool may_have = false;
  for (const auto& record : recorded) {
    const auto schema = schemas.find(record.id);
    may_have = may_have || (schema && (*schema)->has_encrypted);
  }
  if (!may_have) return false;
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log.dropped());
  bool found = false;
  const auto look = [&](const RecordedEvent& event) {
    found = event.encryption_key != 0;
    return !found;
  };
  EVENTSTORE_TRY(log.visit_all(
      {.from = dropped.last == Position{0} ? Position{0} : dropped.last.next(), .limit = no_limit, .as_stored = true},
      look));
  return found;
}

}  // namespace

Result<void> Store::Parts::open_keys() {
  keys = options.keys;
  if (keys == nullptr) {
    KeyStoreOptions own{};
    own.directory = directory + "/keys";
    own.log_id = log->store_id();
    own.master_key = master_key_source();
    own.on_made_master_key = options.on_made_master_key;
    own.read_only = reads_only();
    own.clock = &clock;
    const auto there = files.list(own.directory);
    if (!there || std::find(there->begin(), there->end(), "keys.sqlite") == there->end()) {
      EVENTSTORE_TRY_ASSIGN(own.is_expected, has_claims(*log));
      if (!own.is_expected) {
        EVENTSTORE_TRY_ASSIGN(own.is_expected, has_encrypted_values(*log, *schemas));
      }
    }
    auto opened = SqliteKeyStore::open(std::move(own));
    // Whoever reads what has no personal values needs no keys.
    if (!opened && !(reads_only() && opened.error().code == Errc::missing_key)) return failure_of(opened);
    if (opened) {
      own_keys = opened->get();
      keys = std::move(*opened);
    } else {
      keys = app::unopened_keys(std::move(opened.error()));
    }
  }
  if (reads_only() && (own_keys != nullptr || options.keys != nullptr)) {
    EVENTSTORE_TRY_ASSIGN(keys, app::keys_as_recorded(*log, *schemas, keys));
  }
  // Only the error of a key that is missing asks for it, and the log outlives its cipher.
  const auto name_subject = [log = log.get(), schemas = schemas.get(), types = aggregates()](
                                const RecordedEvent& stored, const Uuid& key_id) {
    const auto owner = app::owner_of(*log, *schemas, types, stored, key_id);
    return owner ? owner->value_or(std::string{}) : std::string{};
  };
  log->open_with(std::make_shared<ValueCipher>(keys, StreamSubjects{aggregates()}, name_subject));
  return {};
}

MasterKeySource Store::Parts::master_key_source() const {
  return options.master_key ? *options.master_key : master_key_of_environment();
}

MasterKeySource Store::master_key_source() const { return parts_->master_key_source(); }
KeyStore& Store::keys() const { return *parts_->keys; }
SqliteKeyStore* Store::own_keys() const { return parts_->own_keys; }

}  // namespace v1
}  // namespace eventstore
