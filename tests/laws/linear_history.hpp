#pragma once
// Histories of threads that append and read at once, and the check that they are linearizable (Herlihy, Wing, 1990):
// that each operation can be thought to happen at one moment between its call and its answer. What a log holds at the
// end fixes the order of the commits, so the check is exact and needs no search: going through the calls and answers in
// their order, each read and refusal is put at the earliest state that it fits and that is not before what was answered
// when it was called, which leaves most room to all others.
#include <eventstore/core/expected_version.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace eventstore::laws {

using StreamNumber = std::uint64_t;
using CommitNumber = std::uint64_t;

/// One call and its answer. Times are those of one counter that all threads share.
struct Operation {
  enum class Kind : std::uint8_t { append, head_of_stream, head_of_log, read_stream };
  enum class Answer : std::uint8_t {
    written,        ///< `versions` and `positions` are set
    already_there,  ///< likewise, of the first time
    wrong_version,  ///< `conflicts` is set
    unknown,        ///< it may have happened, or not
    not_done,       ///< the log took nothing any more
    read,           ///< `value`, or `commits`, is set
  };
  struct Expected {
    StreamNumber stream;
    ExpectedVersion version;
  };
  struct Conflict {
    StreamNumber stream;
    std::uint64_t actual;
    friend auto operator<=>(const Conflict&, const Conflict&) = default;
  };

  Kind kind = Kind::append;
  std::uint64_t called = 0;
  std::uint64_t answered = 0;
  CommitNumber commit = 0;               ///< of an append: a retry has that of the first try
  std::vector<StreamNumber> streams{};   ///< of each event, or the one that is read
  std::vector<Expected> expectations{};  ///< of an append
  Answer answer = Answer::read;
  std::vector<std::uint64_t> versions{};
  std::vector<std::uint64_t> positions{};
  std::vector<Conflict> conflicts{};
  std::uint64_t value = 0;              ///< the version or position read
  std::vector<CommitNumber> commits{};  ///< of read_stream: that of each event
};

/// What the log holds at the end: for each position, from 1 on, the commit and the stream.
struct FinalEvent {
  CommitNumber commit = 0;
  StreamNumber stream = 0;
};

/// Nothing where the history is linearizable, and otherwise what is wrong with it.
std::optional<std::string> flaw_of(std::vector<Operation> operations, const std::vector<FinalEvent>& log);

}  // namespace eventstore::laws
