#pragma once
// Private to the use cases: small files that are kept with the code.
#include <eventstore/core/result.hpp>
#include <eventstore/os/file_system.hpp>
#include <string>
#include <string_view>

namespace eventstore::app {

/// The whole file. Errors: not_found, io_failed.
Result<std::string> read_text_file(FileSystem& files, const std::string& path);

/// Puts a file of `text` in the place of the old one, whole or not at all; folders that are missing are made.
/// Errors: as FileSystem's.
Result<void> replace_text_file(FileSystem& files, const std::string& path, std::string_view text);

}  // namespace eventstore::app
