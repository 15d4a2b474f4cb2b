#pragma once
// Private to the faces: long output for a person, a screen at a time.
#include <sys/types.h>

namespace eventstore::terminal {

/// While it lives, standard output goes through the program that $PAGER names, or `less`, and a short result appears as
/// it would without one. It does nothing where standard output is no terminal, the terminal is "dumb" or unknown,
/// $PAGER is empty or "cat", or the program is not there. A person may leave the pager early: writing then fails with
/// EPIPE. Ctrl-C belongs to the pager. Ask takes_colours() before. Threads: one at a time.
class Pager {
 public:
  Pager();
  /// Waits until the person leaves the pager. What was written must be out of every buffer before.
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

 private:
  pid_t process_ = -1;  // -1: there is no pager
  int terminal_ = -1;   // standard output as it was
  void (*interrupted_)(int) = nullptr;
};

}  // namespace eventstore::terminal
