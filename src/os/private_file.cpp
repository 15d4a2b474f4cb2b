#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <eventstore/os/file_system.hpp>
#include <eventstore/os/private_file.hpp>

#include <atomic>
#include <cerrno>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr mode_t owner_alone = 0600;
constexpr mode_t others = 077;

tl::unexpected<Error> private_failure(std::string during, const std::string& path) {
  const int system_error = errno;
  const auto code = system_error == ENOENT                             ? Errc::not_found
                    : system_error == ENOSPC || system_error == EDQUOT ? Errc::out_of_space
                    : system_error == EROFS                            ? Errc::read_only
                                                                       : Errc::io_failed;
  return failure(Error{code, std::move(during), path, {}, Position{0}, system_error});
}

// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

bool write_whole(int descriptor, BytesView bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return true;
}

// The file has another name until it is whole, so that nobody meets a part of it.
Result<bool> put_in_place(const std::string& path, const std::string& meanwhile, BytesView bytes) {
  {
    const Descriptor file{::open(meanwhile.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_alone)};
    if (file.number() < 0) return private_failure("make", meanwhile);
    if (!write_whole(file.number(), bytes)) return private_failure("write", meanwhile);
    if (::fsync(file.number()) != 0) return private_failure("sync", meanwhile);
  }
  if (::link(meanwhile.c_str(), path.c_str()) == 0) return true;
  if (errno == EEXIST) return false;
  return private_failure("make", path);
}

}  // namespace

std::string directory_of_file(const std::string& path) {
  const auto slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> make_private_directory(const std::string& directory) {
  PosixFileSystem files;
  auto name = directory;
  while (name.size() > 1 && name.back() == '/') name.pop_back();
  const auto above = directory_of_file(name);
  EVENTSTORE_TRY(files.make_directories(above));
  if (::mkdir(name.c_str(), 0700) == 0) return files.sync_directory(above);
  if (errno == EEXIST) return {};
  return private_failure("make directory", directory);
}

Result<bool> make_private_file(const std::string& path, BytesView bytes) {
  static std::atomic<std::uint64_t> made_before{0};  // threads have names of their own, too
  const auto meanwhile = path + "." + PosixFileSystem{}.process_name() + "." + std::to_string(made_before++) + ".tmp";
  ::unlink(meanwhile.c_str());  // what an earlier process of that name may have left
  auto made = put_in_place(path, meanwhile, bytes);
  ::unlink(meanwhile.c_str());
  if (made && *made) EVENTSTORE_TRY(PosixFileSystem{}.sync_directory(directory_of_file(path)));
  return made;
}

Result<Bytes> read_private_file(const std::string& path, std::size_t bytes_max) {
  struct stat status {};
  // A pipe would be waited for until somebody writes.
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.number() < 0) return private_failure("open", path);
  if (::fstat(file.number(), &status) != 0) return private_failure("look at", path);
  if (!S_ISREG(status.st_mode))
    return failure(Errc::invalid_argument, "open", path, "it is a directory, a pipe or a device: name a regular file");
  if ((status.st_mode & others) != 0)
    return failure(Errc::invalid_argument, "open", path,
                   "others than its owner may read or write it: run chmod 600 on it");
  Bytes bytes(bytes_max);
  std::size_t size = 0;
  while (size < bytes_max) {
    const auto got = ::read(file.number(), bytes.data() + size, bytes_max - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return private_failure("read", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

Result<FileReaders> readers_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return private_failure("look at", path);
  if ((status.st_mode & S_IROTH) != 0) return FileReaders::everyone;
  return (status.st_mode & S_IRGRP) != 0 ? FileReaders::group : FileReaders::owner;
}

}  // namespace v1
}  // namespace eventstore
