#pragma once
// Codes that only the owner of a store's keys can compute: names for values that the log must not hold.
#include <eventstore/core/result.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace eventstore::security {
class Cipher;
}  // namespace eventstore::security

namespace eventstore {
inline namespace v1 {

class EventLog;

/// HMAC-SHA-256 under the own key of a log's key store, which never changes. Threads: constant once it is made.
class OwnCodes {
 public:
  /// For the keys of `log`. A log that ends with its object needs none: its codes are made under a key that derives
  /// from its store_id, so that anybody who has the log can compute them. Errors: missing_key, where a log that lasts
  /// has no keys; as KeyStore::own_key.
  static Result<OwnCodes> of(const EventLog& log);
  OwnCodes(OwnCodes&&) noexcept;
  OwnCodes& operator=(OwnCodes&&) noexcept;
  ~OwnCodes();

  /// The code of the parts, in 64 hexadecimal digits. Where one part ends and the next begins counts too. `use` keeps
  /// codes for different purposes apart.
  [[nodiscard]] std::string of(std::string_view use, std::span<const std::string_view> parts) const;

 private:
  explicit OwnCodes(std::unique_ptr<const security::Cipher> cipher);
  std::unique_ptr<const security::Cipher> cipher_;
};

}  // namespace v1
}  // namespace eventstore
