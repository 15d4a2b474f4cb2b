#pragma once
// From a recorded event to the structs of today. Replay, projections and queries all use this one way.
#include <eventstore/aggregate/concepts.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <memory>

namespace eventstore {
inline namespace v1 {

/// The number of an event among those that one stored event becomes. Most stored events become one event.
struct EventPart {
  std::size_t ordinal = 0;
  bool upcast = false;  ///< made by an upcaster
};

/// The id of an event that a stored one becomes: the first keeps the stored id, and the ids of the others derive from
/// it.
[[nodiscard]] EventId part_id(const EventId& stored, std::size_t ordinal);

/// `metadata` of the stored event, as the part has it.
[[nodiscard]] Metadata part_metadata(const Metadata& metadata, std::size_t ordinal);

namespace detail {

// The step at which an event could not be read.
enum class ReadingStage : std::uint8_t {
  decode,   // the record: its bytes do not fit its schema
  resolve,  // the schema: this build may not know all values of another build's schema
  evolve,   // the domain's code: it threw
};

// The error of the exception at hand, out of line. Says as much as the memory is enough for.
Error reading_error(const RecordedEvent& event, ReadingStage stage) noexcept;

// An object whose memory is used again by the next event of its type on this thread.
template <class T> class Lent {
 public:
  Lent() : slot_{slot()}, own_{slot_.lent ? std::make_unique<T>() : nullptr} { slot_.lent = true; }
  ~Lent() {
    if (own_ == nullptr) slot_.lent = false;
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

  T& operator*() { return own_ == nullptr ? slot_.object : *own_; }

 private:
  struct Slot {
    T object{};
    bool lent = false;
  };
  static Slot& slot() {
    thread_local Slot it;
    return it;
  }
  Slot& slot_;
  std::unique_ptr<T> own_;  // used while an outer call uses the slot's object
};

inline constexpr std::size_t kept_bytes_max = 64 * 1024;  // of an event whose memory is used again

// Reads `data` as a T and hands it to `use`. Inlined, which g++ 12 does not do by itself: replay costs an eighth more
// with a call.
template <class T, class Use>
[[gnu::always_inline]] inline void read_as(BytesView data, const RecordedEvent& recorded, Result<void>& result,
                                           Use&& use) noexcept {
  auto stage = ReadingStage::decode;
  try {
    Lent<T> lent;
    BytesIn archive{data};
    archive(*lent);
    if (archive.remaining() != 0) [[unlikely]]
      BytesIn::impossible("bytes are left over after the last field");
    stage = ReadingStage::evolve;
    use(std::as_const(*lent));
    if (data.size() > kept_bytes_max) [[unlikely]]
      *lent = T{};
  } catch (...) {
    result = failure(reading_error(recorded, stage));
  }
}

// Loads `object` as `reading` says, and hands it to `use`. Throws what loading throws, and, once `stage` says so, what
// `use` does.
void load_planned(const Reading& reading, void* object, void (*load)(BytesIn& from, void* object),
                  std::span<const MemberLoader> members, ReadingStage& stage,
                  FunctionRef<void(const void* object)> use);

// Reads a T, by the stored schema if that is another, and hands it to `use`. One copy serves all who read T so, because
// most events do not take this way.
template <class T>
[[gnu::noinline]] void read_planned(const Reading& reading, const RecordedEvent& recorded, Result<void>& result,
                                    FunctionRef<void(const void* object)> use) noexcept {
  auto stage = reading.plan == nullptr ? ReadingStage::decode : ReadingStage::resolve;
  try {
    Lent<T> lent;
    load_planned(reading, &*lent, &load_member<T>, members_of<T>(), stage, use);
    if (reading.data.size() > kept_bytes_max) [[unlikely]]
      *lent = T{};
  } catch (...) {
    result = failure(reading_error(recorded, stage));
  }
}

template <class List> struct EventIds;
template <class... E> struct EventIds<Events<E...>> {
  static const std::array<SchemaId, sizeof...(E)>& get() {
    static const std::array<SchemaId, sizeof...(E)> ids{schema_of<E>().id...};
    return ids;
  }
};

// Whether `Use` is for events of type E; the others are passed over without being decoded.
template <class Use, class E> constexpr bool wants() {
  if constexpr (requires { Use::template wants<E>; })
    return Use::template wants<E>;
  else
    return true;
}

template <class A, class... E, class... Old>
const ReadableSchemas& readable(const Events<E...>*, const TypeList<Old...>*) {
  static const ReadableSchemas schemas{
      {{&schema_of<E>(), former_name<E>(), true}..., {&schema_of<Old>(), {}, false}...}};
  return schemas;
}

// Whether `Use` is so seldom called that reading is not compiled for it alone.
template <class Use> constexpr bool is_seldom() {
  if constexpr (requires { Use::is_seldom; })
    return Use::is_seldom;
  else
    return false;
}

template <class E, class Use>
void read_older(const Reading& reading, const RecordedEvent& recorded, Result<void>& result, Use& use) {
  if constexpr (wants<Use, E>())
    read_planned<E>(reading, recorded, result,
                    [&](const void* event) { use(*static_cast<const E*>(event), EventPart{}); });
}

template <class E, class Use>
[[gnu::always_inline]] inline void read_current(const RecordedEvent& recorded, Result<void>& result, Use& use) {
  if constexpr (is_seldom<Use>())
    read_older<E>({0, recorded.data}, recorded, result, use);
  else if constexpr (wants<Use, E>())
    read_as<E>(recorded.data, recorded, result, [&](const E& event) { use(event, EventPart{}); });
}

template <class A, class Old, class Use>
void read_old(const Reading& reading, const RecordedEvent& recorded, Result<void>& result, Use& use) {
  if constexpr (formerly_is_sound<A>(static_cast<const OldEvents<A>*>(nullptr)))
    read_planned<Old>(reading, recorded, result, [&](const void* old) {
      EventPart part{0, true};
      const auto deliver = [&](const auto& event) {
        use(event, part);
        ++part.ordinal;
      };
      follow<A>(*static_cast<const Old*>(old), deliver);
    });
}

// Events that have no schema of today.
template <class A, class... E, class... Old, class Use>
void read_otherwise(const Events<E...>* events, const TypeList<Old...>* old, const RecordedEvent& recorded,
                    const SchemaReader& schemas, Result<void>& result, Use& use) {
  const auto& targets = readable<A>(events, old);
  auto reading = schemas.read_known(targets, recorded);
  Bytes scratch;
  if (!reading) [[unlikely]] {
    auto read = schemas.read(targets, recorded, scratch);
    if (!read) {
      result = failure_of(read);
      return;
    }
    reading = *read;
  }
  std::size_t target = 0;
  (void)(((reading->target == target++ && (read_older<E>(*reading, recorded, result, use), true)) || ...) ||
         ((reading->target == target++ && (read_old<A, Old>(*reading, recorded, result, use), true)) || ... || false));
}

// `result` is the caller's, and good: to make one for each event would cost as much as reading it.
template <class A, class... E, class Use>
void read_event(const Events<E...>* events, const RecordedEvent& recorded, const SchemaReader& schemas, Use& use,
                Result<void>& result) {
  if (recorded.codec == Codec::binary) [[likely]] {
    const auto& ids = EventIds<Events<E...>>::get();
    std::size_t index = 0;
    if (((recorded.schema == ids[index++] && (read_current<E>(recorded, result, use), true)) || ...)) [[likely]]
      return;
  }
  read_otherwise<A>(events, static_cast<const OldEvents<A>*>(nullptr), recorded, schemas, result, use);
}

}  // namespace detail

/// The structs as which A's events are read.
template <class A> const ReadableSchemas& readable_schemas() {
  return detail::readable<A>(static_cast<const typename A::events*>(nullptr),
                             static_cast<const detail::OldEvents<A>*>(nullptr));
}

/// Calls `use(event, part)` with each event of today that `recorded`, an event of A's category, becomes. The events
/// live as long as the call. If `Use` has a `template <class E> static constexpr bool wants`, unwanted events are
/// passed over, except among the events of an upcaster. Errors: unknown_event_type, unreadable_schema, corrupt_record,
/// user_exception, out_of_memory; `use` may then have been called. Cost: one comparison of ids for each event type that
/// is listed before; an event reuses the memory of the last event of its type on this thread.
template <class A, class Use>
Result<void> with_events(const RecordedEvent& recorded, const SchemaReader& schemas, Use&& use) {
  Result<void> result{};
  detail::read_event<A>(static_cast<const typename A::events*>(nullptr), recorded, schemas, use, result);
  return result;
}

}  // namespace v1
}  // namespace eventstore
