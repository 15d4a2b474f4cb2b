#pragma once
// The need of a command for a stream, and the error if its stream does not fulfil it.
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

enum class StreamNeed : std::uint8_t {
  existing,  ///< decide(const State&, …): refused as not_found where there is none
  none,      ///< create(…): refused where there is one
  either,    ///< decide(const State*, …): opens a stream or continues it
};

/// Errors: refused, as already_exists; not_found. `stream` is its name.
inline Result<void> check_stream_need(StreamNeed need, bool exists, const std::string& stream) {
  if (exists && need == StreamNeed::none)
    return failure(Error{.code = Errc::refused,
                         .where = stream,
                         .detail = "the stream exists already",
                         .refusal_code = "already_exists"});
  if (!exists && need == StreamNeed::existing) return failure(Errc::not_found, "execute", stream, "no such stream");
  return {};
}

}  // namespace v1
}  // namespace eventstore
