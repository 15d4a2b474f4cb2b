#pragma once
// SHA-256 by OpenSSL, whose headers stay in the source file.
#include <eventstore/core/bytes.hpp>
#include <eventstore/file_log/digest.hpp>
#include <memory>

namespace eventstore::engine {

/// One digest after another. Throws std::bad_alloc where the library cannot work. Threads: one at a time.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(BytesView bytes);
  /// The digest of all that was added since the last one.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eventstore::engine
