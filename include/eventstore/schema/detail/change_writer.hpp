#pragma once
// The two JSON objects that say what changed, and how they are written.
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <eventstore/schema/type.hpp>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Two JSON objects: the fields that differ, with their values before and after.
struct Changes {
  std::string before{"{}"};
  std::string after{"{}"};

  [[nodiscard]] bool empty() const { return before == "{}" && after == "{}"; }
  /// {"before": …, "after": …}
  [[nodiscard]] std::string to_json() const;
};

/// Which fields of a record may stand in changes.
enum class ChangedFields : std::uint8_t {
  told,  ///< all but those marked `bookkeeping`
  all,
};

namespace detail {

/// Whether null may be a value of the type, so that an entry that is missing is left out and not null.
[[nodiscard]] bool may_be_null(const Type& type);

class ChangeWriter {
 public:
  enum class Side : std::uint8_t { before, after };
  /// A record or a map that was entered.
  struct Place {
    std::size_t before;
    std::size_t after;
  };

  /// Writes to `changes`, which outlives the writer.
  explicit ChangeWriter(Changes& changes, ChangedFields fields = ChangedFields::told);

  [[nodiscard]] bool takes(const Attributes& field) const { return takes_all_ || !field.has(bookkeeping); }

  /// The next members belong to `name`, on both sides.
  Place enter(std::string_view name);
  /// With nothing inside, neither side shows the name.
  void leave(Place place);
  Place enter_after(std::string_view name);
  void leave_after(Place place);

  template <class T> void value(Side side, std::string_view name, const Type& type, const T& value);
  /// A side that has no entry of the name: null, or nothing where entries may be null themselves.
  void missing(Side side, std::string_view name, const Type& type);
  /// Ends both objects.
  void finish();

 private:
  std::string& text(Side side) { return side == Side::before ? before_ : after_; }
  void member(std::string& out, std::string_view name);
  void append(Side side, std::string_view name, const Type& type);

  std::string& before_;
  std::string& after_;
  bool takes_all_;
  Bytes scratch_{};
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
