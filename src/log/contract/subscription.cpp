#include <eventstore/log/subscription.hpp>

namespace eventstore {
inline namespace v1 {

Result<Page> Subscription::next(std::stop_token stop) {
  constexpr std::chrono::seconds patience{1};
  while (!stop.stop_requested()) {
    EVENTSTORE_TRY_ASSIGN(auto page, log_.read_all({.from = next_, .limit = page_limit_, .filter = filter_}));
    next_ = Position{page.next};
    if (!page.events.empty()) return page;
    if (page.at_end) EVENTSTORE_TRY(log_.wait_past(seen(), stop, patience));
  }
  return failure(Errc::stopped, "subscribe", {}, "the caller asked to stop");
}

}  // namespace v1
}  // namespace eventstore
