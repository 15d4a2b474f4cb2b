#pragma once
// A table without its oldest segments, made without looking at the log.
#include <eventstore/core/function_ref.hpp>

#include "index_writer.hpp"
#include "table.hpp"

namespace eventstore::engine {

/// The position of the event that stands at a location.
using PositionOf = FunctionRef<Result<Position>(format::Location)>;

/// Writes to the file at `path`, as write_index_file does, the table that TableBuilder would make of the events of
/// `table` that stand in the segments from `first_segment` on, byte for byte; the last of its segments is one of them.
/// Errors: corrupt_record, naming the table; those of `position_of`, which is asked once a stream; those of the file.
/// Memory: 4 bytes a stream. Cost: reads the table twice.
Result<void> trim_table(const Table& table, std::uint32_t first_segment, PositionOf position_of, FileSystem& files,
                        const std::string& path);

}  // namespace eventstore::engine
