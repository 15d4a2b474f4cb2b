#include <eventstore/core/error.hpp>

#include <fmt/format.h>

#include <system_error>

namespace eventstore {
inline namespace v1 {
namespace {

std::string describe(const Conflict& conflict) {
  using Kind = ExpectedVersion::Kind;
  const auto actual = conflict.actual == Version{0} ? std::string{"does not exist"}
                                                    : fmt::format("is at version {}", conflict.actual.value);
  switch (conflict.expected.kind()) {
    case Kind::no_stream: return fmt::format("{} {}, expected not to exist", conflict.stream, actual);
    case Kind::stream_exists: return fmt::format("{} {}, expected to exist", conflict.stream, actual);
    case Kind::exact:
      return fmt::format("{} {}, expected version {}", conflict.stream, actual, conflict.expected.version().value);
    case Kind::any: break;
  }
  return fmt::format("{} {}", conflict.stream, actual);
}

}  // namespace

std::string_view to_string(Errc code) {
  switch (code) {
    case Errc::invalid_argument: return "invalid_argument";
    case Errc::unknown_event_type: return "unknown_event_type";
    case Errc::too_large: return "too_large";
    case Errc::wrong_organization: return "wrong_organization";
    case Errc::wrong_version: return "wrong_version";
    case Errc::id_conflict: return "id_conflict";
    case Errc::not_found: return "not_found";
    case Errc::refused: return "refused";
    case Errc::expired: return "expired";
    case Errc::stopped: return "stopped";
    case Errc::unreadable_schema: return "unreadable_schema";
    case Errc::corrupt_record: return "corrupt_record";
    case Errc::out_of_space: return "out_of_space";
    case Errc::io_failed: return "io_failed";
    case Errc::outcome_unknown: return "outcome_unknown";
    case Errc::read_only: return "read_only";
    case Errc::locked: return "locked";
    case Errc::newer_format: return "newer_format";
    case Errc::out_of_memory: return "out_of_memory";
    case Errc::clock_ran_ahead: return "clock_ran_ahead";
    case Errc::user_exception: return "user_exception";
    case Errc::missing_key: return "missing_key";
  }
  return "unknown";
}

std::string Error::message() const {
  std::string text{to_string(code)};
  if (!during.empty()) text += fmt::format(": {}", during);
  if (!refusal_code.empty() && refusal_code != to_string(code)) text += fmt::format(": {}", refusal_code);
  if (!where.empty()) text += fmt::format(" [{}]", where);
  if (at != Position{0}) text += fmt::format(" at position {}", at.value);
  if (!detail.empty()) text += fmt::format(": {}", detail);
  for (const auto& conflict : conflicts) text += fmt::format("; {}", describe(conflict));
  if (os_errno != 0) text += fmt::format(": {}", std::generic_category().message(os_errno));
  return text;
}

}  // namespace v1
}  // namespace eventstore
