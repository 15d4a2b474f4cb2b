#pragma once
// format::checksum_of, of bytes that come one part after another.
#include <memory>

#include "format.hpp"

struct XXH3_state_s;

namespace eventstore::engine {

class Checksum {
 public:
  Checksum();  ///< throws std::bad_alloc
  void add(BytesView bytes);
  /// Of all that was added so far.
  [[nodiscard]] std::uint64_t value() const;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };
  std::unique_ptr<XXH3_state_s, Free> state_;
};

}  // namespace eventstore::engine
