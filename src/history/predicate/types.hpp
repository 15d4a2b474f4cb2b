#pragma once
// Private to history: what is known of a predicate's values before any event is read, and the errors that come of it.
#include <eventstore/core/result.hpp>
#include <optional>
#include <string_view>
#include "program.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// A type of that kind. Lifetime: the program's.
[[nodiscard]] const Type& fixed_type(Kind kind);

/// The type of the content of optionals; null for free data, and where nothing is known.
[[nodiscard]] const Type* bare(const Type* type);

/// The names by which the fields of a record are found, through flattened records.
[[nodiscard]] std::vector<std::string_view> field_names(const Type& record);

/// "a list", "one of open, closed": for messages.
[[nodiscard]] std::string words_for(const Type& type);

/// The type to which `step` leads from a value of `type`; null where only the event tells. It notes in `step` the place
/// of the field. Errors: a sentence that says what is wrong, and the nearest name; `path` is the path before the step.
[[nodiscard]] tl::expected<const Type*, std::string> type_behind(const Type* type, PathStep& step,
                                                                 std::string_view path);

/// A sentence about what stands at `offset`.
struct Mistake {
  std::size_t offset;
  std::string what;
};

/// The mistake in a comparison of `a` and `b`. A literal text becomes the time or the id that it is compared with.
[[nodiscard]] std::optional<Mistake> check_comparison(Node& a, Node& b, bool ordered);

/// The mistake in `whole contains part`, with a list, a set, a map or a text; likewise.
[[nodiscard]] std::optional<Mistake> check_contains(Node& whole, Node& part);

/// The type of a + b or a - b; null where only the event tells. Errors: a sentence.
[[nodiscard]] tl::expected<const Type*, std::string> type_of_sum(const Type* a, const Type* b, bool negative);

/// Makes a literal text the time that it reads as. False where it is none.
[[nodiscard]] bool make_time(Node& literal);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
