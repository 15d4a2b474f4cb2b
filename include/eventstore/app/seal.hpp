#pragma once
// Seals of finished segments, and the digest that stands for all of them.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>
#include <stop_token>
#include <string>

namespace eventstore {
inline namespace v1 {
class FileSystem;
}
}  // namespace eventstore

namespace eventstore::app {

struct Sealed {
  EVENTSTORE_FIELDS(Sealed, (std::uint64_t, seals_made), (std::uint64_t, seals), (std::uint64_t, covered_to),
                    (std::optional<std::string>, chain_head));
};

/// Makes the missing seals of the store in `directory`. Errors: as make_missing_seals.
Result<Sealed> seal(FileSystem& files, const std::string& directory, const std::stop_token& stop = {});

}  // namespace eventstore::app
