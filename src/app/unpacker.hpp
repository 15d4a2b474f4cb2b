#pragma once
// Private to app: bytes of a packed file, step by step.
#include <eventstore/core/result.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace eventstore::app {

/// Unpacks one kind of stream: one or several members, one behind another, and what fills the last one up to a block.
/// zlib's and zstd's own readers of files give nothing of the block in which they find damage. Threads: one at a time.
class Unpacker {
 public:
  /// So many bytes at the beginning of a file say how it is packed.
  static constexpr std::size_t magic_bytes = 4;

  struct Step {
    std::size_t taken = 0;  ///< of the packed bytes
    std::size_t given = 0;  ///< unpacked
    std::string damage{};   ///< behind the bytes that were given, if it is not empty
  };

  /// Nothing, where the bytes are not packed. Errors: out_of_memory.
  static Result<std::unique_ptr<Unpacker>> of(std::string_view first_bytes);
  virtual ~Unpacker() = default;
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// Unpacks some of `packed`, which is not empty, to `to`; not after damage. Errors: out_of_memory.
  virtual Result<Step> unpack(std::string_view packed, char* to, std::size_t room) = 0;
  /// Whether a member has begun that has not ended.
  [[nodiscard]] bool is_within_member() const { return is_within_member_; }
  /// "gzip" or "zstd".
  [[nodiscard]] std::string_view name() const { return name_; }

 protected:
  explicit Unpacker(std::string_view name) : name_{name} {}

  bool is_within_member_ = true;

 private:
  std::string_view name_;
};

}  // namespace eventstore::app
