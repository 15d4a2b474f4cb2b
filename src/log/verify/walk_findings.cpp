// The findings of a walk, and the positions that are lost.
#include <fmt/format.h>

#include <algorithm>

#include "advice.hpp"
#include "walk.hpp"

namespace eventstore::engine {

Finding& LogWalk::find(FindingKind kind, std::uint64_t offset, std::string_view what) {
  const auto advice = kind == FindingKind::damage ? advice::damaged_log : advice::altered;
  return report_.findings.emplace_back(
      Finding{kind, path_, offset, Position{0}, Position{0}, std::string{what}, std::string{advice}});
}

void LogWalk::open_gap(std::uint64_t offset, std::string_view what) {
  find(FindingKind::damage, offset, what);
  if (gap_.empty()) gap_first_ = next_position_;
  gap_.push_back(report_.findings.size() - 1);
  for (auto* const observer : observers_) observer->gap_begins();
}

void LogWalk::close_gap(std::uint64_t next_position) {
  if (gap_.empty()) return;
  if (next_position > gap_first_) {
    for (const auto finding : gap_) {
      report_.findings[finding].first = Position{gap_first_};
      report_.findings[finding].last = Position{next_position - 1};
    }
    lose(gap_first_, next_position - 1);
  }
  next_position_ = std::max(next_position_, next_position);
  gap_.clear();
}

void LogWalk::lose(std::uint64_t first, std::uint64_t last) {
  for (auto* const observer : observers_) observer->lost(Position{first}, Position{last});
}

Error LogWalk::newer(std::string_view what) const {
  return {Errc::newer_format, "verify", path_,
          fmt::format("{}, written by a newer version of eventstore: use that version", what),
          Position{next_position_}};
}

}  // namespace eventstore::engine
