#pragma once
// The calls of a file system that a test may make fail.
#include <cstdint>

namespace eventstore {
inline namespace v1 {

enum class FileCall : std::uint8_t {
  open,
  read,
  write,
  sync,
  map,
  rename,
  remove,
  make_directory,
  sync_directory,
  size,
  lock,
  list,
};

inline constexpr int file_calls = 12;

}  // namespace v1
}  // namespace eventstore
