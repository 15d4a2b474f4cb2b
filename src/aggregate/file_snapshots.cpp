#include <eventstore/aggregate/file_snapshots.hpp>

#include <algorithm>
#include <bit>
#include <charconv>

#include "snapshot_file.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::string_view suffix = ".snapshot";
constexpr std::size_t digits = 20;

std::string path_of(const std::string& directory, Version version) {
  const auto number = std::to_string(version.value);
  return directory + "/" + std::string(digits - number.size(), '0') + number + std::string{suffix};
}

std::optional<Version> version_in(std::string_view name) {
  if (name.size() != digits + suffix.size() || !name.ends_with(suffix)) return std::nullopt;
  std::uint64_t version = 0;
  const auto read = std::from_chars(name.data(), name.data() + digits, version);
  if (read.ec != std::errc{} || read.ptr != name.data() + digits || version == 0) return std::nullopt;
  return Version{version};
}

// Of `versions`, in order, those to remove: the oldest of each age from 2^n to 2^(n+1) stays, because it is the one
// that grows into the next.
std::vector<Version> too_many(const std::vector<Version>& versions) {
  std::vector<Version> removed;
  int kept_age = -1;
  for (const auto version : versions) {
    const auto age = static_cast<int>(std::bit_width(versions.back().value - version.value));
    if (age == kept_age) removed.push_back(version);
    kept_age = age;
  }
  return removed;
}

tl::unexpected<Error> only_reads(const StreamId& stream) {
  return failure(Errc::read_only, "write snapshot", stream.text(), "opened for reading");
}

Result<void> unless_gone(Result<void> removed) {
  if (!removed && removed.error().code == Errc::not_found) return {};
  return removed;
}

}  // namespace

std::string FileSnapshots::directory_of(const StreamId& stream) const {
  // A stream's name may have any character in it, and be longer than a file's.
  const auto name = Uuid::v5(eventstore_namespace, stream.text()).to_string();
  return directory_ + "/" + name.substr(0, 2) + "/" + name;
}

Result<std::vector<Version>> FileSnapshots::versions(const std::string& directory) const {
  auto names = files_.list(directory);
  if (!names && names.error().code == Errc::not_found) return std::vector<Version>{};
  if (!names) return failure_of(names);
  std::vector<Version> found;
  for (const auto& name : *names)
    if (const auto version = version_in(name)) found.push_back(*version);
  return found;
}

Result<void> FileSnapshots::write(const std::string& directory, Version version, BytesView bytes) {
  const auto path = path_of(directory, version);
  const auto temporary = directory + "/new";
  EVENTSTORE_TRY(unless_gone(files_.remove(temporary)));  // a file that was cut off may be longer
  auto file = files_.open(temporary, OpenMode::create_new);
  if (!file && file.error().code == Errc::not_found) {
    EVENTSTORE_TRY(files_.make_directories(directory));
    file = files_.open(temporary, OpenMode::create_new);
  }
  if (!file) return failure_of(file);
  EVENTSTORE_TRY(write_all(**file, 0, bytes));
  return files_.rename(temporary, path);
}

// If a removal fails, the next put tries again.
void FileSnapshots::thin_out(const std::string& directory) {
  const auto all = versions(directory);
  if (!all) return;
  for (const auto version : too_many(*all)) (void)files_.remove(path_of(directory, version));
}

Result<void> FileSnapshots::put(const StreamId& stream, const Snapshot& snapshot) {
  if (!may_write()) return only_reads(stream);
  const auto bytes = snapshot_file(stream, snapshot);
  if (bytes.size() > snapshot_bytes_max)
    return failure(Errc::too_large, "write snapshot", stream.text(),
                   std::to_string(bytes.size()) + " bytes, the limit is " + std::to_string(snapshot_bytes_max));
  const std::lock_guard lock{writing_};
  const auto directory = directory_of(stream);
  EVENTSTORE_TRY(write(directory, snapshot.version, bytes));
  thin_out(directory);
  return {};
}

Result<std::optional<Snapshot>> FileSnapshots::newest(const StreamId& stream, Version last) {
  const auto directory = directory_of(stream);
  EVENTSTORE_TRY_ASSIGN(const auto all, versions(directory));
  for (auto version = all.rbegin(); version != all.rend(); ++version) {
    if (*version > last) continue;
    auto file = files_.open(path_of(directory, *version), OpenMode::read);
    if (!file && file.error().code == Errc::not_found) continue;  // removed since the listing
    if (!file) return failure_of(file);
    EVENTSTORE_TRY_ASSIGN(const Bytes bytes, read_whole(**file, snapshot_bytes_max));
    auto snapshot = read_snapshot_file(bytes, stream, *version);
    if (snapshot) return std::optional<Snapshot>{std::move(*snapshot)};
    if (snapshot.error().code != Errc::corrupt_record) return failure_of(snapshot);
    if (may_write()) (void)remove(stream, *version);
  }
  return std::optional<Snapshot>{};
}

Result<void> FileSnapshots::remove(const StreamId& stream, Version version) {
  if (!may_write()) return only_reads(stream);
  return unless_gone(files_.remove(path_of(directory_of(stream), version)));
}

Result<void> FileSnapshots::remove_all(const StreamId& stream) {
  if (!may_write()) return only_reads(stream);
  const std::lock_guard lock{writing_};
  const auto directory = directory_of(stream);
  auto names = files_.list(directory);
  if (!names && names.error().code == Errc::not_found) return {};
  if (!names) return failure_of(names);
  for (const auto& name : *names) EVENTSTORE_TRY(unless_gone(files_.remove(directory + "/" + name)));
  return files_.sync_directory(directory);
}

}  // namespace v1
}  // namespace eventstore
