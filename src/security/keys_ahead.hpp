#pragma once
// Private to the layer: rows of the key file that are read before they are asked for. Whoever reads many streams needs
// another key for each, and a look-up of SQLite costs the locks and the reads of a file.
#include <memory>
#include <mutex>
#include <unordered_map>

#include "opened_keys.hpp"

namespace eventstore::security {

/// Reads all rows at once when it was asked for many keys, unless there are too many. It follows the generation: rows
/// that were read before a key was destroyed are forgotten. Threads: any. Memory: some 200 bytes a row, of wrapped
/// keys.
class KeysAhead {
 public:
  static constexpr std::size_t look_ups_before = 64;  ///< that are made one by one
  static constexpr std::size_t rows_max = 100'000;    ///< of a file that is read whole

  /// `keys` outlives it.
  explicit KeysAhead(OpenedKeys& keys) : keys_{keys} {}

  /// The key with this id; absent where there is none. Errors: as OpenedKeys::find.
  Result<std::optional<SubjectKey>> find(const Uuid& id);

 private:
  struct Rows {
    std::unordered_map<Uuid, KeyRow> by_id{};
    std::shared_ptr<const OpenedHead> head{};  // whose master key opens them
  };

  [[nodiscard]] std::optional<SubjectKey> read_before(const Uuid& id);
  [[nodiscard]] std::shared_ptr<const Rows> rows_of(std::uint64_t generation);
  Result<void> count_look_up();

  OpenedKeys& keys_;
  std::mutex mutex_;  // guards everything below
  std::uint64_t generation_ = 0;
  std::size_t look_ups_ = 0;
  std::shared_ptr<const Rows> rows_{};  // null: not read
};

}  // namespace eventstore::security
