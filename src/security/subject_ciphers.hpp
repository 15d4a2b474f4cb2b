#pragma once
// Keys that are ready for use, kept for as long as nobody destroyed any.
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "crypto.hpp"

namespace eventstore::security {

/// Threads: any.
class SubjectCiphers {
 public:
  struct Held {
    Uuid id{};
    std::shared_ptr<const Cipher> cipher{};  ///< null: the subject was erased
  };

  explicit SubjectCiphers(std::shared_ptr<KeyStore> keys) : keys_{std::move(keys)} {}

  /// Errors: as KeyStore::find.
  Result<Held> find(const Uuid& id);
  /// Errors: as KeyStore::find_or_make.
  Result<std::vector<Held>> find_or_make(std::span<const Subject> subjects);

  [[nodiscard]] KeyStore& keys() const { return *keys_; }

 private:
  static Held held(const SubjectKey& key);
  void forget_destroyed();

  const std::shared_ptr<KeyStore> keys_;
  std::mutex mutex_;  // guards everything below
  std::uint64_t generation_ = 0;
  std::unordered_map<Uuid, Held> by_id_;
};

}  // namespace eventstore::security
