#include <eventstore/app/as_of.hpp>

#include <algorithm>

#include "past_collections.hpp"
#include "scratch_file.hpp"
#include "unless_zero.hpp"

namespace eventstore::app {
namespace {

// The names in "a,b", "c", each once.
std::vector<std::string> parted(const std::vector<std::string>& lists) {
  std::vector<std::string> names;
  for (const auto& list : lists) {
    for (std::size_t from = 0; from <= list.size();) {
      const auto end = std::min(list.find(',', from), list.size());
      auto name = list.substr(from, end - from);
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
      from = end + 1;
    }
  }
  return names;
}

Result<CollectionMade> look_at(Collections& collections, const ProjectionType& projection) {
  CollectionMade made{};
  made.collection = projection.name();
  EVENTSTORE_TRY_ASSIGN(made.documents, collections.count(projection.name()));
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections.checkpoint(projection.name()));
  if (checkpoint) made.position = checkpoint->position.value;
  if (checkpoint) made.set_aside = unless_zero(checkpoint->set_aside.open);
  return made;
}

}  // namespace

Result<void> make_as_of(const Store& store, const AsOf& parameters,
                        FunctionRef<Result<void>(const CollectionMade&)> on_made, const OnProgress& on_progress,
                        std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(store.model(), parted(parameters.collections)));
  EVENTSTORE_TRY_ASSIGN(auto file, ScratchFile::beside(store, parameters.out));
  EVENTSTORE_TRY_ASSIGN(const auto past,
                        log_at(store, parameters.moment, parameters.by, {parameters.without_dropped, stop}));
  std::vector<CollectionMade> all;
  {
    EVENTSTORE_TRY_ASSIGN(const auto collections,
                          make_past_collections(store, *past, projections, file.path(), on_progress, std::move(stop)));
    for (const auto* const projection : projections) {
      EVENTSTORE_TRY_ASSIGN(auto made, look_at(*collections, *projection));
      all.push_back(std::move(made));
    }
    EVENTSTORE_TRY(collections->sync());
  }
  EVENTSTORE_TRY(file.keep());
  for (const auto& each : all) EVENTSTORE_TRY(on_made(each));
  return {};
}

}  // namespace eventstore::app
