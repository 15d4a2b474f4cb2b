#include "backup_manifest.hpp"

#include <algorithm>
#include <tuple>

namespace eventstore::engine {
namespace {

constexpr std::uint64_t backup_magic = 0x3150'554B'4342'5345;  // "ESBCKUP1"

struct ManifestHead {
  std::uint64_t magic = backup_magic;
  std::uint32_t format_version = format::version;
  std::uint32_t must_understand = 0;
  std::uint32_t may_ignore = 0;
  std::uint32_t file_count = 0;
  Uuid store_id{};
  std::int64_t made_at = 0;
  std::uint64_t last_position = 0;
  std::uint64_t chain = 0;  // checksum of the last commit
  std::int64_t first_recorded_at = 0;
  std::int64_t last_recorded_at = 0;
  std::uint64_t unused[4] = {};
  format::ManifestBytes store{};
};
static_assert(sizeof(ManifestHead) == 232);
constexpr std::size_t checksum_bytes = sizeof(std::uint64_t);
// In ManifestHead::must_understand: there is a file of kept states, without which a restored store does not open.
constexpr std::uint32_t has_states = 1;

bool is_about_expired(const CopiedFile& file) {
  return file.kind == CopyKind::expired || file.kind == CopyKind::expired_streams ||
         file.kind == CopyKind::expired_states;
}

auto place_of(const CopiedFile& file) { return std::tuple{file.number, file.kind}; }

void append(Bytes& to, BytesView bytes) {
  const auto end = to.size();
  to.resize(end + bytes.size());
  std::copy(bytes.begin(), bytes.end(), to.begin() + static_cast<std::ptrdiff_t>(end));
}

std::string_view flaw_in_segment(const CopiedFile& file, const CopiedFile* before) {
  const bool has_commit = file.last_commit != 0;
  const auto least = sizeof(format::SegmentHeader) + (has_commit ? sizeof(format::CommitHeader) : 0);
  if (file.bytes < least || file.bytes % 8 != 0 || file.bytes >= std::uint64_t{1} << 32) return "a file's size";
  if (has_commit && (file.last_commit < sizeof(format::SegmentHeader) || file.last_commit % 8 != 0 ||
                     file.last_commit > file.bytes - sizeof(format::CommitHeader)))
    return "the place of a last commit";
  if (file.is_finished > 1 || (file.is_finished == 1 && !has_commit)) return "a finish mark";
  if (file.first_position == 0 || file.next_position < file.first_position) return "a file's positions";
  if (before == nullptr) return file.number == 0 ? "a segment's number" : "";
  if (before->is_finished == 0) return "a segment that is not finished and not the last";
  if (file.number != before->number + 1) return "a segment that is missing";
  return file.first_position == before->next_position ? "" : "a file's positions";
}

// The files that say what expired, with or without states, or none of them; then the segments begin after it.
std::string_view flaw_in_expired(const BackupManifest& manifest) {
  const auto& files = manifest.files;
  const auto count = std::count_if(files.begin(), files.end(), is_about_expired);
  if (count == 0) return "";
  const auto* const segment = manifest.first_segment();
  const bool is_whole =
      (count == 2 || count == 3) && files[0].kind == CopyKind::expired && files[1].kind == CopyKind::expired_streams &&
      files[0].number == files[1].number &&
      (count == 2 || (files[2].kind == CopyKind::expired_states && files[2].number == files[0].number));
  if (!is_whole) return "the files that say what expired";
  return segment == nullptr || segment->number != manifest.files[0].number + 1 ? "a segment that is missing" : "";
}

// The part that contradicts another although the checksum matches; empty if there is none.
std::string_view flaw_in(const BackupManifest& manifest) {
  const CopiedFile* segment = nullptr;
  if (const auto flaw = flaw_in_expired(manifest); !flaw.empty()) return flaw;
  for (const auto& file : manifest.files) {
    if (file.kind == CopyKind::segment) {
      const auto flaw = flaw_in_segment(file, segment);
      if (!flaw.empty()) return flaw;
      segment = &file;
    } else if (is_about_expired(file)) {
      continue;
    } else if (file.kind != CopyKind::seal) {
      return "a file of an unknown kind";
    } else if (segment == nullptr || segment->number != file.number || segment->is_finished == 0) {
      return "a seal without its segment";
    } else if (&file != segment + 1) {
      return "a seal that is listed twice";
    }
  }
  return segment == nullptr ? "no segment" : "";
}

tl::unexpected<Error> damaged(const std::string& path, std::string_view reason) {
  return failure(Errc::corrupt_record, "open the backup", path,
                 std::string{reason} + ": restore from another copy of the backup");
}

}  // namespace

const CopiedFile* BackupManifest::find(CopyKind kind, std::uint32_t number) const {
  const auto place = std::tuple{number, kind};
  const auto at = std::lower_bound(files.begin(), files.end(), place,
                                   [](const CopiedFile& file, const auto& wanted) { return place_of(file) < wanted; });
  return at == files.end() || place_of(*at) != place ? nullptr : &*at;
}

const CopiedFile* BackupManifest::first_segment() const {
  const auto found =
      std::find_if(files.begin(), files.end(), [](const auto& file) { return file.kind == CopyKind::segment; });
  return found == files.end() ? nullptr : &*found;
}

const CopiedFile* BackupManifest::last_segment() const {
  const auto found =
      std::find_if(files.rbegin(), files.rend(), [](const auto& file) { return file.kind == CopyKind::segment; });
  return found == files.rend() ? nullptr : &*found;
}

void BackupManifest::put(const CopiedFile& file) {
  const auto at = std::lower_bound(files.begin(), files.end(), file,
                                   [](const CopiedFile& a, const CopiedFile& b) { return place_of(a) < place_of(b); });
  if (at != files.end() && place_of(*at) == place_of(file))
    *at = file;
  else
    files.insert(at, file);
}

Bytes encode(const BackupManifest& manifest) {
  ManifestHead head;
  head.file_count = static_cast<std::uint32_t>(manifest.files.size());
  const auto is_states = [](const CopiedFile& file) { return file.kind == CopyKind::expired_states; };
  if (std::any_of(manifest.files.begin(), manifest.files.end(), is_states)) head.must_understand = has_states;
  head.store_id = manifest.store_id;
  head.made_at = manifest.made_at.micros;
  if (const auto* const last = manifest.last_segment()) {
    head.last_position = last->next_position - 1;
    head.chain = last->chain;
  }
  head.first_recorded_at = manifest.first_recorded_at;
  head.last_recorded_at = manifest.last_recorded_at;
  head.store = manifest.store;
  Bytes bytes;
  bytes.reserve(sizeof head + manifest.files.size() * sizeof(CopiedFile) + checksum_bytes);
  append(bytes, format::bytes_of(head));
  append(bytes, std::as_bytes(std::span{manifest.files}));
  const auto checksum = format::checksum_of(bytes);
  append(bytes, format::bytes_of(checksum));
  return bytes;
}

Result<BackupManifest> decode_backup_manifest(BytesView bytes, const std::string& path) {
  if (bytes.size() < sizeof(ManifestHead) + checksum_bytes) return damaged(path, "the file is cut off");
  const auto head = format::load<ManifestHead>(bytes.data());
  if (head.magic != backup_magic) return damaged(path, "not the manifest of a backup");
  // Before the checksum: a newer version may compute it in another way.
  if (head.format_version > format::version || (head.must_understand & ~has_states) != 0)
    return failure(Errc::newer_format, "open the backup", path,
                   "made by a newer version of eventstore: use that version");
  const auto body = bytes.first(bytes.size() - checksum_bytes);
  if (format::checksum_of(body) != format::load<std::uint64_t>(bytes.data() + body.size()))
    return damaged(path, "the checksum does not match");
  const auto files = body.subspan(sizeof head);
  if (files.size() != std::size_t{head.file_count} * sizeof(CopiedFile)) return damaged(path, "the file is cut off");
  BackupManifest manifest{.store_id = head.store_id,
                          .made_at = Timestamp{head.made_at},
                          .first_recorded_at = head.first_recorded_at,
                          .last_recorded_at = head.last_recorded_at,
                          .store = head.store,
                          .files = std::vector<CopiedFile>(head.file_count)};
  if (!files.empty()) std::memcpy(manifest.files.data(), files.data(), files.size());
  const auto flaw = flaw_in(manifest);
  if (!flaw.empty()) return damaged(path, "it contradicts itself: " + std::string{flaw});
  const auto& last = *manifest.last_segment();
  if (last.next_position != head.last_position + 1 || last.chain != head.chain ||
      head.store.store_id != head.store_id || head.store.checksum != format::header_checksum(head.store))
    return damaged(path, "it contradicts itself: the end, or the store");
  return manifest;
}

}  // namespace eventstore::engine
