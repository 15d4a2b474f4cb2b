#pragma once
// Private to history: a predicate that was parsed and checked against the type of a state.
#include <cstdint>
#include <eventstore/aggregate/aggregate_type.hpp>
#include <string>
#include <vector>
#include "scalar.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// Where a path begins. Those below event_data are members of an event; of `previous` if Path::of_previous.
enum class Root : std::uint8_t {
  before,
  after,
  element,  ///< `it`
  key,
  whole_event,  ///< the event itself: only asked whether it exists
  event_data,
  event_type,
  created_at,
  recorded_at,
  version,
  position,
  event_id,
  organization_id,
  user_id,
  correlation_id,
  causation_id,
};

struct PathStep {
  std::string name{};      ///< of a field, an entry or a member; empty: a place
  std::int64_t place = 0;  ///< in a list
  bool is_place = false;
  std::vector<std::uint32_t> fields{};  ///< the places of the field, through flattened records, where it is known
};

struct Path {
  Root root = Root::after;
  bool of_previous = false;
  std::vector<PathStep> steps{};
  std::uint32_t document = 0;  ///< that of free data on the way
};

enum class Op : std::uint8_t {
  literal,
  path,
  any_of,  ///< or
  all_of,  ///< and
  negation,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  is_in,  ///< the first part equals one of the others
  contains,
  starts_with,
  ends_with,
  sum,
  size,
  exists,
  any_element,  ///< of the first part, the second holds
  all_elements,
};

struct Node {
  Op op = Op::literal;
  std::size_t offset = 0;
  const Type* type = nullptr;          ///< what is known of its value; null: only the event tells
  std::vector<std::uint32_t> parts{};  ///< other nodes
  std::vector<bool> negative{};        ///< of a sum: the sign of each part
  Path path{};
  Scalar literal{};
  std::string text{};  ///< of a literal text
};

struct Program {
  std::string text;
  const AggregateType* type;  ///< outlives the program
  const Type* state;          ///< of its states
  std::vector<Node> nodes{};
  std::uint32_t root = 0;
  std::uint32_t documents = 0;  ///< two for each path: of the free data on the way, and in its elements
  bool uses_previous = false;
  bool uses_previous_data = false;
};

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
