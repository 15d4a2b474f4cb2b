#pragma once
// Differences between schemas in words.
#include <eventstore/schema/readable.hpp>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// "`limit` is added and has no default": what a difference is.
[[nodiscard]] std::string describe(const Difference& difference);

/// What to write so that a breaking difference is none, or that it does not matter: "give `limit` a default, …".
[[nodiscard]] std::string advice(const Difference& difference);

/// Why a schema that is not readable is not, and what to write.
[[nodiscard]] std::string describe_unreadable(const Verdict& verdict);

/// Everything that differs between the record `stored` and the annotated record `wanted`, each in words with the path
/// to its field: "package_details.weight: int32 is now int64".
[[nodiscard]] std::vector<std::string> describe_differences(std::string_view stored, std::string_view wanted);

}  // namespace v1
}  // namespace eventstore
