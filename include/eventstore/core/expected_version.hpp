#pragma once
// The version that a writer expects a stream to have before its commit takes effect (optimistic concurrency).
#include <eventstore/core/ordinal.hpp>

namespace eventstore {
inline namespace v1 {

/// One of four expectations; an exact version of 0 is the same as `no_stream`.
class ExpectedVersion {
 public:
  enum class Kind : std::uint8_t { any, no_stream, stream_exists, exact };

  static constexpr ExpectedVersion any() { return {Kind::any, Version{0}}; }
  static constexpr ExpectedVersion no_stream() { return {Kind::no_stream, Version{0}}; }
  static constexpr ExpectedVersion stream_exists() { return {Kind::stream_exists, Version{0}}; }
  static constexpr ExpectedVersion exactly(Version version) {
    return version == Version{0} ? no_stream() : ExpectedVersion{Kind::exact, version};
  }

  [[nodiscard]] constexpr Kind kind() const { return kind_; }
  /// The exact version expected; 0 for every other kind.
  [[nodiscard]] constexpr Version version() const { return version_; }
  /// Whether the version of the first written event is known before the append.
  [[nodiscard]] constexpr bool fixes_version() const { return kind_ == Kind::no_stream || kind_ == Kind::exact; }

  /// Whether a stream whose last version is `head` (0: no event yet) fulfils this.
  [[nodiscard]] constexpr bool holds_for(Version head) const {
    switch (kind_) {
      case Kind::any: return true;
      case Kind::no_stream: return head == Version{0};
      case Kind::stream_exists: return head != Version{0};
      case Kind::exact: return head == version_;
    }
    return false;
  }

  friend constexpr bool operator==(ExpectedVersion, ExpectedVersion) = default;

 private:
  constexpr ExpectedVersion(Kind kind, Version version) : kind_{kind}, version_{version} {}

  Kind kind_;
  Version version_;
};

}  // namespace v1
}  // namespace eventstore
