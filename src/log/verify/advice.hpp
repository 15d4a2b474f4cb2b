#pragma once
// The remedies for findings.
#include <string_view>

namespace eventstore::engine {
namespace advice {

inline constexpr std::string_view damaged_log =
    "restore the file from a backup; until then open the store read-only to read the other events";
inline constexpr std::string_view damaged_states =
    "the events that are left are not affected, but the store does not open: restore a backup that has this file";
inline constexpr std::string_view stray =
    "no event is affected: move the file to another directory; no segment can get this name before";
inline constexpr std::string_view altered =
    "all checksums match, so no disk did this: compare with a backup, and find out who can write to these files";
inline constexpr std::string_view remake_seal =
    "the log itself is not affected: delete this file, and make it again with the command seal";
inline constexpr std::string_view remake_index =
    "nothing is lost: verify --repair deletes the file and makes it again from the log";
inline constexpr std::string_view make_seal = "make it again with the command seal";

}  // namespace advice
}  // namespace eventstore::engine
