// Loaded with LD_PRELOAD: every sync costs the same time, and syncs of one file go one at a time, as on a disk that
// never stalls. For comparing engines on tmpfs, where a real sync costs nothing. FIXED_SYNC_MICROS sets the time, 150
// without.
//
// Charged: fsync, fdatasync, sync_file_range, sync, syncfs, msync(MS_SYNC), and writes to a descriptor opened with
// O_SYNC or O_DSYNC or with RWF_SYNC or RWF_DSYNC, whatever their size. All msyncs count as one file's: the address
// does not tell which.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <ctime>
#include <mutex>

namespace {

constexpr std::size_t file_count = 1024;  // files with the same remainder share a lock
std::array<std::mutex, file_count + 1> files;
constexpr std::size_t whole_system = file_count;

template <class Function> Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

long cost_nanos() {
  static const long nanos = [] {
    const char* const micros = std::getenv("FIXED_SYNC_MICROS");
    return (micros == nullptr ? 150 : std::strtol(micros, nullptr, 10)) * 1000;
  }();
  return nanos;
}

std::size_t file_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return whole_system;
  return (static_cast<std::size_t>(status.st_ino) * 31 + static_cast<std::size_t>(status.st_dev)) % file_count;
}

bool is_synchronous(int descriptor) {
  const int flags = ::fcntl(descriptor, F_GETFL);
  return flags != -1 && (flags & O_DSYNC) != 0;  // O_SYNC contains O_DSYNC
}

// Runs `call` so that it takes the fixed time, alone on its file. Sleeps, as a thread that waits for a disk does.
template <class Call> auto charged(std::size_t file, Call call) {
  thread_local const bool is_precise = ::prctl(PR_SET_TIMERSLACK, 1UL) == 0;
  (void)is_precise;
  const std::lock_guard alone{files[file]};
  timespec until{};
  ::clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_nsec += cost_nanos();
  until.tv_sec += until.tv_nsec / 1'000'000'000;
  until.tv_nsec %= 1'000'000'000;
  const auto result = call();
  const int error = errno;
  while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
  errno = error;
  return result;
}

template <class Write> ssize_t written(int descriptor, Write write) {
  return is_synchronous(descriptor) ? charged(file_of(descriptor), write) : write();
}

}  // namespace

// The C library's own functions, under their own names.
extern "C" {

int fsync(int descriptor) {
  static auto* const real = next<int(int)>("fsync");
  return charged(file_of(descriptor), [&] { return real(descriptor); });
}
int fdatasync(int descriptor) {
  static auto* const real = next<int(int)>("fdatasync");
  return charged(file_of(descriptor), [&] { return real(descriptor); });
}
int syncfs(int descriptor) noexcept {
  static auto* const real = next<int(int)>("syncfs");
  return charged(whole_system, [&] { return real(descriptor); });
}
void sync() noexcept {
  static auto* const real = next<void()>("sync");
  charged(whole_system, [&] { return real(), 0; });
}
int sync_file_range(int descriptor, off64_t offset, off64_t bytes, unsigned flags) {
  static auto* const real = next<int(int, off64_t, off64_t, unsigned)>("sync_file_range");
  return charged(file_of(descriptor), [&] { return real(descriptor, offset, bytes, flags); });
}
int msync(void* address, std::size_t bytes, int flags) {
  static auto* const real = next<int(void*, std::size_t, int)>("msync");
  if ((flags & MS_SYNC) == 0) return real(address, bytes, flags);
  return charged(whole_system, [&] { return real(address, bytes, flags); });
}

ssize_t write(int descriptor, const void* data, std::size_t bytes) {
  static auto* const real = next<ssize_t(int, const void*, std::size_t)>("write");
  return written(descriptor, [&] { return real(descriptor, data, bytes); });
}
ssize_t writev(int descriptor, const iovec* parts, int count) {
  static auto* const real = next<ssize_t(int, const iovec*, int)>("writev");
  return written(descriptor, [&] { return real(descriptor, parts, count); });
}
ssize_t pwrite(int descriptor, const void* data, std::size_t bytes, off_t offset) {
  static auto* const real = next<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  return written(descriptor, [&] { return real(descriptor, data, bytes, offset); });
}
ssize_t pwrite64(int descriptor, const void* data, std::size_t bytes, off64_t offset) {
  return pwrite(descriptor, data, bytes, offset);
}
ssize_t pwritev(int descriptor, const iovec* parts, int count, off_t offset) {
  static auto* const real = next<ssize_t(int, const iovec*, int, off_t)>("pwritev");
  return written(descriptor, [&] { return real(descriptor, parts, count, offset); });
}
ssize_t pwritev64(int descriptor, const iovec* parts, int count, off64_t offset) {
  return pwritev(descriptor, parts, count, offset);
}
ssize_t pwritev2(int descriptor, const iovec* parts, int count, off_t offset, int flags) {
  static auto* const real = next<ssize_t(int, const iovec*, int, off_t, int)>("pwritev2");
  const auto write_parts = [&] { return real(descriptor, parts, count, offset, flags); };
  if ((flags & (RWF_SYNC | RWF_DSYNC)) != 0) return charged(file_of(descriptor), write_parts);
  return written(descriptor, write_parts);
}
ssize_t pwritev64v2(int descriptor, const iovec* parts, int count, off64_t offset, int flags) {
  return pwritev2(descriptor, parts, count, offset, flags);
}

}  // extern "C"
