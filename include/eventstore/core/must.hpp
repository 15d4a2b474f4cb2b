#pragma once
// For `main` and tests, which have no caller that could take an error.
#include <eventstore/core/result.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

// Prints the error's message on standard error and ends the program with exit code 1.
[[noreturn]] void end_program(const Error& error);

}  // namespace detail

/// The value of `result`. If it is an error, its message goes to standard error and std::exit(1) ends the program:
/// destructors of local variables do not run. Not for a library or a server, which return the error.
template <class T> T must(tl::expected<T, Error>&& result) {
  if (!result) detail::end_program(result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
/// The same, for a result that the caller keeps.
template <class T> std::add_lvalue_reference_t<T> must(tl::expected<T, Error>& result) {
  if (!result) detail::end_program(result.error());
  if constexpr (!std::is_void_v<T>) return *result;
}
template <class T> std::add_lvalue_reference_t<const T> must(const tl::expected<T, Error>& result) {
  if (!result) detail::end_program(result.error());
  if constexpr (!std::is_void_v<T>) return *result;
}

}  // namespace v1
}  // namespace eventstore
