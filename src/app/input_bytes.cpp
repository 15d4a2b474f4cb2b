#include "input_bytes.hpp"

#include <fmt/core.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace eventstore::app {
namespace {

constexpr int pause_milliseconds = 100;

tl::unexpected<Error> system_error(const std::string& path, int os_errno) {
  Error error{Errc::io_failed, "read", path};
  error.os_errno = os_errno;
  return failure(std::move(error));
}

}  // namespace

Result<std::unique_ptr<InputBytes>> InputBytes::of(int descriptor, std::string path) {
  struct stat facts {};
  const bool is_known = fstat(descriptor, &facts) == 0;
  std::unique_ptr<InputBytes> made{
      new InputBytes{descriptor, std::move(path), is_known && S_ISREG(facts.st_mode) ? facts.st_size : -1}};
  if (is_known && S_ISDIR(facts.st_mode)) return system_error(made->path_, EISDIR);
  return made;
}

InputBytes::InputBytes(int descriptor, std::string path, std::int64_t size)
    : descriptor_{descriptor}, path_{std::move(path)}, size_{size}, packed_(block_bytes) {}

InputBytes::~InputBytes() { ::close(descriptor_); }

void InputBytes::watch(std::function<Result<void>()> on_pause, std::stop_token stop) {
  on_pause_ = std::move(on_pause);
  stop_ = std::move(stop);
}

bool InputBytes::is(const std::string& path) const {
  struct stat ours {};
  struct stat theirs {};
  return fstat(descriptor_, &ours) == 0 && stat(path.c_str(), &theirs) == 0 && ours.st_dev == theirs.st_dev &&
         ours.st_ino == theirs.st_ino;
}

double InputBytes::part_read() const {
  return size_ <= 0 ? -1 : static_cast<double>(taken_) / static_cast<double>(size_);
}

// Until there are bytes, or the end.
Result<void> InputBytes::wait() {
  bool has_paused = false;
  while (on_pause_) {
    if (stop_.stop_requested()) return failure(Errc::stopped, "read", path_, "interrupted");
    pollfd waiting{descriptor_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, pause_milliseconds);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return {};
    if (ready == 0 && !std::exchange(has_paused, true)) EVENTSTORE_TRY(on_pause_());
  }
  return {};
}

// More bytes behind the rest of packed_; false at the end.
Result<bool> InputBytes::take() {
  if (packed_at_ == packed_end_) packed_at_ = packed_end_ = 0;
  EVENTSTORE_TRY(wait());
  ssize_t count = 0;
  do count = ::read(descriptor_, packed_.data() + packed_end_, packed_.size() - packed_end_);
  while (count < 0 && errno == EINTR);
  if (count < 0) return system_error(path_, errno);
  packed_end_ += static_cast<std::size_t>(count);
  taken_ += count;
  return count > 0;
}

Result<void> InputBytes::begin() {
  bool more = true;
  while (more && packed_end_ < Unpacker::magic_bytes) {
    EVENTSTORE_TRY_ASSIGN(more, take());
  }
  has_begun_ = true;
  EVENTSTORE_TRY_ASSIGN(unpacker_, Unpacker::of({packed_.data(), packed_end_}));
  return {};
}

Result<std::size_t> InputBytes::read(char* to, std::size_t room) {
  if (!has_begun_) EVENTSTORE_TRY(begin());
  while (true) {
    if (damage_) return failure(*damage_);
    bool more = true;
    if (packed_at_ == packed_end_) {
      EVENTSTORE_TRY_ASSIGN(more, take());
    }
    if (!more && unpacker_ && unpacker_->is_within_member())
      return failure(Errc::invalid_argument, "read", path_,
                     fmt::format("the {} stream is cut off; the lines before the cut were read", unpacker_->name()));
    if (!more) return std::size_t{0};
    if (!unpacker_) {
      const auto count = std::min(room, packed_end_ - packed_at_);
      std::memcpy(to, packed_.data() + packed_at_, count);
      packed_at_ += count;
      return count;
    }
    EVENTSTORE_TRY_ASSIGN(const auto step,
                          unpacker_->unpack({packed_.data() + packed_at_, packed_end_ - packed_at_}, to, room));
    packed_at_ += step.taken;
    if (!step.damage.empty())
      damage_ = Error{Errc::invalid_argument, "read", path_,
                      fmt::format("the {} stream is damaged: {}; the lines before the damage were read",
                                  unpacker_->name(), step.damage)};
    if (step.given > 0) return step.given;
  }
}

}  // namespace eventstore::app
