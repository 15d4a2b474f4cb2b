// How index files that turned out to be damaged are made again.
#include "view.hpp"

namespace eventstore::engine {

using format::Location;

Error View::misplaced(Location location, bool is_of_stream) const {
  const auto number = location.segment();
  Error error{Errc::corrupt_record, "read", {}, "an index file names the place of another event"};
  for (const auto& segment : segments)
    if (!is_of_stream && segment->number() == number) error.where = segment->path();
  for (const auto& table : tables)
    if (is_of_stream && table->place().first_segment <= number && number <= table->place().last_segment)
      error.where = table->path();
  return error;
}

Result<bool> View::remake_index(const Error& error) const {
  if (error.code != Errc::corrupt_record) return false;
  for (const auto& segment : segments) {
    EVENTSTORE_TRY_ASSIGN(const bool is_it, segment->remake(error.where));
    if (is_it) return true;
  }
  for (const auto& table : tables) {
    EVENTSTORE_TRY_ASSIGN(const bool is_it, table->remake(error.where));
    if (is_it) return true;
  }
  return remake_indexes_of(error.where);
}

// Where a record is not in its place, either the record is damaged or the index file is wrong.
Result<bool> View::remake_indexes_of(const std::string& segment_path) const {
  for (const auto& segment : segments) {
    if (segment->segment()->path() != segment_path) continue;
    EVENTSTORE_TRY_ASSIGN(const bool is_whole, segment->remake_if_whole());
    if (!is_whole) return false;
    for (const auto& table : tables)
      if (table->place().first_segment <= segment->number() && segment->number() <= table->place().last_segment)
        EVENTSTORE_TRY(table->remake());
    return true;
  }
  return false;
}

}  // namespace eventstore::engine
