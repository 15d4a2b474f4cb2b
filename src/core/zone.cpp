#include <eventstore/core/zone.hpp>

namespace eventstore {
inline namespace v1 {

std::chrono::local_days Zone::date_of(Timestamp moment) const {
  const auto shown = moment.to_sys().time_since_epoch() + offset_at(moment);
  return std::chrono::local_days{std::chrono::floor<std::chrono::days>(shown)};
}

const Zone& utc_zone() {
  static const FixedOffset zone{std::chrono::seconds{0}};
  return zone;
}

}  // namespace v1
}  // namespace eventstore
