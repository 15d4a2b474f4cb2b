#pragma once
// Result<T>: a value or an Error. No exception crosses the API.
#include <eventstore/core/error.hpp>
#include <tl/expected.hpp>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// A value or an Error: tl::expected, whose members it has, with a warning for the caller who drops one.
/// Where an error makes no difference, write `(void)` before the call and say why.
template <class T> class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result() = default;
  // The result of map and similar members is a tl::expected.
  Result(const tl::expected<T, Error>& other) : tl::expected<T, Error>{other} {}
  Result(tl::expected<T, Error>&& other) noexcept(std::is_nothrow_move_constructible_v<tl::expected<T, Error>>)
      : tl::expected<T, Error>{std::move(other)} {}
};

/// Success, or an Error.
template <> class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
 public:
  using tl::expected<void, Error>::expected;
  Result() = default;
  Result(const tl::expected<void, Error>& other) : tl::expected<void, Error>{other} {}
  Result(tl::expected<void, Error>&& other) noexcept : tl::expected<void, Error>{std::move(other)} {}

  /// Not there: a Result<void> has no value, and what would throw at an error is no check of it.
  template <class Caller = void> void value() const {
    static_assert(!std::is_void_v<Caller>,
                  "a Result<void> has no value: write `if (!result) return es::failure_of(result);` or "
                  "EVENTSTORE_TRY(expression), or es::must(...) in main and in tests");
  }
};

/// An Error ready to be returned from a function that returns any Result.
[[nodiscard]] inline tl::unexpected<Error> failure(Error error) { return tl::unexpected<Error>{std::move(error)}; }

[[nodiscard]] inline tl::unexpected<Error> failure(Errc code, std::string during, std::string where,
                                                   std::string detail = {}) {
  return failure(Error{code, std::move(during), std::move(where), std::move(detail)});
}

/// The error of a failed result, ready to be returned as another type's.
template <class T> [[nodiscard]] tl::unexpected<Error> failure_of(tl::expected<T, Error>& failed) {
  return tl::unexpected<Error>{std::move(failed.error())};
}

}  // namespace v1
}  // namespace eventstore

// Returns from the enclosing function with the error of `expression`, if it has one.
#define EVENTSTORE_TRY(expression)                                                                                  \
  do {                                                                                                              \
    if (auto eventstore_tried = (expression); !eventstore_tried) return ::eventstore::failure_of(eventstore_tried); \
  } while (false)

#define EVENTSTORE_CONCAT_(a, b) a##b
#define EVENTSTORE_CONCAT(a, b) EVENTSTORE_CONCAT_(a, b)
#define EVENTSTORE_TRY_ASSIGN_(result, declaration, expression) \
  auto result = (expression);                                   \
  if (!result) return ::eventstore::failure_of(result);         \
  declaration = std::move(*result)

// Declares or assigns `declaration` from the value of `expression`, or returns its error.
#define EVENTSTORE_TRY_ASSIGN(declaration, expression) \
  EVENTSTORE_TRY_ASSIGN_(EVENTSTORE_CONCAT(eventstore_result_, __LINE__), declaration, expression)
