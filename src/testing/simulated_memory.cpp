#include "simulated_memory.hpp"

#include <sys/mman.h>

#include <cstring>
#include <mutex>
#include <new>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

// Asking the system for each file of each simulated run would cost more than the run.
class Spares {
 public:
  ~Spares() {
    for (const auto& spare : spares_) ::munmap(spare.data, spare.bytes);
  }

  std::byte* take(std::size_t bytes) {
    const std::unique_lock lock{mutex_};
    for (auto spare = spares_.rbegin(); spare != spares_.rend(); ++spare) {
      if (spare->bytes != bytes) continue;
      auto* const data = spare->data;
      spares_.erase(std::next(spare).base());
      return data;
    }
    return nullptr;
  }

  bool keep(std::byte* data, std::size_t bytes) {
    const std::unique_lock lock{mutex_};
    if (spares_.size() >= spares_max) return false;
    spares_.push_back({data, bytes});
    return true;
  }

 private:
  static constexpr std::size_t spares_max = 64;
  struct Spare {
    std::byte* data;
    std::size_t bytes;
  };
  std::mutex mutex_;
  std::vector<Spare> spares_;
};

Spares& spares() {
  static Spares all;
  return all;
}

}  // namespace

std::shared_ptr<SimulatedMemory> SimulatedMemory::make(std::size_t bytes_max) {
  auto* data = spares().take(bytes_max);
  if (data == nullptr) {
    void* const fresh =
        ::mmap(nullptr, bytes_max, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (fresh == MAP_FAILED) throw std::bad_alloc{};
    data = static_cast<std::byte*>(fresh);
  }
  return std::shared_ptr<SimulatedMemory>{new SimulatedMemory{data, bytes_max}};
}

SimulatedMemory::~SimulatedMemory() {
  constexpr std::size_t worth_clearing = std::size_t{1} << 20;
  if (touched_ <= worth_clearing) {
    std::memset(data_, 0, touched_);
    if (spares().keep(data_, bytes_max_)) return;
  }
  ::munmap(data_, bytes_max_);
}

}  // namespace v1
}  // namespace eventstore
