#pragma once
// Private to the SQLite engine: codes of errors stand in the file by their names.
#include <cstdint>
#include <eventstore/core/error.hpp>
#include <string_view>

namespace eventstore::engine::sqlite {

/// A name that this build does not know is a failure of the system.
inline Errc code_named(std::string_view name) {
  for (std::uint8_t value = 0;; ++value) {
    const auto code = static_cast<Errc>(value);
    if (to_string(code) == name) return code;
    if (to_string(code) == "unknown") return Errc::io_failed;
  }
}

}  // namespace eventstore::engine::sqlite
