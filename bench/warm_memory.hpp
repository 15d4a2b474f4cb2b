#pragma once
// Memory that was used just now, for what is measured.
#include <cstddef>

namespace bench {

/// Memory that was written to, given back bit by bit. A hypervisor takes free pages away within a second or so, and the
/// next use of one costs several times what is measured: the longer an engine runs, the more such pages it would meet.
/// What is given back just before it is needed is there, for every engine alike.
/// Not mapped: no figure about the process counts it. Threads: one at a time.
class WarmMemory {
 public:
  /// Writes to so much memory, or to a quarter of what is free where that is less. With options().hold_memory it writes
  /// to all that is free but a GiB, so that what is given back is surely what is used next. Where the system refuses,
  /// there is nothing to give back. Cost: a quarter of a second a GiB, ten times that where the hypervisor took it.
  explicit WarmMemory(std::size_t bytes);
  WarmMemory(const WarmMemory&) = delete;
  WarmMemory& operator=(const WarmMemory&) = delete;
  ~WarmMemory();

  /// Gives back so much of it, or all that is left.
  void give_back(std::size_t bytes);

 private:
  int descriptor_;
  std::size_t bytes_ = 0;
};

}  // namespace bench
