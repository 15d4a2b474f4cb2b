#pragma once
// Replay: from recorded events to state.
#include <eventstore/aggregate/concepts.hpp>
#include <eventstore/schema/catalog.hpp>
#include <exception>

namespace eventstore::inline v1 {

/// A state and the place in its stream that it reflects.
template <class A> struct Loaded {
  typename A::State state{};
  Version version{};
  Position position{};
  Timestamp created_at{};  ///< of the stream's first event
  Timestamp updated_at{};  ///< of its last
  std::string tenant{};
};

namespace detail {

tl::unexpected<Error> unknown_event(const RecordedEvent& event);
tl::unexpected<Error> user_exception(const RecordedEvent& event, const char* what);

// Decodes `recorded` as E and hands it to `use`.
template <class E, class Use>
Result<void> with_event(const RecordedEvent& recorded, const SchemaReader& schemas, Use use) {
  Bytes scratch;
  auto bytes = schemas.data_as(schema_of<E>(), recorded, scratch);
  if (!bytes) return failure_of(bytes);
  E event{};
  if (auto decoded = decode_into(*bytes, event); !decoded) {
    decoded.error().where = recorded.stream;
    decoded.error().at = recorded.position;
    return failure_of(decoded);
  }
  try {
    use(event);
    return {};
  } catch (const std::bad_alloc&) {
    return failure(Errc::out_of_memory, "evolve", std::string{recorded.stream});
  } catch (const std::exception& thrown) {
    return user_exception(recorded, thrown.what());
  } catch (...) {
    return user_exception(recorded, "an exception of unknown type");
  }
}

template <class... E, class Use>
Result<void> dispatch(const Events<E...>*, const RecordedEvent& recorded, const SchemaReader& schemas, Use use) {
  Result<void> result{};
  const bool known =
      ((recorded.type == E::event_type && (result = with_event<E>(recorded, schemas, use), true)) || ...);
  return known ? std::move(result) : Result<void>{unknown_event(recorded)};
}

}  // namespace detail

/// Evolves `state` by `event`.
template <Aggregate A, class E> void evolve(typename A::State& state, const E& event, const Metadata& metadata) {
  if constexpr (detail::EvolvesPlainly<A, E>)
    A::evolve(state, event);
  else
    A::evolve(state, event, metadata);
}

/// Evolves `state` by a recorded event of A's category.
/// Errors: unknown_event_type, unreadable_schema, corrupt_record, user_exception, out_of_memory; `state` is then void.
template <Aggregate A>
Result<void> evolve_recorded(typename A::State& state, const RecordedEvent& recorded, const Metadata& metadata,
                             const SchemaReader& schemas) {
  return detail::dispatch(static_cast<const typename A::events*>(nullptr), recorded, schemas,
                          [&](const auto& event) { evolve<A>(state, event, metadata); });
}

/// Folds `recorded` into `loaded`. Errors: as evolve_recorded.
template <Aggregate A>
Result<void> fold_one(Loaded<A>& loaded, const RecordedEvent& recorded, const Metadata& metadata,
                      const SchemaReader& schemas) {
  if (auto evolved = evolve_recorded<A>(loaded.state, recorded, metadata, schemas); !evolved) return evolved;
  if (loaded.version == Version{0}) {
    loaded.created_at = recorded.created_at;
    loaded.tenant = recorded.tenant;
  }
  loaded.version = recorded.version;
  loaded.position = recorded.position;
  loaded.updated_at = recorded.created_at;
  return {};
}

}  // namespace eventstore::inline v1
