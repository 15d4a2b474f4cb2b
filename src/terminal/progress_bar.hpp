#pragma once
// Private to the faces: a bar on standard error while a person waits; nothing in a pipe.
#include <chrono>
#include <cstdint>
#include <string>

namespace eventstore::terminal {

class ProgressBar {
 public:
  /// `what` is the running work, and `unit` its unit: ("import", "events").
  ProgressBar(std::string what, std::string unit);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// `done` units so far; `part` of the work, 0 to 1, where it is known, or below 0. Cost: next to nothing between
  /// redraws.
  void show(std::uint64_t done, double part);
  /// Takes the bar off the terminal until it is shown again.
  void clear();

 private:
  std::string what_;
  std::string unit_;
  bool visible_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point redraw_;
};

}  // namespace eventstore::terminal
