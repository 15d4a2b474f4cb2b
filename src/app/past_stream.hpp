#pragma once
// Private to the use cases: a stream whose past is asked for, and the aggregate that folds it.
#include <eventstore/app/store.hpp>
#include <string_view>

namespace eventstore::app {

struct PastStream {
  const AggregateType* type;  ///< the model's
  StreamId stream;            ///< as the log has it, also where the category had another name then
};

/// Reads "account-7". Errors: invalid_argument (no stream id; a category that this program does not register, or one
/// without state, with the commands that need no state); as check_readable and stream_of. The stream may have no
/// events.
Result<PastStream> past_stream(const Store& store, std::string_view text);

/// The aggregate of `category`. Errors: as past_stream.
Result<const AggregateType*> past_category(const Store& store, std::string_view category);

}  // namespace eventstore::app
