#pragma once
// The functions outside of the log that reactions may call.
#include <eventstore/core/result.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/projection/reaction_record.hpp>
#include <eventstore/schema/codec.hpp>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// One call. Lifetime: the call.
struct OutsideCall {
  std::string_view function;
  Uuid idempotency_key;   ///< the same for each repeat of the same call: hand it on to whoever can recognise repeats
  std::string_view json;  ///< the argument
  const ReactionCause& cause;

  /// The argument as the struct that the reaction gave. Errors: as from_json.
  template <Described T> [[nodiscard]] Result<T> argument() const { return from_json<T>(json); }
};

/// Does what the call asks for. A success is noted and not repeated, unless the process ends before the note. The error
/// `refused` is an outcome that is recorded; every other error, and an exception, is a failure that is tried again.
/// Threads: called from the thread that runs the worker, which waits for it.
using OutsideFunction = std::function<Result<void>(const OutsideCall&)>;
using OutsideFunctions = std::map<std::string, OutsideFunction, std::less<>>;

}  // namespace v1
}  // namespace eventstore
