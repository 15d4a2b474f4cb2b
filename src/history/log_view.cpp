#include <eventstore/history/log_view.hpp>

namespace eventstore {
inline namespace v1 {

Result<Receipt> LogView::append(const Commit& /*commit*/) {
  return failure(Errc::read_only, "append", "", "this is a view of another history, which is only read");
}

Result<RecordedOutcome> LogView::find_outcome(const StreamId& stream, const Uuid& /*command_id*/) const {
  return failure(Errc::not_found, "find outcome", stream.text(), "a view of another history has none");
}

Result<Position> LogView::wait_past(Position /*seen*/, std::stop_token /*stop*/,
                                    std::chrono::milliseconds /*patience*/) const {
  return head();
}

}  // namespace v1
}  // namespace eventstore
