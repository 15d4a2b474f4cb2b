#include <eventstore/projection/checkpoint_file.hpp>

#include <xxhash.h>
#include <eventstore/log/event_log.hpp>

#include <cstring>

namespace eventstore {
inline namespace v1 {
namespace {

// The file: 8 bytes of name and format, the checksum of all that follows, purpose, store id, position, chained
// checksum; numbers are little-endian.
constexpr std::string_view magic = "ESPLACE1";
constexpr std::size_t body_begin = magic.size() + sizeof(std::uint64_t);
constexpr std::size_t body_bytes = 2 * sizeof(Uuid) + 2 * sizeof(std::uint64_t);
constexpr std::size_t file_bytes = body_begin + body_bytes;

template <class T> void put(Bytes& to, const T& value) {
  const auto bytes = std::as_bytes(std::span{&value, 1});
  to.insert(to.end(), bytes.begin(), bytes.end());
}

template <class T> void get(BytesView& from, T& value) {
  std::memcpy(&value, from.data(), sizeof value);
  from = from.subspan(sizeof value);
}

std::string directory_of(const std::string& path) {
  const auto slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

tl::unexpected<Error> foreign(const std::string& path, const std::string& reason) {
  return failure(Errc::corrupt_record, "read checkpoint", path,
                 reason + ": remove the file to begin where the reader was told to begin");
}

Result<void> check_history(const EventLog& log, const LogPlace& place, const std::string& path) {
  if (place.store_id != log.store_id()) return foreign(path, "it was written for another log");
  const auto checksum = log.checksum_at(place.position);
  if (!checksum && checksum.error().code == Errc::expired) return {};  // the next read tells what was dropped
  if (!checksum && checksum.error().code != Errc::not_found) return tl::unexpected<Error>{checksum.error()};
  if (!checksum || *checksum != place.checksum)
    return foreign(path, "the log no longer has the history that it was written for");
  return {};
}

}  // namespace

Result<LogPlace> LogPlace::at(const EventLog& log, Position position) {
  EVENTSTORE_TRY_ASSIGN(const auto checksum, log.checksum_at(position));
  return LogPlace{log.store_id(), position, checksum};
}

Result<std::optional<LogPlace>> CheckpointFile::read(const EventLog& log, const Uuid& purpose) const {
  auto file = files_->open(path_, OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return std::optional<LogPlace>{};
  if (!file) return failure_of(file);
  EVENTSTORE_TRY_ASSIGN(const Bytes bytes, read_whole(**file, file_bytes + 1));
  if (bytes.size() != file_bytes || as_text(BytesView{bytes}.first(magic.size())) != magic)
    return std::optional<LogPlace>{};
  auto rest = BytesView{bytes}.subspan(magic.size());
  std::uint64_t checksum = 0;
  get(rest, checksum);
  if (XXH3_64bits(rest.data(), rest.size()) != checksum) return std::optional<LogPlace>{};
  Uuid its_purpose;
  LogPlace place;
  get(rest, its_purpose);
  get(rest, place.store_id);
  get(rest, place.position);
  get(rest, place.checksum);
  EVENTSTORE_TRY(check_history(log, place, path_));
  if (its_purpose != purpose)
    return failure(Errc::invalid_argument, "read checkpoint", path_,
                   "it was written under another filter, which may have passed over events that this one wants: give "
                   "each filter a file of its own, or remove the file");
  return std::optional{place};
}

Result<void> CheckpointFile::write(const LogPlace& place, const Uuid& purpose) {
  Bytes body;
  put(body, purpose);
  put(body, place.store_id);
  put(body, place.position);
  put(body, place.checksum);
  const auto name = as_bytes(magic);
  Bytes bytes{name.begin(), name.end()};
  put(bytes, std::uint64_t{XXH3_64bits(body.data(), body.size())});
  bytes.insert(bytes.end(), body.begin(), body.end());

  const auto directory = directory_of(path_);
  const auto temporary = path_ + ".tmp";
  auto file = files_->open(temporary, OpenMode::create);
  if (!file && file.error().code == Errc::not_found) {
    EVENTSTORE_TRY(files_->make_directories(directory));
    file = files_->open(temporary, OpenMode::create);
  }
  if (!file) return failure_of(file);
  EVENTSTORE_TRY(write_all(**file, 0, bytes));
  EVENTSTORE_TRY((*file)->sync_data());
  EVENTSTORE_TRY(files_->rename(temporary, path_));
  return files_->sync_directory(directory);
}

Result<void> CheckpointFile::remove() {
  auto removed = files_->remove(path_);
  if (!removed && removed.error().code == Errc::not_found) return {};
  return removed;
}

}  // namespace v1
}  // namespace eventstore
