#include <eventstore/schema/detail/archive.hpp>

#include "missing_fields.hpp"

namespace eventstore {
inline namespace v1 {

void BytesIn::impossible(const char* what) { throw cereal::Exception{what}; }

void BytesIn::unknown_enumerator(std::string_view name) {
  throw UnknownEnumerator{"an enumerator that this build does not know: " + shown_value(name)};
}

void BytesIn::too_long_for_unit() {
  throw UnknownEnumerator{"a duration that the finer unit of this build cannot hold"};
}

void BytesIn::unknown_alternative(std::string_view name) {
  throw UnknownEnumerator{"an alternative that this build does not know: " + shown_value(name)};
}

}  // namespace v1
}  // namespace eventstore
