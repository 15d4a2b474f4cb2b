#include <eventstore/os/named_lock.hpp>

#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t text_bytes = 128;

}  // namespace

Result<std::optional<NamedLock>> NamedLock::try_take(FileSystem& files, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(auto file, files.open(path, OpenMode::create));
  EVENTSTORE_TRY_ASSIGN(const bool is_ours, file->try_lock());
  if (!is_ours) return std::optional<NamedLock>{};
  // A file that was deleted since it was opened locks out nobody.
  EVENTSTORE_TRY_ASSIGN(const bool is_in_place, file->is_still_at(path));
  if (!is_in_place) return std::optional<NamedLock>{};
  auto name = files.process_name();
  name.resize(text_bytes - 1, ' ');
  EVENTSTORE_TRY(write_all(*file, 0, as_bytes(name + "\n")));
  return std::optional{NamedLock{std::move(file)}};
}

Result<std::string> NamedLock::holder(FileSystem& files, const std::string& path) {
  auto file = files.open(path, OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return std::string{};
  if (!file) return failure_of(file);
  EVENTSTORE_TRY_ASSIGN(const bool is_locked, (*file)->is_locked());
  if (!is_locked) return std::string{};
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(**file, text_bytes));
  const auto text = as_text(bytes);
  const auto name = text.substr(0, text.find_first_of(" \n"));
  return name.empty() ? std::string{"another process"} : std::string{name};
}

}  // namespace v1
}  // namespace eventstore
