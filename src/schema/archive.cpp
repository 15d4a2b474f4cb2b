#include <eventstore/schema/archive.hpp>

namespace eventstore::inline v1 {

void BytesIn::impossible(const char* what) { throw cereal::Exception{what}; }

}  // namespace eventstore::inline v1
