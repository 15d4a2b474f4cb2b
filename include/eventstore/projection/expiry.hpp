#pragma once
// How long documents of collections live.
#include <eventstore/collections/shape.hpp>
#include <eventstore/core/timestamp.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Documents are as old as the time in the field that their shape names, and the worker's clock says what is too old.
struct ExpiryOptions {
  /// By the name of a collection: days that its documents live; 0: for ever.
  std::map<std::string, std::uint32_t, std::less<>> days{};
  /// Whether documents of the other collections live for the keep_days of their shapes; otherwise for ever.
  bool by_shape = false;
  /// That are removed in one transaction: so long do a batch and other writers wait.
  std::size_t documents_max = 500;
  /// A worker that follows looks for such documents when it begins, and then so often.
  std::chrono::seconds every{3600};

  /// The documents before this moment are too old; absent: none is.
  [[nodiscard]] std::optional<Timestamp> moment(const CollectionShape& shape, Timestamp now) const;
};

}  // namespace v1
}  // namespace eventstore
