#include "store_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <utility>

#include "../bytes/segment_check.hpp"
#include "archive.hpp"
#include "copy_file.hpp"
#include "expired_statement.hpp"
#include "kept_states.hpp"

namespace eventstore::engine {
namespace {

constexpr std::size_t name_digits = 16;

tl::unexpected<Error> newer(const std::string& path) {
  return failure(Errc::newer_format, "open", path, "written by a newer version of eventstore: use that version");
}

tl::unexpected<Error> damaged(const std::string& path, std::string reason) {
  return failure(Errc::corrupt_record, "open", path, "offset 0: " + std::move(reason));
}

// The number of a segment's file that ends so; nothing where it is another file.
std::optional<std::uint32_t> number_in(std::string_view name, std::string_view ending) {
  if (name.size() < name_digits || name.substr(name_digits) != ending) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name_digits, number, 16);
  // A name with capital letters would not be found again.
  const bool is_name = error == std::errc{} && number > 0 && name.starts_with(fmt::format("{:016x}", number));
  return is_name ? std::optional{number} : std::nullopt;
}

// The flaw of a header as an error; success if there is none.
Result<void> told(const Flaw& flaw, const std::string& path) {
  if (flaw.is_newer_format) return newer(path);
  return flaw.text.empty() ? Result<void>{} : damaged(path, std::string{flaw.text});
}

}  // namespace

std::string StoreFiles::segment_path(std::uint32_t number) const {
  return path(fmt::format("segments/{:016x}.log", number));
}

std::string StoreFiles::archive_path(std::uint32_t number) const {
  return path(fmt::format("archive/{:016x}.log.zst", number));
}

std::string StoreFiles::index_path(std::uint32_t number) const {
  return path(fmt::format("segments/{:016x}.idx", number));
}

std::string StoreFiles::seal_path(std::uint32_t number) const {
  return path(fmt::format("segments/{:016x}.seal", number));
}

std::string StoreFiles::table_path(std::uint32_t first, std::uint32_t last) const {
  return path(fmt::format("tables/{:016x}-{:016x}.tbl", first, last));
}

Result<format::ManifestBytes> StoreFiles::read_manifest() const {
  EVENTSTORE_TRY_ASSIGN(const auto file, files_.open(path("manifest"), OpenMode::read));
  return read_manifest(*file);
}

Result<format::ManifestBytes> StoreFiles::read_manifest(File& file) const {
  const auto name = path("manifest");
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(file, sizeof(format::ManifestBytes)));
  EVENTSTORE_TRY(told(check_file_header<format::ManifestBytes>(bytes, format::manifest_magic), name));
  return format::load<format::ManifestBytes>(bytes.data());
}

Result<format::ManifestBytes> StoreFiles::create(const Uuid& store_id, Timestamp now,
                                                 std::size_t segment_bytes_max) const {
  EVENTSTORE_TRY(files_.make_directories(path("segments")));
  EVENTSTORE_TRY(check_unused());
  EVENTSTORE_TRY(sync_directories_above());
  format::SegmentHeader first;
  first.store_id = store_id;
  first.generation = 1;
  first.number = 1;
  first.first_position = 1;
  first.capacity = segment_bytes_max;
  first.recorded_at = std::numeric_limits<std::int64_t>::min();
  EVENTSTORE_TRY(create_segment(first));
  format::ManifestBytes manifest;
  manifest.store_id = store_id;
  manifest.created_at = now.micros;
  manifest.checksum = format::header_checksum(manifest);
  EVENTSTORE_TRY(write_new_file(files_, path("manifest"), format::bytes_of(manifest), OpenMode::create));
  return manifest;
}

Result<void> StoreFiles::sync_directories_above() const {
  for (auto below = std::filesystem::path{directory_}; below.has_relative_path(); below = below.parent_path()) {
    const auto above = below.parent_path();
    auto synced = files_.sync_directory(above.empty() ? "." : above.string());
    // A directory that this user may not read was not made by any of its processes. Some file systems sync no
    // directory: then the names above the store are not this library's to keep.
    if (!synced && synced.error().os_errno != EACCES && synced.error().os_errno != EINVAL) return synced;
  }
  return {};
}

Result<void> StoreFiles::sync_names() const {
  EVENTSTORE_TRY(files_.sync_directory(path("segments")));
  return files_.sync_directory(directory_);
}

Result<void> StoreFiles::write_again(std::string_view name) const {
  EVENTSTORE_TRY_ASSIGN(const auto file, files_.open(path(name), OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto size, file->size());
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(*file, size));
  return write_whole_file(files_, path(name), bytes);
}

// An interrupted creation leaves a first segment without a commit. A store with more has lost its manifest.
Result<void> StoreFiles::check_unused() const {
  EVENTSTORE_TRY_ASSIGN(const auto numbers, segment_numbers());
  if (numbers.empty()) return {};
  EVENTSTORE_TRY_ASSIGN(const auto first, files_.open(segment_path(numbers.front()), OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto size, first->size());
  if (numbers.size() == 1 && size <= sizeof(format::SegmentHeader)) return {};
  return failure(Errc::corrupt_record, "open", path("manifest"),
                 "the file is missing, but there are segments with events");
}

Result<std::vector<std::uint32_t>> StoreFiles::segment_numbers() const {
  EVENTSTORE_TRY_ASSIGN(const auto names, files_.list(path("segments")));
  EVENTSTORE_TRY_ASSIGN(const auto archived, names_in(files_, archive_directory()));
  std::vector<std::uint32_t> numbers;
  for (const auto& name : names)
    if (const auto number = number_in(name, ".log")) numbers.push_back(*number);
  for (const auto& name : archived)
    if (const auto number = number_in(name, ".log.zst")) numbers.push_back(*number);
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

Result<std::vector<std::string>> StoreFiles::misnamed_segments() const {
  std::vector<std::string> paths;
  const auto look = [&](const std::string& directory, std::string_view ending) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto names, names_in(files_, directory));
    for (const auto& name : names)
      if (name.ends_with(ending) && !number_in(name, ending)) paths.push_back(directory + "/" + name);
    return {};
  };
  EVENTSTORE_TRY(look(path("segments"), ".log"));
  EVENTSTORE_TRY(look(archive_directory(), ".log.zst"));
  return paths;
}

Result<void> StoreFiles::remove_leftovers() const {
  const auto remove = [&](const std::string& directory, std::string_view beginning) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto names, names_in(files_, directory));
    for (const auto& name : names)
      if (name.starts_with(beginning) && name.ends_with(".tmp")) EVENTSTORE_TRY(files_.remove(directory + "/" + name));
    return {};
  };
  EVENTSTORE_TRY(remove(path("segments"), ""));
  EVENTSTORE_TRY(remove(archive_directory(), ""));
  return remove(directory_, "expired");
}

Result<void> StoreFiles::remove_expired(std::uint32_t last, bool is_just_stated) const {
  const auto remove = [&](const std::string& directory, auto is_gone) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto names, names_in(files_, directory));
    bool has_removed = false;
    for (const auto& name : names) {
      if (!is_gone(name)) continue;
      if (!std::exchange(is_just_stated, true)) EVENTSTORE_TRY(write_again("expired"));
      EVENTSTORE_TRY(remove_if_there(files_, directory + "/" + name));
      has_removed = true;
    }
    return has_removed ? files_.sync_directory(directory) : Result<void>{};
  };
  const auto is_of_expired = [&](const std::string& name) {
    for (const auto ending : {".log", ".idx", ".seal", ".log.zst"})
      if (const auto number = number_in(name, ending)) return *number <= last;
    return false;
  };
  EVENTSTORE_TRY(remove(path("segments"), is_of_expired));
  EVENTSTORE_TRY(remove(archive_directory(), is_of_expired));
  const auto streams = expired_streams_name(last);
  const auto states = kept_states_name(last);
  return remove(directory_, [&](const std::string& name) {
    const bool is_beside = name.starts_with("expired-") && (name.ends_with(".tbl") || name.ends_with(".states"));
    return is_beside && name != streams && name != states;
  });
}

// A segment that is not where it was may have been archived, or dropped, since its number was read somewhere.
Result<std::unique_ptr<File>> StoreFiles::open_log(std::uint32_t number, const Uuid& store_id, OpenMode mode) const {
  auto file = files_.open(segment_path(number), mode);
  if (file || file.error().code != Errc::not_found) return file;
  auto archived = open_archived(files_, archive_path(number));
  if (archived || archived.error().code != Errc::not_found) return archived;
  EVENTSTORE_TRY_ASSIGN(const auto expired, read_expired(*this, store_id));
  if (expired && number <= expired->last_segment()) return failure(expired->error_at(Position{0}));
  return file;
}

Result<format::SegmentHeader> StoreFiles::read_segment_header(std::uint32_t number, const Uuid& store_id) const {
  auto name = segment_path(number);
  Bytes bytes;
  auto file = files_.open(name, OpenMode::read);
  if (file) {
    EVENTSTORE_TRY_ASSIGN(bytes, read_whole(**file, sizeof(format::SegmentHeader)));
  } else if (file.error().code == Errc::not_found) {
    name = archive_path(number);
    EVENTSTORE_TRY_ASSIGN(auto archived, ArchiveReader::open(files_, name));
    bytes.resize(std::min<std::uint64_t>(archived.content_bytes(), sizeof(format::SegmentHeader)));
    EVENTSTORE_TRY(archived.read(bytes));
  } else {
    return failure_of(file);
  }
  EVENTSTORE_TRY(told(check_segment_header(bytes, store_id, number), name));
  return format::load<format::SegmentHeader>(bytes.data());
}

Result<MappedSegment> StoreFiles::map_segment(std::uint32_t number, const Uuid& store_id, OpenMode mode) const {
  const auto name = segment_path(number);
  EVENTSTORE_TRY_ASSIGN(auto file, open_log(number, store_id, mode));
  EVENTSTORE_TRY_ASSIGN(const auto size, file->size());
  Bytes bytes(std::min<std::uint64_t>(size, sizeof(format::SegmentHeader)));
  EVENTSTORE_TRY_ASSIGN(const auto got, read_all(*file, 0, bytes));
  bytes.resize(got);
  EVENTSTORE_TRY(told(check_segment_header(bytes, store_id, number), name));
  const auto header = format::load<format::SegmentHeader>(bytes.data());
  EVENTSTORE_TRY(told(check_segment_size(header, size), name));
  EVENTSTORE_TRY_ASSIGN(auto mapping, file->map(header.capacity, MapMode::read));
  return MappedSegment{std::move(file), std::move(mapping), size, header};
}

Result<std::shared_ptr<Segment>> StoreFiles::open_segment(std::uint32_t number, const Uuid& store_id,
                                                          OpenMode mode) const {
  EVENTSTORE_TRY_ASSIGN(auto opened, map_segment(number, store_id, mode));
  return std::make_shared<Segment>(std::move(opened), segment_path(number));
}

Result<void> StoreFiles::create_segment(format::SegmentHeader header) const {
  header.checksum = format::header_checksum(header);
  return write_new_file(files_, segment_path(static_cast<std::uint32_t>(header.number)), format::bytes_of(header),
                        OpenMode::create);
}

}  // namespace eventstore::engine
