#include "subject_ciphers.hpp"

namespace eventstore::security {
namespace {

constexpr std::size_t kept_max = 4096;

}  // namespace

SubjectCiphers::Held SubjectCiphers::held(const SubjectKey& key) {
  return {key.id, key.bytes ? std::make_shared<const Cipher>(*key.bytes) : nullptr};
}

void SubjectCiphers::forget_destroyed() {
  const auto generation = keys_->generation();
  if (generation == generation_ && by_id_.size() < kept_max) return;
  by_id_.clear();
  generation_ = generation;
}

Result<SubjectCiphers::Held> SubjectCiphers::find(const Uuid& id) {
  const std::lock_guard lock{mutex_};
  forget_destroyed();
  if (const auto kept = by_id_.find(id); kept != by_id_.end()) return kept->second;
  EVENTSTORE_TRY_ASSIGN(const auto key, keys_->find(id));
  return by_id_.emplace(id, held(key)).first->second;
}

Result<std::vector<SubjectCiphers::Held>> SubjectCiphers::find_or_make(std::span<const Subject> subjects) {
  EVENTSTORE_TRY_ASSIGN(const auto found, keys_->find_or_make(subjects));
  const std::lock_guard lock{mutex_};
  forget_destroyed();
  std::vector<Held> all;
  for (const auto& key : found) {
    const auto kept = by_id_.find(key.id);
    all.push_back(kept != by_id_.end() ? kept->second : by_id_.emplace(key.id, held(key)).first->second);
  }
  return all;
}

}  // namespace eventstore::security
