#pragma once
// Event lines as one commit of one stream: all of them or none.
#include <eventstore/app/caller.hpp>
#include <eventstore/app/duplicate_in_line.hpp>
#include <eventstore/app/line_source.hpp>
#include <eventstore/app/model.hpp>
#include <eventstore/schema/event_line.hpp>
#include <functional>
#include <optional>

namespace eventstore::app {

struct Append {
  EVENTSTORE_FIELDS(Append, (std::string, stream, , help("Stream to append to, like {stream}")),
                    (std::string, expect, "any",
                     help("State that the stream must have before: any, none (it must not exist), exists, or its "
                          "version as a number")),
                    (bool, raw, false,
                     help("Keep event types that this program does not know, with their data as JSON")),
                    (std::string, zone, "",
                     help("Zone of times that name none: a name like Europe/Berlin, or an offset like +01:00")),
                    (Caller, caller, , flattened));
};

/// Lines that were read and checked, with the version that their stream must have.
struct AppendPlan {
  StreamId stream;
  ExpectedVersion expected;
  std::vector<EventLine> lines;
};

struct Appended {
  EVENTSTORE_FIELDS(Appended, (std::string, stream), (std::uint64_t, events), (std::uint64_t, version),
                    (std::uint64_t, position), (bool, already_there), (std::optional<bool>, projected),
                    (std::optional<std::uint64_t>, duplicates));
};

/// Reads the lines, which needs no store: nothing is opened or made for lines that are wrong. `now` is the created_at
/// of lines without one. Errors: invalid_argument (no lines, no stream id, no such expectation, versions that do not
/// follow from one another); as EventLineReader::read, with the number of the line; as LineSource::next.
Result<AppendPlan> plan_append(const Model& model, const Append& parameters, LineSource& source, Timestamp now);

/// Called for each unique value that another stream has: `line` counts the event lines from 1.
using OnDuplicate = std::function<void(const DuplicateInLine& duplicate)>;

/// Appends them, and claims what they make unique; `projected` as in Receipt, and `duplicates` counts values that
/// another stream has, absent where there are none. Errors: as EventLog::append; id_conflict, naming the fields that
/// differ, where the log has another event in a line's place.
Result<Appended> append(EventLog& log, const Model& model, AppendPlan plan, const OnDuplicate& on_duplicate = {});

}  // namespace eventstore::app
