#include <eventstore/aggregate/read_event.hpp>

namespace eventstore {
inline namespace v1 {

EventId part_id(const EventId& stored, std::size_t ordinal) {
  return ordinal == 0 ? stored : EventId{Uuid::v5(stored.uuid, "part " + std::to_string(ordinal))};
}

Metadata part_metadata(const Metadata& metadata, std::size_t ordinal) {
  auto own = metadata;
  own.event_id = part_id(metadata.event_id, ordinal);
  return own;
}

namespace detail {

namespace {

Error told(const RecordedEvent& event, ReadingStage stage) {
  const bool evolving = stage == ReadingStage::evolve;
  const std::string during = (evolving ? "evolve " : "decode ") + std::string{event.type};
  const auto error = [&](Errc code, std::string what) {
    return Error{code, during, std::string{event.stream}, std::move(what), event.position};
  };
  const auto thrown = evolving ? Errc::user_exception : Errc::corrupt_record;
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return error(Errc::out_of_memory, "");
  } catch (const UnknownEnumerator& problem) {
    return error(stage == ReadingStage::resolve ? Errc::unreadable_schema : thrown, problem.what());
  } catch (const std::exception& problem) {
    return error(thrown, problem.what());
  } catch (...) {
    return error(thrown, "an exception of unknown type");
  }
}

}  // namespace

Error reading_error(const RecordedEvent& event, ReadingStage stage) noexcept {
  try {
    return told(event, stage);
  } catch (const std::bad_alloc&) {
    Error error;
    error.code = Errc::out_of_memory;
    error.at = event.position;
    return error;
  }
}

void load_planned(const Reading& reading, void* object, void (*load)(BytesIn& from, void* object),
                  std::span<const MemberLoader> members, ReadingStage& stage,
                  FunctionRef<void(const void* object)> use) {
  BytesIn archive{reading.data};
  if (reading.plan == nullptr) {
    load(archive, object);
  } else {
    Lent<Bytes> scratch;
    reading.plan->load(archive, object, members, *scratch);
  }
  if (archive.remaining() != 0) [[unlikely]]
    BytesIn::impossible("bytes are left over after the last field");
  stage = ReadingStage::evolve;
  use(object);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
