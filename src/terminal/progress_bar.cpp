#include "progress_bar.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace eventstore::terminal {
namespace {

using std::chrono::steady_clock;

constexpr auto redraw_after = std::chrono::milliseconds{100};
constexpr int bar_width = 30;

std::string bar(double part) {
  const int filled = static_cast<int>(std::clamp(part, 0.0, 1.0) * bar_width);
  std::string text;
  for (int i = 0; i < bar_width; ++i) text += i < filled ? "█" : "░";
  return text;
}

}  // namespace

ProgressBar::ProgressBar(std::string what, std::string unit)
    : what_{std::move(what)},
      unit_{std::move(unit)},
      visible_{isatty(STDERR_FILENO) == 1},
      begun_{steady_clock::now()},
      redraw_{begun_ + redraw_after} {}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::clear() {
  if (drawn_) fmt::print(stderr, "\r\033[K");
  drawn_ = false;
}

void ProgressBar::show(std::uint64_t done, double part) {
  if (!visible_) return;
  const auto now = steady_clock::now();
  if (now < redraw_) return;
  redraw_ = now + redraw_after;
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  std::string line = fmt::format("\r\033[K{} ", what_);
  if (part >= 0) line += fmt::format("{} {:3.0f}%  ", bar(part), part * 100);
  line += fmt::format("{} {}, {:.0f}/s", done, unit_, static_cast<double>(done) / seconds);
  if (part > 0) line += fmt::format(", {:.0f} s left", seconds / part * (1 - part));
  fmt::print(stderr, "{}", line);
  std::fflush(stderr);
}

}  // namespace eventstore::terminal
