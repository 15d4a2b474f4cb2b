#include <eventstore/app/what_if.hpp>

#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/history/what_if.hpp>
#include <eventstore/projection/document_changes.hpp>
#include <eventstore/projection/stream_documents.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include "past_stream.hpp"

namespace eventstore::app {
namespace {

using EditKind = StreamEdit::Kind;

Result<std::vector<StreamEdit>> edits_of(const AskWhatIf& parameters) {
  std::vector<StreamEdit> edits;
  for (const auto version : parameters.without) edits.push_back({EditKind::without, Version{version}});
  for (const auto& each : parameters.replace)
    edits.push_back({EditKind::replace, Version{each.version}, {}, each.json});
  for (const auto& each : parameters.insert)
    edits.push_back({EditKind::insert, Version{each.version}, each.type, each.json, parameters.inserted_at,
                     parameters.inserted_by});
  if (edits.empty())
    return failure(Errc::invalid_argument, "edit history", parameters.stream, "give --without, --replace or --insert");
  return edits;
}

WhatIfAnswer answer_of(const EditedStream& edited, const WhatIf& found) {
  WhatIfAnswer answer{
      edited.stream().text(), edited.recorded_head().value, edited.edited_head().value, found.same, {}, {}};
  if (found.diverges) {
    const auto& place = found.diverges->place;
    answer.first = FirstDifference{
        std::string{to_string(place.kind)}, place.recorded.value, place.type, {found.diverges->changes.to_json()}};
  }
  if (!found.same) answer.changes = Json{found.changes.to_json()};
  return answer;
}

// The documents of one projection, as they are and as they would be.
class Documents {
 public:
  Documents(const Store& store, const EditedStream& recorded, const EditedStream& edited, const std::stop_token& stop)
      : aggregates_{store.model().aggregates}, recorded_{recorded}, edited_{edited}, stop_{stop} {}

  Result<void> tell(const ProjectionType& projection, std::uint64_t limit, const OnWhatIf& on) const {
    MemoryCollections are;
    MemoryCollections would_be;
    auto made = make(recorded_, projection, are);
    if (made) made = make(edited_, projection, would_be);
    ProjectionIf counted{projection.name(), 0, 0, 0, 0, {}};
    if (!made) {
      if (made.error().code == Errc::stopped) return made;
      counted.error = made.error().message();
      return on.projection(counted);
    }
    const auto share = projection.keyed_by == KeyedBy::stream ? std::nullopt : std::optional{true};
    const auto on_change = [&](const DocumentChange& change) -> Result<void> {
      if (limit == 0) return {};
      --limit;
      return on.document({projection.name(),
                          change.id,
                          change.organization,
                          std::string{to_string(change.kind)},
                          share,
                          {change.fields.to_json()}});
    };
    EVENTSTORE_TRY_ASSIGN(const auto counts, each_document_change(are, would_be, projection.shape, on_change));
    counted.same = counts.same;
    counted.added = counts.added;
    counted.removed = counts.removed;
    counted.changed = counts.changed;
    return on.projection(counted);
  }

 private:
  Result<void> make(const EditedStream& history, const ProjectionType& projection, Collections& to) const {
    return make_stream_documents(history, aggregates_, projection, history.stream(), to, stop_);
  }

  const AggregateTypes aggregates_;
  const EditedStream& recorded_;
  const EditedStream& edited_;
  const std::stop_token& stop_;
};

// Those that read the category; first the collections of its own, which read it before any other.
std::vector<const ProjectionType*> projections_of(const Model& model, std::string_view category) {
  std::vector<const ProjectionType*> found;
  for (const auto& each : model.projections)
    if (each.reads(category)) found.push_back(&each);
  std::stable_partition(found.begin(), found.end(), [&](const ProjectionType* each) {
    return !each->reads_everything() && each->categories.front() == category;
  });
  return found;
}

}  // namespace

Result<void> ask_what_if(const Store& store, const AskWhatIf& parameters, const OnWhatIf& on, std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(auto edits, edits_of(parameters));
  EVENTSTORE_TRY_ASSIGN(const auto past, past_stream(store, parameters.stream));
  const auto make = [&](std::vector<StreamEdit> its, Version last) {
    return EditedStream::make(store.log(), store.schemas(), *past.type, past.stream, std::move(its), last);
  };
  EVENTSTORE_TRY_ASSIGN(const auto edited, make(std::move(edits), no_version_limit));
  EVENTSTORE_TRY_ASSIGN(const auto found,
                        what_if(store.log(), store.schemas(), *past.type, *edited, store.snapshots()));
  EVENTSTORE_TRY(on.answer(answer_of(*edited, found)));
  if (!parameters.projections) return {};
  EVENTSTORE_TRY_ASSIGN(const auto recorded, make({}, edited->recorded_head()));
  const Documents documents{store, *recorded, *edited, stop};
  for (const auto* const projection : projections_of(store.model(), past.stream.category()))
    EVENTSTORE_TRY(documents.tell(*projection, parameters.limit, on));
  return {};
}

}  // namespace eventstore::app
