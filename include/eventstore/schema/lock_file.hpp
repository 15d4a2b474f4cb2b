#pragma once
// schemas.lock: all schemas that stored events of a category have, numbered in the order in which they were added. C++
// includes the file as the elements of an array, so that a test build can compare every schema with the structs of
// today: see aggregate/lock.hpp.
//
//   {1, "AccountOpened", "47671704-ae35-5d82-8183-74b33315eecd", "{owner:text,limit:int64}", R"({"limit":500})"},
//
// The last part has the defaults of that day. Lines that earlier builds wrote are without it.
#include <cstddef>
#include <eventstore/schema/schema.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One line of the file. Lifetime: the program's.
struct LockedSchema {
  std::size_t number;
  std::string_view name;
  std::string_view digest;
  std::string_view record;      ///< the canonical text of the type
  std::string_view defaults{};  ///< as first_defaults_json(); empty where the line has none
};

/// One line, owned.
struct LockEntry {
  std::size_t number = 0;
  Schema schema;
  std::optional<std::string> defaults{};  ///< as first_defaults_json()
};

/// Reads a lock file. Errors: corrupt_record, naming the line: it has another form, a number out of turn, or a digest
/// that differs from the schema's.
Result<std::vector<LockEntry>> parse_lock(std::string_view text);

/// Whether a lock file has every schema of `current`, and derived ids leave out the defaults that it recorded first;
/// `text` is its content, empty where there is no file. Errors: unreadable_schema, naming the missing schemas or the
/// changed defaults and what to do; as parse_lock.
Result<void> check_all_locked(std::string_view text, std::span<const Schema* const> current);

/// The file of `category` that holds `entries`.
[[nodiscard]] std::string write_lock(std::string_view category, const std::vector<LockEntry>& entries);

}  // namespace v1
}  // namespace eventstore
