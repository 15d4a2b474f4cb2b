#pragma once
// A key store that is gone with its process: for tests, and for logs in memory.
#include <eventstore/security/key_store.hpp>
#include <map>
#include <mutex>
#include <set>

namespace eventstore {
inline namespace v1 {

class MemoryKeyStore final : public KeyStore {
 public:
  /// Throws std::runtime_error where the system gives no random numbers.
  MemoryKeyStore();
  ~MemoryKeyStore() override;
  MemoryKeyStore(const MemoryKeyStore&) = delete;
  MemoryKeyStore& operator=(const MemoryKeyStore&) = delete;

  Result<SubjectKey> find(const Uuid& id) const override;
  Result<std::optional<SubjectKey>> find(const Subject& subject) const override;
  Result<std::vector<SubjectKey>> find_or_make(std::span<const Subject> subjects) override;
  Result<Erasure> erase(const Erasure& erasure) override;
  Result<void> note(const Subject& subject, ErasureStep step) override;
  Result<std::vector<Erasure>> erasures(bool unfinished_only) const override;
  Result<KeyBytes> own_key() const override { return own_key_; }
  std::uint64_t generation() const override;

 private:
  SubjectKey& key_of(const Subject& subject);

  KeyBytes own_key_;
  mutable std::mutex mutex_;  // guards everything below
  std::map<Subject, SubjectKey> keys_;
  std::map<Uuid, Subject> subjects_;
  std::set<Uuid> given_up_;
  std::map<Subject, Erasure> erasures_;
};

}  // namespace v1
}  // namespace eventstore
