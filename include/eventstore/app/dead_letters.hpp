#pragma once
// Events that projections of a store have set aside: lists them, tries them again, and leaves them.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>
#include <string>

namespace eventstore {
inline namespace v1 {
class Store;
}
}  // namespace eventstore

namespace eventstore::app {

/// An event that a collection is without, and the error that its projection gave last.
struct ProjectionLetter {
  EVENTSTORE_FIELDS(ProjectionLetter, (std::string, projection), (std::uint64_t, position), (std::string, stream),
                    (std::string, event_type), (Uuid, event_id), (std::string, state), (std::string, code),
                    (std::string, reason), (Timestamp, noted_at), (std::uint64_t, attempts));
};
using OnProjectionLetter = FunctionRef<Result<void>(const ProjectionLetter&)>;

struct ListProjectionLetters {
  EVENTSTORE_FIELDS(ListProjectionLetters,
                    (std::string, name, "", help("Projection whose events are listed; without a name, all of them")));
};

/// Gives each event that is set aside, in the order of projections and positions: `state` is "set_aside", or "dropped"
/// where somebody has decided that the documents stay without it. Errors: not_found, naming the projections of the
/// store's model; as SqliteCollections::open; those of `on_letter`, which end the list.
Result<void> list_projection_letters(Store& store, const ListProjectionLetters& parameters,
                                     OnProjectionLetter on_letter);

struct RetryProjectionLetters {
  EVENTSTORE_FIELDS(RetryProjectionLetters, (std::string, name, , help("Projection that has set the event aside")),
                    (std::optional<std::uint64_t>, position, ,
                     help("Position of the event; without one, all that are set aside and not dropped")));
};

/// Projects events again, each alone, in the order of positions, and gives each with its new `state`: "retried", or
/// "set_aside" where the projection gave an error again. Errors: not_found; refused, saying why only a rebuild helps;
/// after all were tried, the first error of a projection; as SetAsideEvents::retry; those of `on_letter`.
Result<void> retry_projection_letters(Store& store, const RetryProjectionLetters& parameters,
                                      OnProjectionLetter on_letter);

struct DropProjectionLetters {
  EVENTSTORE_FIELDS(DropProjectionLetters, (std::string, name, , help("Projection that has set the event aside")),
                    (std::optional<std::uint64_t>, position, , help("Position of the event")),
                    (bool, all, false, help("All events that the projection has set aside")));
};

/// Decides that the documents stay without the event, or without all that are set aside, and gives each. They stay in
/// the list and in the counts of the projection's state, and the projection is well without them. Errors: not_found;
/// invalid_argument, where neither a position nor `all` is given, or both; as SetAsideEvents::drop; those of
/// `on_letter`.
Result<void> drop_projection_letters(Store& store, const DropProjectionLetters& parameters,
                                     OnProjectionLetter on_letter);

}  // namespace eventstore::app
