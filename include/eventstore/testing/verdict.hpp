#pragma once
// The answer of an expectation in a test.
#include <ostream>
#include <string>

namespace eventstore::testing {

/// Yes or no; a no has what was found instead. It prints itself, so that a test framework shows the reason.
struct Verdict {
  bool holds;
  std::string found;

  explicit operator bool() const { return holds; }
  friend std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
    return out << (verdict.holds ? "holds" : verdict.found);
  }
};

}  // namespace eventstore::testing
