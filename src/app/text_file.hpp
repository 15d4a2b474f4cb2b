#pragma once
// Private to the use cases: small files that are kept with the code.
#include <eventstore/core/result.hpp>
#include <eventstore/os/file_system.hpp>
#include <string>
#include <string_view>

namespace eventstore::app {

/// The whole file. Errors: not_found, io_failed.
Result<std::string> read_text_file(FileSystem& files, const std::string& path);

/// Replaces the file by one with `text`, whole or not at all; makes missing folders.
/// Errors: as FileSystem's.
Result<void> replace_text_file(FileSystem& files, const std::string& path, std::string_view text);

}  // namespace eventstore::app
