#pragma once
// How streams and ids are hashed. People who append choose names and ids, so the hashes depend on a seed that they do
// not know: nobody can choose many names or ids of one hash, which would make every look-up a walk over all of them.
#include <cstdint>
#include <eventstore/core/uuid.hpp>
#include <string_view>

namespace eventstore::engine {

/// XXH3 of 64 bits with a seed. Threads: a value.
class Hashing {
 public:
  /// Without a seed, as in tables of version 1.
  constexpr Hashing() = default;
  /// The seed is made from the store's id, of which 74 bits are random. So a table is the same on every machine.
  static Hashing of_store(const Uuid& store_id);

  [[nodiscard]] std::uint64_t name(std::string_view name) const;
  /// 64 bits of (stream, id), as evenly spread as they are. `stream` is the hash of the stream's name.
  [[nodiscard]] std::uint64_t id(std::uint64_t stream, const Uuid& id) const;
  [[nodiscard]] std::uint64_t id(std::string_view stream, const Uuid& id) const { return this->id(name(stream), id); }

  [[nodiscard]] bool is_seeded() const { return seed_ != 0; }
  friend bool operator==(const Hashing&, const Hashing&) = default;

 private:
  explicit constexpr Hashing(std::uint64_t seed) : seed_{seed} {}
  std::uint64_t seed_ = 0;
};

}  // namespace eventstore::engine
