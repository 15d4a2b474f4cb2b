#include <eventstore/schema/archive.hpp>

namespace eventstore {
inline namespace v1 {

void BytesIn::impossible(const char* what) { throw cereal::Exception{what}; }

void BytesIn::unknown_enumerator(std::string_view name) {
  throw UnknownEnumerator{"an enumerator that this build does not know: " + std::string{name.substr(0, 64)}};
}

}  // namespace v1
}  // namespace eventstore
