#pragma once
// A log on which somebody else is faster.
#include <functional>

#include "log/forwarding_log.hpp"

namespace eventstore {
inline namespace v1 {

/// Before each append it lets a rival act.
class RivalLog final : public ForwardingLog {
 public:
  using ForwardingLog::ForwardingLog;

  std::function<void()> rival;
  int appends = 0;

  Result<Receipt> append(const Commit& commit) override {
    ++appends;
    if (rival) rival();
    return ForwardingLog::append(commit);
  }
};

}  // namespace v1
}  // namespace eventstore
