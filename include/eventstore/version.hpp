#pragma once
// The version of eventstore. The numbers stand only here: CMake and the package files read them from these lines.
#include <string_view>

#define EVENTSTORE_VERSION_MAJOR 0
#define EVENTSTORE_VERSION_MINOR 1
#define EVENTSTORE_VERSION_PATCH 0
/// One number that grows with every version, for `#if EVENTSTORE_VERSION >= 100`: 0.1.0 is 100, 1.2.3 is 10203.
#define EVENTSTORE_VERSION \
  (EVENTSTORE_VERSION_MAJOR * 10000 + EVENTSTORE_VERSION_MINOR * 100 + EVENTSTORE_VERSION_PATCH)

namespace eventstore {
inline namespace v1 {

/// The same numbers for code. Until 1.0, a change of `minor` may change the API; a change of `patch` does not.
struct LibraryVersion {
  int major_number;
  int minor_number;
  int patch_number;
  std::string_view text;
};
inline constexpr LibraryVersion library_version{EVENTSTORE_VERSION_MAJOR, EVENTSTORE_VERSION_MINOR,
                                                EVENTSTORE_VERSION_PATCH, "0.1.0"};

}  // namespace v1
}  // namespace eventstore
