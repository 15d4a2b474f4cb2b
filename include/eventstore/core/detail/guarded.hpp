#pragma once
// No exception leaves a library: what standard containers and threads throw becomes an error.
#include <eventstore/core/result.hpp>
#include <exception>
#include <new>
#include <stdexcept>
#include <system_error>

namespace eventstore {
inline namespace v1 {
namespace detail {

/// Says as much as the memory is enough for.
inline Error out_of_memory(std::string_view during, std::string_view where) noexcept {
  Error error;
  error.code = Errc::out_of_memory;
  try {
    error.during = during;
    error.where = where;
  } catch (const std::bad_alloc&) {
  }
  return error;
}

/// The result of `call`, or the error that stands for what it threw: out_of_memory if memory ran out or no thread could
/// be started, user_exception for everything else, because only a caller's function throws it.
template <class Call> auto guarded(std::string_view during, std::string_view where, Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  } catch (const std::system_error&) {
  } catch (const std::exception& thrown) {
    try {
      return failure(Errc::user_exception, std::string{during}, std::string{where}, thrown.what());
    } catch (const std::bad_alloc&) {
    }
  } catch (...) {
    try {
      return failure(Errc::user_exception, std::string{during}, std::string{where}, "an exception of unknown type");
    } catch (const std::bad_alloc&) {
    }
  }
  return failure(out_of_memory(during, where));
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
