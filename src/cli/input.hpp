#pragma once
// Private to the command line: files that a command reads, among them standard input.
#include <unistd.h>
#include <eventstore/app/line_source.hpp>

namespace eventstore::cli {

/// `file`, or standard input where it is "-". Errors: as LineSource.
inline Result<app::LineSource> open_input(const std::string& file) {
  return file == "-" ? app::LineSource::of(STDIN_FILENO, "standard input") : app::LineSource::open(file);
}

}  // namespace eventstore::cli
