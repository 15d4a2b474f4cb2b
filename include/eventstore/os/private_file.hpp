#pragma once
// Files that their owner alone may read and write: what holds keys.
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/result.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Makes `directory` for its owner alone where it is missing, and those above it as FileSystem::make_directories does.
/// One that is there keeps its mode. Errors: as FileSystem::make_directories. Threads: any.
Result<void> make_private_directory(const std::string& directory);

/// Makes the file `path`, for its owner alone from the beginning, with `bytes`: whole and durable when this returns.
/// False where the name is taken; that file is unchanged. Errors: io_failed, out_of_space, read_only, not_found (no
/// such directory): there is then no file of this name, unless the sync of the directory failed. Threads: any.
Result<bool> make_private_file(const std::string& path, BytesView bytes);

/// The bytes of a regular file, of a longer one the first `bytes_max`. Errors: invalid_argument, where it is another
/// kind of file, or where others than its owner may read or write it; not_found, io_failed. Threads: any.
Result<Bytes> read_private_file(const std::string& path, std::size_t bytes_max);

/// Who may read a file, or list a directory, by its mode alone: not by those of the directories above it.
enum class FileReaders : std::uint8_t { owner, group, everyone };

/// Errors: not_found, io_failed. Threads: any.
Result<FileReaders> readers_of(const std::string& path);

/// The directory in which `path` stands, `.` where it names none.
[[nodiscard]] std::string directory_of_file(const std::string& path);

}  // namespace v1
}  // namespace eventstore
