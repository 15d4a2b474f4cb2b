#pragma once
// The keys of a key store, ready for use, as far as they were used lately.
#include <eventstore/security/key_store.hpp>

#include "crypto.hpp"
#include "shared_cache.hpp"

namespace eventstore::security {

struct SubjectCipher {
  Uuid id{};                               ///< of the key
  std::shared_ptr<const Cipher> cipher{};  ///< null: the subject was erased
};

/// Follows KeyStore::generation(): a key that was destroyed, by this process or another, is forgotten at the next call
/// that learns of it, in the thread that calls and in the cache; another thread forgets the last one that it used at
/// its own next call. Threads: any. Memory: 6 KB an entry. Cost: of the key that the thread used last, a few
/// nanoseconds; of another one in the cache, a lock.
class SubjectCiphers {
 public:
  /// `keys` outlives it.
  explicit SubjectCiphers(KeyStore& keys, std::size_t entries_max = 4096);

  /// The key with this id. Lifetime: until the next call of this function in this thread; the cipher for as long as
  /// its pointer is kept. Errors: missing_key, where it is neither there nor destroyed; those of KeyStore::find.
  Result<const SubjectCipher*> find(const Uuid& id);

  /// The key of `subject`; absent where it has none yet. Errors: as KeyStore::find.
  Result<std::optional<SubjectCipher>> find(const Subject& subject);

  /// The keys of `subjects`, in their order; those that are missing are made. Errors: as KeyStore::find_or_make.
  Result<std::vector<SubjectCipher>> find_or_make(std::span<const Subject> subjects);

 private:
  struct SubjectHash {
    std::size_t operator()(const Subject& subject) const {
      return std::hash<std::string>{}(subject.id) * 31 + std::hash<std::string>{}(subject.organization);
    }
  };

  // Makes what the key store gave ready, and keeps it unless a key was destroyed meanwhile.
  SubjectCipher keep(const Subject* subject, SubjectKey key, std::uint64_t generation);

  KeyStore& keys_;
  const std::uint64_t number_;  // of this object: no other has it, not even one at the same place later
  SharedCache<Uuid, SubjectCipher> by_id_;
  SharedCache<Subject, SubjectCipher, SubjectHash> by_subject_;
};

}  // namespace eventstore::security
