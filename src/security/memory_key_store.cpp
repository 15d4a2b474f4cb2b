#include <eventstore/security/memory_key_store.hpp>

#include <algorithm>

#include "key_wrapping.hpp"

namespace eventstore {
inline namespace v1 {

MemoryKeyStore::MemoryKeyStore() : own_key_{security::random_key()} {}

MemoryKeyStore::~MemoryKeyStore() {
  security::wipe(own_key_);
  for (auto& [subject, key] : keys_)
    if (key.bytes) security::wipe(*key.bytes);
}

Result<SubjectKey> MemoryKeyStore::find(const Uuid& id) const {
  const std::lock_guard lock{mutex_};
  if (given_up_.contains(id)) return SubjectKey{id, std::nullopt};
  const auto found = subjects_.find(id);
  if (found == subjects_.end())
    return failure(Errc::missing_key, "find a key", id.to_string(), "the key store has no key of this id");
  return keys_.at(found->second);
}

Result<std::optional<SubjectKey>> MemoryKeyStore::find(const Subject& subject) const {
  const std::lock_guard lock{mutex_};
  const auto found = keys_.find(subject);
  return found == keys_.end() ? std::optional<SubjectKey>{} : std::optional{found->second};
}

SubjectKey& MemoryKeyStore::key_of(const Subject& subject) {
  const auto found = keys_.find(subject);
  if (found != keys_.end()) return found->second;
  const SubjectKey key{security::random_id(), security::random_key()};
  subjects_.emplace(key.id, subject);
  return keys_.emplace(subject, key).first->second;
}

Result<std::vector<SubjectKey>> MemoryKeyStore::find_or_make(std::span<const Subject> subjects) {
  for (const auto& subject : subjects) EVENTSTORE_TRY(security::check(subject));
  return security::guarded("make a key", [&]() -> Result<std::vector<SubjectKey>> {
    const std::lock_guard lock{mutex_};
    std::vector<SubjectKey> keys;
    for (const auto& subject : subjects) keys.push_back(key_of(subject));
    return keys;
  });
}

Result<Erasure> MemoryKeyStore::erase(const Erasure& erasure) {
  EVENTSTORE_TRY(security::check(erasure.subject));
  return security::guarded("erase a subject", [&]() -> Result<Erasure> {
    const std::lock_guard lock{mutex_};
    auto& key = key_of(erasure.subject);
    given_up_.insert(erasure.lost_keys.begin(), erasure.lost_keys.end());
    const auto noted = erasures_.emplace(erasure.subject, erasure).first;
    noted->second.lost_keys.clear();
    if (key.bytes) security::wipe(*key.bytes);
    key.bytes.reset();
    return noted->second;
  });
}

Result<void> MemoryKeyStore::note(const Subject& subject, ErasureStep step) {
  const std::lock_guard lock{mutex_};
  const auto found = erasures_.find(subject);
  if (found == erasures_.end())
    return failure(Errc::not_found, "note an erasure", subject.id, "the subject was not erased");
  found->second.step = std::max(found->second.step, step);
  return {};
}

Result<std::vector<Erasure>> MemoryKeyStore::erasures(bool unfinished_only) const {
  const std::lock_guard lock{mutex_};
  std::vector<Erasure> found;
  for (const auto& [subject, erasure] : erasures_)
    if (!unfinished_only || erasure.step != ErasureStep::finished) found.push_back(erasure);
  std::stable_sort(found.begin(), found.end(),
                   [](const Erasure& a, const Erasure& b) { return a.erased_at < b.erased_at; });
  return found;
}

std::uint64_t MemoryKeyStore::generation() const {
  const std::lock_guard lock{mutex_};
  return erasures_.size();
}

}  // namespace v1
}  // namespace eventstore
