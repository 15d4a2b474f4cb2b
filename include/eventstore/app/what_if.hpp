#pragma once
// What an aggregate, and the collections, would be if a stream's history had been another one.
#include <eventstore/app/store.hpp>
#include <eventstore/schema/json.hpp>
#include <optional>
#include <stop_token>

namespace eventstore::app {

/// Words behind --replace.
struct ReplaceEvent {
  EVENTSTORE_FIELDS(ReplaceEvent, (std::uint64_t, version), (std::string, json));
};
/// Words behind --insert.
struct InsertEvent {
  EVENTSTORE_FIELDS(InsertEvent, (std::uint64_t, version), (std::string, type), (std::string, json));
};

struct AskWhatIf {
  EVENTSTORE_FIELDS(AskWhatIf, (std::string, stream, , help("Stream of the aggregate, like {stream}")),
                    (std::vector<std::uint64_t>, without, std::vector<std::uint64_t>{},
                     help("Leave out the event at this version")),
                    (std::vector<ReplaceEvent>, replace, std::vector<ReplaceEvent>{},
                     help("Give the event at this version other data of its type")),
                    (std::vector<InsertEvent>, insert, std::vector<InsertEvent>{},
                     help("Let another event come before the one at this version; at the version behind the last "
                          "one: after all")),
                    (std::optional<Timestamp>, inserted_at, , help("Time of the inserted events")),
                    (std::optional<std::string>, inserted_by, , help("User of the inserted events")),
                    (bool, projections, false, help("Show the documents of projections that would differ, too")),
                    (std::uint64_t, limit, 20, help("Largest number of documents of each projection to print")));
};

/// Where the states part for the first time: which edit does it, at which version of the recorded history, on which
/// event, and what it changes there.
struct FirstDifference {
  EVENTSTORE_FIELDS(FirstDifference, (std::string, edit), (std::uint64_t, version), (std::string, event_type),
                    (Json, changes));
};

/// `versions` are those of the recorded history, `edited_versions` those of the edited one. `same`: whether the states
/// at the end are the same. `changes` are those at the end, from the recorded state to the edited one. `first` is
/// absent where no edit makes a difference.
struct WhatIfAnswer {
  EVENTSTORE_FIELDS(WhatIfAnswer, (std::string, stream), (std::uint64_t, versions), (std::uint64_t, edited_versions),
                    (bool, same), (std::optional<FirstDifference>, first), (std::optional<Json>, changes));
};

/// A document that would differ: "added", "removed" or "changed", with the fields that differ. `share`: the document
/// has other streams' part too, and the values are what this stream alone makes of it.
struct DocumentIf {
  EVENTSTORE_FIELDS(DocumentIf, (std::string, collection), (std::string, document), (std::string, organization_id),
                    (std::string, would_be), (std::optional<bool>, share), (Json, changes));
};

/// Of one projection, how many of the stream's documents would be the same, and how many not. `error`: its code could
/// not make them from one of the histories.
struct ProjectionIf {
  EVENTSTORE_FIELDS(ProjectionIf, (std::string, collection), (std::uint64_t, same), (std::uint64_t, added),
                    (std::uint64_t, removed), (std::uint64_t, changed), (std::optional<std::string>, error));
};

struct OnWhatIf {
  FunctionRef<Result<void>(const WhatIfAnswer&)> answer;
  FunctionRef<Result<void>(const DocumentIf&)> document;      ///< those of one projection come together
  FunctionRef<Result<void>(const ProjectionIf&)> projection;  ///< after its documents
};

/// Replays the stream with the edits, and compares; nothing is written. With `projections`, the documents that the
/// stream's events alone make are made twice in memory, of every projection of the model that reads its category: first
/// those of its own that are keyed by stream.
/// Errors: invalid_argument, where there is no edit, for one that does not fit, and as past_stream; as
/// EditedStream::make and what_if; stopped; those of the callbacks. Cost: as what_if; with `projections`, memory for
/// the documents of the stream.
Result<void> ask_what_if(const Store& store, const AskWhatIf& parameters, const OnWhatIf& on,
                         std::stop_token stop = {});

}  // namespace eventstore::app
