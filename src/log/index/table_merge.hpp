#pragma once
// Makes one table of several that follow one another, without looking at the log.
#include "index_writer.hpp"
#include "table.hpp"

namespace eventstore::engine {

/// Writes to `sink` the table that TableBuilder would make of the events of all `inputs`, byte for byte.
/// Errors: invalid_argument (no inputs, of different stores or versions, or not one after another), too_large (more
/// than 2^32 - 1 events or streams), corrupt_record, naming the damaged input; the sink's. After an error the written
/// bytes are no table. Memory: 4 bytes a stream of the inputs. Cost: O(inputs) an entry, each input read from its
/// beginning to its end.
Result<void> merge_tables(std::span<const std::shared_ptr<const Table>> inputs, IndexSink& sink);

/// The same into the file at `path`, as write_index_file does.
Result<void> merge_tables(std::span<const std::shared_ptr<const Table>> inputs, FileSystem& files,
                          const std::string& path);

}  // namespace eventstore::engine
