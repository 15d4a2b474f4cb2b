#pragma once
// Private to the use cases: the place where a person wants a file, looked at before anything is written.
#include <eventstore/app/store.hpp>
#include <string>

namespace eventstore::app {

enum class AtPlace : std::uint8_t { nothing, file };

/// What stands at `path`, where a use case is to make a file; opens nothing. Errors: invalid_argument, where a file
/// must not come there: no name, a directory, a device, a pipe, a link, any place within the store's directory or
/// beside its collections' file; not_found, where the directory does not exist.
Result<AtPlace> look_at_place(const Store& store, const std::string& path);

/// Whether something stands at `path`, a link included.
[[nodiscard]] bool is_taken(const std::string& path);

/// The directory in which `path` stands.
[[nodiscard]] std::string directory_of(const std::string& path);

}  // namespace eventstore::app
