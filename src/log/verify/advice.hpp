#pragma once
// What a person can do about a finding.
#include <string_view>

namespace eventstore::engine {
namespace advice {

inline constexpr std::string_view damaged_log =
    "restore the file from a backup; until then the rest can be read read-only";
inline constexpr std::string_view altered =
    "checksums are whole, so no disk did this: compare with a backup, and find out who could write here";
inline constexpr std::string_view remake_seal =
    "the log itself is what counts: delete this file, and make it again with the command seal";
inline constexpr std::string_view remake_index =
    "nothing is lost: verify --repair deletes the file and makes it again from the log";
inline constexpr std::string_view make_seal = "make it again with the command seal";

}  // namespace advice
}  // namespace eventstore::engine
