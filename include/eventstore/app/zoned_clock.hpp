#pragma once
// A clock that knows the time zones of the organizations.
#include <eventstore/app/settings.hpp>
#include <eventstore/os/clock.hpp>
#include <map>
#include <memory>
#include <string>

namespace eventstore::app {

/// Another clock's time, and the zones that settings give: EVENTSTORE_TIMEZONE that of all organizations, and
/// EVENTSTORE_TIMEZONE_ORG_1 that of the organization org-1. Threads: any.
class ZonedClock final : public Clock {
 public:
  /// `clock` outlives the result. Errors: invalid_argument, naming the setting, where a value is no zone.
  static Result<ZonedClock> of(const Settings& settings, const Clock& clock);

  [[nodiscard]] Timestamp now() const override { return clock_->now(); }
  [[nodiscard]] std::optional<std::chrono::microseconds> elapsed() const override { return clock_->elapsed(); }
  [[nodiscard]] const Zone& zone(std::string_view organization) const override;

 private:
  explicit ZonedClock(const Clock& clock) : clock_{&clock} {}

  const Clock* clock_;
  std::map<std::string, std::shared_ptr<const Zone>, std::less<>> zones_{};  // by the setting's name
};

}  // namespace eventstore::app
