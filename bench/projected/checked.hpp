#pragma once
// The library's errors as exceptions, which the benchmarks report.
#include <eventstore/core/result.hpp>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace bench {

/// The value of `result`. Throws std::runtime_error with the error's message.
template <class T> T checked(eventstore::Result<T> result) {
  if (!result) throw std::runtime_error{result.error().message()};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace bench
