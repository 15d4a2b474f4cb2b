#pragma once
// Text to values, in order: the one kind of map that a field may be.
#include <map>
#include <string>

namespace eventstore {
inline namespace v1 {

/// A field's type has no comma outside parentheses, so write `(es::Map<int64_t>, counts)` in place of a std::map.
template <class T> using Map = std::map<std::string, T>;

}  // namespace v1
}  // namespace eventstore
