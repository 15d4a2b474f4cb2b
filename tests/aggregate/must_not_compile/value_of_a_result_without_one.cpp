// expect first: a Result<void> has no value: write `if (!result) return es::failure_of(result);` or EVENTSTORE_TRY
#include <eventstore/core/result.hpp>

namespace es = eventstore;

es::Result<void> checked();
void use() { checked().value(); }
