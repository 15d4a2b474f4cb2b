#include <eventstore/app/dead_letters.hpp>

#include <eventstore/app/store.hpp>
#include <eventstore/projection/set_aside_events.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace eventstore::app {
namespace {

ProjectionLetter row_of(const ProjectionType& projection, const SetAsideEvent& event) {
  return {projection.name(),
          event.position.value,
          event.stream,
          event.type,
          event.event_id,
          event.is_dropped ? "dropped" : "set_aside",
          std::string{to_string(event.error.code)},
          event.error.message(),
          event.noted_at,
          event.attempts};
}

Result<const ProjectionType*> find_projection(Store& store, const std::string& name) {
  EVENTSTORE_TRY_ASSIGN(const auto found, find_projections(store.model(), std::vector{name}));
  return found.front();
}

Result<SetAsideEvents> letters_of(Store& store) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  return SetAsideEvents{store.log(), store.model().aggregates, *collections, store.clock()};
}

// The event at `position`, or those about which nothing was decided.
Result<std::vector<SetAsideEvent>> chosen(Store& store, const ProjectionType& projection,
                                          const std::optional<std::uint64_t>& position) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  EVENTSTORE_TRY_ASSIGN(auto events, collections->set_aside(projection.name()));
  std::erase_if(events, [&](const SetAsideEvent& event) {
    return position ? event.position.value != *position : event.is_dropped;
  });
  if (position && events.empty())
    return failure(Error{Errc::not_found, "find dead letter", projection.name(),
                         "the projection has set aside no event at this position: `project dead-letters` lists them",
                         Position{*position}});
  return events;
}

}  // namespace

Result<void> list_projection_letters(Store& store, const ListProjectionLetters& parameters,
                                     OnProjectionLetter on_letter) {
  const auto names = parameters.name.empty() ? std::vector<std::string>{} : std::vector{parameters.name};
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(store.model(), names));
  const auto opened = store.readable_collections();
  if (!opened && opened.error().code == Errc::not_found) return {};  // nothing was projected yet
  if (!opened) return tl::unexpected<Error>{opened.error()};
  for (const auto* const projection : projections) {
    EVENTSTORE_TRY_ASSIGN(const auto events, (*opened)->set_aside(projection->name()));
    for (const auto& event : events) EVENTSTORE_TRY(on_letter(row_of(*projection, event)));
  }
  return {};
}

Result<void> retry_projection_letters(Store& store, const RetryProjectionLetters& parameters,
                                      OnProjectionLetter on_letter) {
  EVENTSTORE_TRY_ASSIGN(const auto* const projection, find_projection(store, parameters.name));
  EVENTSTORE_TRY_ASSIGN(const auto events, chosen(store, *projection, parameters.position));
  EVENTSTORE_TRY_ASSIGN(auto letters, letters_of(store));
  std::optional<Error> failed;
  for (auto event : events) {
    EVENTSTORE_TRY_ASSIGN(const auto still, letters.retry(*projection, event.position));
    if (still && !failed) failed = still->error;
    if (!still) ++event.attempts;
    auto row = row_of(*projection, still ? *still : event);
    if (!still) row.state = "retried";
    EVENTSTORE_TRY(on_letter(row));
  }
  return failed ? Result<void>{failure(std::move(*failed))} : Result<void>{};
}

Result<void> drop_projection_letters(Store& store, const DropProjectionLetters& parameters,
                                     OnProjectionLetter on_letter) {
  EVENTSTORE_TRY_ASSIGN(const auto* const projection, find_projection(store, parameters.name));
  if (parameters.all == parameters.position.has_value())
    return failure(Errc::invalid_argument, "drop dead letter", parameters.name,
                   "give the position of the event, or --all");
  EVENTSTORE_TRY_ASSIGN(auto events, chosen(store, *projection, parameters.position));
  EVENTSTORE_TRY_ASSIGN(auto letters, letters_of(store));
  for (auto& event : events) {
    EVENTSTORE_TRY(letters.drop(*projection, event.position));
    event.is_dropped = true;
    EVENTSTORE_TRY(on_letter(row_of(*projection, event)));
  }
  return {};
}

}  // namespace eventstore::app
