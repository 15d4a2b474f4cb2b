#pragma once
// Keeps a process alive that touches a mapped page which the disk cannot read, or which the file no longer has: the
// system answers with SIGBUS then. The guard puts a page of zeros in its place, and notes the failure.
//
// It installs a handler for SIGBUS when the first file is mapped. A SIGBUS at any other address goes to the handler
// that was there before, or ends the process, as it would have.
#include <atomic>
#include <cstddef>

namespace eventstore {
inline namespace v1 {
namespace detail {

/// Guards a mapping for as long as it lives: make it after mmap, and let it go before munmap. `failed` is set, and
/// mapping_failures() grows, when a page was replaced; stores to that page then reach no file. Throws bad_alloc.
/// Threads: any.
class MappingGuard {
 public:
  MappingGuard(const void* data, std::size_t size, bool is_writable, std::atomic<bool>& failed);
  ~MappingGuard();
  MappingGuard(const MappingGuard&) = delete;
  MappingGuard& operator=(const MappingGuard&) = delete;

  struct Range;

 private:
  Range& range_;
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
