#pragma once
// Private to the layer: threads that make keys at a time share a transaction, and so its sync.
#include "opened_keys.hpp"

namespace eventstore::security {

class GatheredKeys {
 public:
  /// `keys` outlives it.
  explicit GatheredKeys(OpenedKeys& keys) : keys_{keys} {}

  /// As KeyStore::find_or_make, of subjects that were checked. Threads: any.
  Result<std::vector<SubjectKey>> find_or_make(std::span<const Subject> subjects);

 private:
  using Keys = std::vector<SubjectKey>;
  struct Request {
    std::span<const Subject> subjects;
    std::optional<Result<Keys>> answer;
  };

  [[nodiscard]] std::vector<Result<Keys>> answers_to(std::span<Request* const> requests) const;
  Result<Keys> make(KeyRows& rows, const OpenedHead& head, std::span<const Subject> subjects) const;

  OpenedKeys& keys_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable answered_;
  std::vector<Request*> waiting_;
  bool is_answering_ = false;
};

}  // namespace eventstore::security
