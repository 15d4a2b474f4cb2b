#pragma once
// Private to the store: its log, whose appends bring the inline projections up to date.
#include "passing_log.hpp"

namespace eventstore {
inline namespace v1 {

class InlineProjections;

/// Lifetime: borrows both.
class ProjectingLog final : public PassingLog {
 public:
  ProjectingLog(EventLog& log, InlineProjections& projections) : PassingLog{log}, projections_{projections} {}

  /// Receipt::projected tells of the projections; nothing fails because of them.
  Result<Receipt> append(const Commit& commit) override;

 private:
  InlineProjections& projections_;
};

}  // namespace v1
}  // namespace eventstore
