#pragma once
// From the bytes of a stored record straight into the struct that code wants. A plan is made once for each schema, and
// runs for each event. A field whose inner parts differ goes through a ResolutionPlan.
#include <eventstore/schema/detail/archive.hpp>
#include <eventstore/schema/detail/resolution_plan.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// A member of a struct, without their types.
struct MemberLoader {
  std::ptrdiff_t offset;
  void (*load)(BytesIn& from, void* member);
};

/// Threads: immutable after make.
class FieldPlan {
 public:
  /// The plan from the record `stored` to the record `wanted`; both are read only during the call. If `wanted` lacks an
  /// enumerator, load() throws UnknownEnumerator at a value that has it. Errors: unreadable_schema where compare.hpp's
  /// rules do not allow it otherwise.
  static Result<FieldPlan> make(const Type& stored, const Type& wanted);

  /// Loads `object`, whose fields `members` are those of the wanted record in its order, from the bytes of a stored
  /// record. Throws cereal::Exception as BytesIn does; `object` is then some value. `scratch` is used again.
  void load(BytesIn& stored, void* object, std::span<const MemberLoader> members, Bytes& scratch) const;

 private:
  enum class Op : std::uint8_t {
    load,         // the member from the bytes as they are
    load_text,    // the same, of a std::string
    load_number,  // the same, of a number of `count` bytes
    widen,        // the member, of the kind `to`, from a number of the kind `from` and `count` bytes
    scale,        // the member, a duration of the unit `to`, from one of the unit `from`
    convert,      // the member from a value of `stored`, by `plan`
    fill,         // the member from `constant`
    skip_fixed,   // `count` bytes
    skip_sized,   // a length and as many bytes
    skip,         // a value of `stored`
  };
  struct Step {
    Op op{};
    Kind from{};
    Kind to{};
    std::uint32_t member = 0;
    std::uint32_t count = 0;
    std::uint32_t detail = 0;  // place in details_
  };
  struct Detail {
    Type stored;
    ResolutionPlan plan{};
    Bytes constant{};
  };

  void skip(const Type& type);

  std::vector<Step> steps_;
  std::vector<Detail> details_;
};

/// The members of the described struct `T`, in the order of their description. Lifetime: the program's.
template <Described T> std::span<const MemberLoader> members_of() {
  static const auto members = [] {
    const T example{};
    return with_fields(example, [&]<class... Member>(const Member&... member) {
      return std::array<MemberLoader, sizeof...(Member)>{
          MemberLoader{reinterpret_cast<const char*>(&member) - reinterpret_cast<const char*>(&example),
                       &detail::load_member<Member>}...};
    });
  }();
  return members;
}

}  // namespace v1
}  // namespace eventstore
