#include <eventstore/aggregate/read_event.hpp>

namespace eventstore::inline v1 {

EventId part_id(const EventId& stored, std::size_t ordinal) {
  return ordinal == 0 ? stored : EventId{Uuid::v5(stored.uuid, "part " + std::to_string(ordinal))};
}

Metadata part_metadata(const Metadata& metadata, std::size_t ordinal) {
  auto own = metadata;
  own.event_id = part_id(metadata.event_id, ordinal);
  return own;
}

namespace detail {

Error reading_error(const RecordedEvent& event, bool decoded) {
  const std::string during = (decoded ? "evolve " : "decode ") + std::string{event.type};
  const auto error = [&](Errc code, const char* what) {
    return Error{code, during, std::string{event.stream}, what, event.position};
  };
  const auto thrown = decoded ? Errc::user_exception : Errc::corrupt_record;
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return error(Errc::out_of_memory, "");
  } catch (const std::exception& problem) {
    return error(thrown, problem.what());
  } catch (...) {
    return error(thrown, "an exception of unknown type");
  }
}

}  // namespace detail
}  // namespace eventstore::inline v1
