#include <eventstore/security/sqlite_key_store.hpp>

#include "gathered_keys.hpp"
#include "key_rotation.hpp"
#include "keys_ahead.hpp"
#include "opened_keys.hpp"

namespace eventstore {
inline namespace v1 {

struct SqliteKeyStore::Impl {
  explicit Impl(KeyStoreOptions options) : keys{std::move(options)} {}

  security::OpenedKeys keys;
  security::GatheredKeys made{keys};
  security::KeysAhead ahead{keys};
};

SqliteKeyStore::SqliteKeyStore(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
SqliteKeyStore::~SqliteKeyStore() = default;

Result<std::unique_ptr<SqliteKeyStore>> SqliteKeyStore::open(KeyStoreOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  EVENTSTORE_TRY(impl->keys.open());
  return std::unique_ptr<SqliteKeyStore>{new SqliteKeyStore{std::move(impl)}};
}

Result<SubjectKey> SqliteKeyStore::find(const Uuid& id) const {
  EVENTSTORE_TRY_ASSIGN(auto key, impl_->ahead.find(id));
  if (key) return std::move(*key);
  bool is_given_up = false;
  const auto look = [&](security::KeyRows& rows) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(is_given_up, rows.is_given_up(id));
    return {};
  };
  EVENTSTORE_TRY(impl_->keys.read(look));
  if (is_given_up) return SubjectKey{id, std::nullopt};
  return security::no_such_key(id, impl_->keys.path());
}

Result<std::optional<SubjectKey>> SqliteKeyStore::find(const Subject& subject) const {
  return impl_->keys.find([&](security::KeyRows& rows) { return rows.by_subject(subject); });
}

Result<std::vector<SubjectKey>> SqliteKeyStore::find_or_make(std::span<const Subject> subjects) {
  for (const auto& subject : subjects) EVENTSTORE_TRY(security::check(subject));
  std::vector<SubjectKey> keys;
  for (const auto& subject : subjects) {
    EVENTSTORE_TRY_ASSIGN(auto key, find(subject));
    if (!key) return impl_->made.find_or_make(subjects);
    keys.push_back(std::move(*key));
  }
  return keys;
}

Result<Erasure> SqliteKeyStore::erase(const Erasure& erasure) {
  EVENTSTORE_TRY(security::check(erasure.subject));
  Erasure noted = erasure;
  const auto destroy = [&](security::KeyRows& rows, const security::OpenedHead&) -> Result<void> {
    for (const auto& id : erasure.lost_keys) EVENTSTORE_TRY(rows.give_up(id, erasure.subject));
    EVENTSTORE_TRY_ASSIGN(auto before, rows.erasure(erasure.subject));
    if (before) {
      noted = std::move(*before);
      return {};
    }
    EVENTSTORE_TRY_ASSIGN(const auto row, rows.by_subject(erasure.subject));
    EVENTSTORE_TRY(
        row ? rows.set_wrapped(row->number, security::destroyed_key)
            : rows.add({0, security::random_id(), erasure.subject, security::destroyed_key}, erasure.erased_at));
    EVENTSTORE_TRY(rows.add(erasure));
    return rows.count_destroyed();
  };
  EVENTSTORE_TRY(impl_->keys.write(destroy));
  impl_->keys.begin_generation();
  EVENTSTORE_TRY(impl_->keys.empty_log());
  return noted;
}

Result<void> SqliteKeyStore::note(const Subject& subject, ErasureStep step) {
  return impl_->keys.write([&](security::KeyRows& rows, const security::OpenedHead&) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto erasure, rows.erasure(subject));
    if (!erasure) return failure(Errc::not_found, "note an erasure", subject.id, "the subject was not erased");
    return rows.set_step(subject, step);
  });
}

Result<std::vector<Erasure>> SqliteKeyStore::erasures(bool unfinished_only) const {
  std::vector<Erasure> found;
  const auto look = [&](security::KeyRows& rows) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(found, rows.erasures(unfinished_only));
    return {};
  };
  EVENTSTORE_TRY(impl_->keys.read(look));
  return found;
}

Result<KeyBytes> SqliteKeyStore::own_key() const {
  EVENTSTORE_TRY_ASSIGN(auto head, impl_->keys.head());
  if (!head && !impl_->keys.options().read_only) {
    const auto nothing = [](security::KeyRows&, const security::OpenedHead&) -> Result<void> { return {}; };
    EVENTSTORE_TRY(impl_->keys.write(nothing));
    EVENTSTORE_TRY_ASSIGN(head, impl_->keys.head());
  }
  if (head) return head->own_key;
  return failure(Errc::missing_key, "find the key store's own key", impl_->keys.path(),
                 "there is no key store yet: a process that writes makes it");
}

std::uint64_t SqliteKeyStore::generation() const { return impl_->keys.generation(); }

Result<void> SqliteKeyStore::rotate(const MasterKey& to) { return security::rotate(impl_->keys, to); }

Result<void> SqliteKeyStore::rotate() { return security::rotate_beside(impl_->keys); }

Result<void> SqliteKeyStore::back_up(const std::string& path) const { return security::back_up(impl_->keys, path); }

std::string SqliteKeyStore::made_master_key() const { return impl_->keys.made_master_key(); }

}  // namespace v1
}  // namespace eventstore
