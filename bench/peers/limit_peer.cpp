#include <bench/commit_queue.hpp>
#include <bench/peers/limit_peer.hpp>
#include <bench/record.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

namespace bench {
namespace {

// What eventstore writes for a commit and for an event beside names, metadata and data (docs/reference/file-format.md).
constexpr std::size_t commit_bytes = 96;
constexpr std::size_t event_bytes = 88;
constexpr std::size_t organization_bytes = 7;
constexpr std::size_t map_bytes = std::size_t{64} << 30;

[[noreturn]] void fail(const char* what) { throw std::runtime_error{std::string{"limit: "} + what}; }

std::size_t padded(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

std::size_t size_of(const Event& event) {
  return padded(event_bytes + event.stream->text().size() + event.type.size() + organization_bytes +
                event.metadata.size() + event.data.size());
}

}  // namespace

struct LimitPeer::Reader::Streams {
  std::size_t end = 0;  // of the file
  std::unordered_map<std::string_view, std::vector<std::size_t>> records;
};

struct LimitPeer::File {
  explicit File(const std::filesystem::path& directory)
      : descriptor{::open((directory / "events.log").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)} {
    struct stat status {};
    if (descriptor < 0 || ::fstat(descriptor, &status) != 0) fail("open");
    end = static_cast<std::size_t>(status.st_size);
    void* const mapped = ::mmap(nullptr, map_bytes, PROT_READ, MAP_SHARED | MAP_NORESERVE, descriptor, 0);
    if (mapped == MAP_FAILED) fail("map");
    data = static_cast<const std::byte*>(mapped);
  }
  ~File() {
    ::munmap(const_cast<std::byte*>(data), map_bytes);
    ::close(descriptor);
  }

  // A batch: its length, its count, zeros, and its records, each a length and a record.
  void encode(const Batch& batch) {
    const auto begin = buffer.size();
    buffer.resize(begin + commit_bytes);
    for (const auto& event : batch.events) {
      const auto at = buffer.size();
      const std::uint64_t size = size_of(event);
      buffer.resize(at + sizeof size);
      std::memcpy(buffer.data() + at, &size, sizeof size);
      encode_record(event, ++position, buffer);
      buffer.resize(at + size);
    }
    const std::uint64_t length = buffer.size() - begin;
    std::memcpy(buffer.data() + begin, &length, sizeof length);
  }

  void write(std::vector<Queued>& group) {
    buffer.clear();
    for (auto& queued : group) {
      encode(*queued.batch);
      queued.accepted = true;
    }
    write_buffer();
    flush();
  }

  void write_buffer() {
    for (std::size_t done = 0; done < buffer.size();) {
      const auto put = ::pwrite(descriptor, buffer.data() + done, buffer.size() - done, static_cast<off_t>(end.load()));
      if (put < 0) fail("write");
      done += static_cast<std::size_t>(put);
      end += static_cast<std::size_t>(put);
    }
  }

  void flush() const {
    if (::fdatasync(descriptor) != 0) fail("sync");
  }

  template <class Each> void each_record(Each each) const {
    const std::size_t last = end;
    for (std::size_t at = 0; at < last;) {
      std::uint64_t length = 0;
      std::memcpy(&length, data + at, sizeof length);
      const auto commit_end = at + length;
      for (at += commit_bytes; at < commit_end;) {
        std::uint64_t size = 0;
        std::memcpy(&size, data + at, sizeof size);
        each(at + sizeof size);
        at += size;
      }
    }
  }

  std::shared_ptr<const Reader::Streams> find_streams() {
    const std::unique_lock lock{finding};
    if (found && found->end == end) return found;
    auto streams = std::make_shared<Reader::Streams>();
    streams->end = end;
    each_record([&](std::size_t at) { streams->records[decode_record(data + at).seen.stream].push_back(at); });
    found = std::move(streams);
    return found;
  }

  int descriptor;
  const std::byte* data = nullptr;
  std::atomic<std::size_t> end = 0;  // readers load; written by one appending thread at a time
  std::uint64_t position = 0;
  eventstore::Bytes buffer;
  std::mutex mutex;  // for appends that are not synced
  std::mutex finding;
  std::shared_ptr<const Reader::Streams> found;
  CommitQueue queue{[this](std::vector<Queued>& group) { write(group); }};
};

LimitPeer::LimitPeer(const std::filesystem::path& directory, Appends) : file_{std::make_unique<File>(directory)} {}
LimitPeer::~LimitPeer() = default;

bool LimitPeer::append(const Batch& batch, Sync sync) {
  if (sync == Sync::every_append) return file_->queue.append(batch);
  const std::unique_lock lock{file_->mutex};
  file_->buffer.clear();
  file_->encode(batch);
  file_->write_buffer();
  return true;
}

void LimitPeer::sync() { file_->flush(); }

LimitPeer::Reader LimitPeer::reader() const { return Reader{*file_, file_->find_streams()}; }

void LimitPeer::Reader::read_stream(const StreamId& stream, Visit visit) const {
  const auto found = streams_->records.find(stream.text());
  if (found == streams_->records.end()) return;
  for (const auto at : found->second) visit(decode_record(file_.data + at).seen);
}

void LimitPeer::Reader::scan(Visit visit) const {
  file_.each_record([&](std::size_t at) { visit(decode_record(file_.data + at).seen); });
}

void LimitPeer::Reader::scan_filtered(std::string_view type, Visit visit) const {
  scan([&](const Seen& seen) {
    if (seen.type == type) visit(seen);
  });
}

}  // namespace bench
