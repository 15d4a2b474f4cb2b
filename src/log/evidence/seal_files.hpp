#pragma once
// The seal files of one store.
#include "../files/store_files.hpp"
#include "seal.hpp"

namespace eventstore::engine {

class SealFiles {
 public:
  explicit SealFiles(const StoreFiles& store) : store_{store} {}

  [[nodiscard]] std::string path(std::uint32_t number) const;
  /// The segments that have a seal file, in order.
  [[nodiscard]] Result<std::vector<std::uint32_t>> numbers() const;

  /// A whole seal. Errors: not_found; corrupt_record, also for one of another store or place; newer_format.
  [[nodiscard]] Result<Seal> read(std::uint32_t number, const Uuid& store_id) const;
  /// As read, without the digests of the events, which are neither read nor checked.
  [[nodiscard]] Result<Seal> read_header(std::uint32_t number, const Uuid& store_id) const;

  /// Writes the file whole or not at all. Another process may write the same file at the same time.
  [[nodiscard]] Result<void> write(const Seal& seal) const;

 private:
  const StoreFiles& store_;
};

}  // namespace eventstore::engine
