#pragma once
// From the bytes of a stored schema to those of the wanted one: a plan is made once for a schema, and runs for each
// event.
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>
#include <optional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A small program over bytes. Bytes that are right already are copied in one piece. Fields in another order are found
/// by the places that a first pass noted. Threads: immutable after make.
class ResolutionPlan {
 public:
  /// The plan from the record `stored` to the record `wanted`; both types are read only during the call.
  /// Errors: unreadable_schema where compare.hpp's rules do not allow it.
  static Result<ResolutionPlan> make(const Type& stored, const Type& wanted);
  /// As make, also if `wanted` lacks enumerators: the plan copies such values, and the reader refuses them.
  static Result<ResolutionPlan> make_by_value(const Type& stored, const Type& wanted);

  /// `stored` as bytes of the wanted type, in `scratch`; absent where the bytes are not of the stored type.
  /// Lifetime: until `scratch` changes. Cost: one pass over the bytes; the memory of `scratch` is used again.
  [[nodiscard]] std::optional<BytesView> run(BytesView stored, Bytes& scratch) const;

  /// The action of one step. "Keep" leaves bytes in place, to be copied together with their neighbours.
  enum class Op : std::uint8_t {
    keep,        // `count` bytes
    keep_sized,  // a length and as many bytes
    drop,        // as keep, but the bytes are passed over
    drop_sized,
    put,            // the constant `place`
    widen,          // a number: `from` to `to`
    note,           // writes down the place in the stored bytes, as number `place`
    go_to,          // continues at the place noted as `place`
    keep_optional,  // a flag; where it is 1, the next `count` steps
    drop_optional,
    keep_list,  // a number of elements, each by the next `count` steps
    drop_list,
    keep_array,  // `place` elements, each by the next `count` steps
    drop_array,
    keep_variant,  // a name, which selects one of the choices numbered `place`; all take the next `count` steps
    drop_variant,
    scale,  // a duration: the unit `from` to the finer unit `to`
  };
  struct Step {
    Op op{};
    std::uint8_t from = 0;  // kinds
    std::uint8_t to = 0;
    std::uint32_t count = 0;
    std::uint32_t place = 0;
  };

  // The steps of one alternative, counted from the first of its variant.
  struct Choice {
    std::string name;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

 private:
  friend class PlanMaker;
  std::vector<Step> steps_;
  std::vector<Bytes> constants_;
  std::vector<std::vector<Choice>> choices_;
  std::uint32_t notes_ = 0;
};

}  // namespace v1
}  // namespace eventstore
