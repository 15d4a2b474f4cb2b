#include "projecting_log.hpp"

#include <algorithm>

#include "inline_projections.hpp"

namespace eventstore {
inline namespace v1 {

Result<Receipt> ProjectingLog::append(const Commit& commit) {
  auto receipt = PassingLog::append(commit);
  if (!receipt || receipt->events.empty()) return receipt;
  receipt->projected = false;
  // Documents of events that a power cut may take back would be those of another history.
  if (receipt->durability != Durability::every_commit) return receipt;
  auto last = receipt->events.front().position;
  for (const auto& placed : receipt->events) last = std::max(last, placed.position);
  receipt->projected = projections_.bring_to(last);
  return receipt;
}

}  // namespace v1
}  // namespace eventstore
