// How an admitted commit is written and indexed.
#include <algorithm>

#include "admission.hpp"

namespace eventstore::engine {

void add_admitted(const Admitted& admitted, const std::byte* commit, format::Location location, LogIndex& index) {
  index.schemas().add_commit(commit, location);
  auto& tail = index.tail();
  tail.add_outcomes(commit, location);
  // Where other segments were begun since, this tail begins later, or none of them had anything.
  const bool is_known = admitted.before_tail == tail.before();
  std::vector<TailIndex::Stream*> streams;
  streams.reserve(admitted.touched.size());
  for (const auto& stream : admitted.touched)
    streams.push_back(is_known ? stream.in_tail : tail.find(stream.name, stream.hash));
  std::size_t next = 0;
  format::each_event(commit, [&](const std::byte* record, std::uint32_t distance) {
    const auto id = admitted.ids[next];
    const auto number = admitted.streams[next++];
    auto*& stream = streams[number];
    if (stream == nullptr) stream = &tail.add_stream(format::event_at(record), admitted.touched[number].hash);
    tail.add(*stream, format::Location{location.value + distance}, id);
  });
}

std::vector<SchemaRecord> descriptors_missing(const Commit& commit, const SchemaBook& book,
                                              std::vector<SchemaId>& held) {
  std::vector<SchemaRecord> missing;
  SchemaId last{};
  for (const auto& event : commit.events) {
    if (event.schema == last || event.schema.is_none()) continue;
    last = event.schema;
    if (std::find(held.begin(), held.end(), last) != held.end()) continue;
    held.push_back(last);
    const auto given = std::find_if(commit.schemas.begin(), commit.schemas.end(),
                                    [&](const SchemaRecord& schema) { return schema.id == last; });
    if (const auto known = book.find(last, format::past_all))
      missing.push_back({last, *known});
    else if (given != commit.schemas.end())
      missing.push_back({last, given->descriptor});
  }
  return missing;
}

}  // namespace eventstore::engine
