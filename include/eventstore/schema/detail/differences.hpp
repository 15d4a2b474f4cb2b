#pragma once
// Differences between schemas in words.
#include <eventstore/schema/detail/readable.hpp>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A difference in words: "`limit` is added and has no default".
[[nodiscard]] std::string describe(const Difference& difference);

/// The code to write against a breaking difference: "give `limit` a default, …".
[[nodiscard]] std::string advice(const Difference& difference);

/// The reason why a schema cannot be read, and the code to write.
[[nodiscard]] std::string describe_unreadable(const Verdict& verdict);

/// All differences between the record `stored` and the annotated record `wanted`, each in words with the path to its
/// field: "package_details.weight: int32 is now int64".
/// Questions of ask_renamed stand behind them.
[[nodiscard]] std::vector<std::string> describe_differences(std::string_view stored, std::string_view wanted);

/// A question for each field that is added while a field of its type is removed from the same record: it may have been
/// renamed, and its stored values are passed over until es::was says so.
[[nodiscard]] std::vector<std::string> ask_renamed(std::string_view stored, std::string_view wanted);

}  // namespace v1
}  // namespace eventstore
