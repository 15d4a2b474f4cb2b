#include "report.hpp"

#include <eventstore/core/detail/utf8.hpp>

#include <fmt/core.h>

#include <cstdio>

namespace eventstore::cli {
namespace {

std::string_view advice(const Error& error) {
  switch (error.code) {
    case Errc::corrupt_record:
      return error.where.ends_with("/collections.sqlite")
                 ? "; delete the file and run `project run`, which makes the file again from the log"
                 : "";
    case Errc::wrong_version: return "; read the stream and try again with its version";
    case Errc::outcome_unknown: return "; run the same command again: the log recognises events that it has already";
    case Errc::locked: return "; wait until that process ends; reading is possible all the time";
    case Errc::out_of_space: return "; free some space and run the same command again";
    default: return "";
  }
}

std::string name{"eventstore"};

}  // namespace

const std::string& program_name() { return name; }

void name_program(int argc, char** argv) {
  const std::string_view first{argc > 0 ? argv[0] : ""};
  const auto base = first.substr(first.rfind('/') + 1);
  if (!base.empty()) name = base;
}

ExitCode exit_code(Errc code) {
  switch (code) {
    case Errc::invalid_argument:
    case Errc::unknown_event_type:
    case Errc::too_large:
    case Errc::wrong_organization: return ExitCode::bad_input;
    case Errc::wrong_version:
    case Errc::id_conflict: return ExitCode::conflict;
    case Errc::not_found:
    case Errc::expired: return ExitCode::not_found;
    case Errc::refused: return ExitCode::refused;
    default: return ExitCode::failed;
  }
}

ExitCode report(const Error& error) {
  auto line = error.message();
  line += advice(error);
  fmt::print(stderr, "{}: {}\n", program_name(), made_visible(line));
  return exit_code(error.code);
}

ExitCode finish(const Result<void>& result) { return result ? ExitCode::done : report(result.error()); }

}  // namespace eventstore::cli
