#pragma once
// Private to collections: an error's code as it is noted beside a collection.
#include <eventstore/core/error.hpp>

namespace eventstore::engine {

/// The code whose name users see as `name`; io_failed for one that this build does not know.
inline Errc code_named(std::string_view name) {
  for (std::uint8_t value = 0;; ++value) {
    const auto code = static_cast<Errc>(value);
    if (to_string(code) == name) return code;
    if (to_string(code) == "unknown") return Errc::io_failed;
  }
}

}  // namespace eventstore::engine
