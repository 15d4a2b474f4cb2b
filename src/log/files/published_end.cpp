#include "published_end.hpp"

#include <eventstore/os/detail/threads.hpp>
#include <eventstore/os/detail/wake_word.hpp>

#include <array>
#include <atomic>
#include <cstddef>

namespace eventstore::engine {
namespace {

constexpr std::size_t file_bytes = 4096;

struct HeadBytes {
  std::uint64_t magic = format::head_magic;
  std::uint32_t format_version = format::version;
  std::uint32_t reserved = 0;
  Uuid store_id{};
  std::uint64_t boot = 0;  // of the machine's run in which `end` was published; 0: none was
  std::uint64_t end = 0;   // a Location
  std::uint64_t last = 0;  // a Position
  std::uint32_t word = 0;
  std::uint32_t unused = 0;
  std::uint64_t left_synced = 0;  // Locations, of what the writer said when it closed the log
  std::uint64_t left_checksum = 0;
  std::uint64_t left_end = 0;  // 0: it said nothing
};
static_assert(sizeof(HeadBytes) == 88);

HeadBytes& bytes_in(const Mapping& mapping) { return *reinterpret_cast<HeadBytes*>(mapping.data()); }

constexpr std::uint64_t unknown_boot = 2;  // the system does not tell

std::uint64_t boot_of(FileSystem& files) {
  const auto text = files.boot_id();
  return text.empty() ? unknown_boot : format::checksum_of(as_bytes(text)) | 1;
}

template <class Word> std::atomic_ref<Word> shared(Word& word) {
  thread_step();
  return std::atomic_ref<Word>{word};
}

// Absent if the file is not one of this store.
Result<std::optional<HeadBytes>> head_in(File& file, const Uuid& store_id) {
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(file, file_bytes));
  if (bytes.size() < file_bytes) return std::nullopt;
  const auto head = format::load<HeadBytes>(bytes.data());
  if (head.magic != format::head_magic || head.format_version != format::version || head.store_id != store_id)
    return std::nullopt;
  return head;
}

std::optional<LeftLog> left_in(const HeadBytes& head) {
  if (head.left_end == 0 || head.left_synced > head.left_end) return std::nullopt;
  return LeftLog{format::Location{head.left_synced}, format::Location{head.left_end}, head.left_checksum};
}

}  // namespace

Result<PublishedEnd> PublishedEnd::open_to_publish(FileSystem& files, const std::string& path, const Uuid& store_id) {
  EVENTSTORE_TRY_ASSIGN(auto file, files.open(path, OpenMode::create));
  EVENTSTORE_TRY_ASSIGN(const auto known, head_in(*file, store_id));
  if (!known) {
    std::array<std::byte, file_bytes> page{};
    HeadBytes empty;
    empty.store_id = store_id;
    std::memcpy(page.data(), &empty, sizeof empty);
    EVENTSTORE_TRY(write_all(*file, 0, page));
  }
  EVENTSTORE_TRY_ASSIGN(auto mapping, file->map(file_bytes, MapMode::read_write));
  const auto boot = boot_of(files);
  if (boot == unknown_boot) shared(bytes_in(*mapping).boot).store(0, std::memory_order_release);
  PublishedEnd opened{std::move(file), path, std::move(mapping), boot};
  if (known) opened.left_ = left_in(*known);
  return opened;
}

Result<std::optional<PublishedEnd>> PublishedEnd::open_to_follow(FileSystem& files, const std::string& path,
                                                                 const Uuid& store_id) {
  auto file = files.open(path, OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return std::nullopt;
  if (!file) return failure_of(file);
  EVENTSTORE_TRY_ASSIGN(const auto known, head_in(**file, store_id));
  if (!known) return std::nullopt;
  EVENTSTORE_TRY_ASSIGN(auto mapping, (*file)->map(file_bytes, MapMode::read));
  return std::optional{PublishedEnd{std::move(*file), path, std::move(mapping), boot_of(files)}};
}

// The end comes last: without it nothing is said.
void PublishedEnd::leave(const LeftLog& left) const {
  auto& head = bytes_in(*mapping_);
  shared(head.left_synced).store(left.synced.value, std::memory_order_relaxed);
  shared(head.left_checksum).store(left.checksum, std::memory_order_relaxed);
  shared(head.left_end).store(left.end.value, std::memory_order_release);
}

void PublishedEnd::begin() const { shared(bytes_in(*mapping_).left_end).store(0, std::memory_order_release); }

void PublishedEnd::publish(format::Location end, Position last) const {
  auto& head = bytes_in(*mapping_);
  const bool is_of_this_run = shared(head.boot).load(std::memory_order_relaxed) == boot_;
  auto before = shared(head.end).load(std::memory_order_relaxed);
  do {
    if (is_of_this_run && before >= end.value) return;
    shared(head.last).store(last.value, std::memory_order_relaxed);
  } while (!shared(head.end).compare_exchange_weak(before, end.value, std::memory_order_release));
  // Stored after the end, so that a reader that sees this run of the machine also sees an end of this run.
  if (!is_of_this_run) shared(head.boot).store(boot_, std::memory_order_release);
  shared(head.word).fetch_add(1, std::memory_order_release);
  wake();
}

Result<bool> PublishedEnd::is_in_place() const {
  if (mapping_->has_failed()) return false;
  EVENTSTORE_TRY_ASSIGN(const auto size, file_->size());
  if (size < file_bytes) return false;
  return file_->is_still_at(path_);
}

std::optional<format::Location> PublishedEnd::end() const {
  if (boot_ == unknown_boot || shared(bytes_in(*mapping_).boot).load(std::memory_order_acquire) != boot_)
    return std::nullopt;
  return end_of_writer();
}

std::optional<format::Location> PublishedEnd::end_of_writer() const {
  auto& head = bytes_in(*mapping_);
  const auto boot = shared(head.boot).load(std::memory_order_acquire);
  const bool is_of_another_run = boot != boot_ && boot != unknown_boot && boot_ != unknown_boot;
  if (boot == 0 || is_of_another_run) return std::nullopt;
  const format::Location end{shared(head.end).load(std::memory_order_acquire)};
  return end.segment() > 0 ? std::optional{end} : std::nullopt;
}

Position PublishedEnd::last() const {
  return Position{shared(bytes_in(*mapping_).last).load(std::memory_order_relaxed)};
}

std::uint32_t PublishedEnd::word() const { return shared(bytes_in(*mapping_).word).load(std::memory_order_acquire); }

void PublishedEnd::wait(std::uint32_t seen, std::chrono::milliseconds patience) const {
  wait_on(bytes_in(*mapping_).word, seen, patience, WaitScope::machine);
}

void PublishedEnd::wake() const { wake_all(bytes_in(*mapping_).word, WaitScope::machine); }

}  // namespace eventstore::engine
