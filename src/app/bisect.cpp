#include <eventstore/app/bisect.hpp>
#include <eventstore/history/bisect_category.hpp>

#include <fmt/format.h>

#include "past_stream.hpp"

namespace eventstore::app {
namespace {

using OnVersion = FunctionRef<Result<void>(const BisectedVersion&)>;

BisectedVersion row_of(const FoundStep& found) {
  return {.stream = found.stream,
          .organization_id = found.organization,
          .version = found.version.value,
          .position = found.position.value,
          .event_type = found.event_type,
          .event_id = found.event_id.uuid,
          .created_at = found.created_at,
          .user_id = found.user_id.empty() ? std::nullopt : std::optional{found.user_id},
          .changes = Json{found.changes.to_json()}};
}

tl::unexpected<Error> wrong(std::string what) { return failure(Errc::invalid_argument, "bisect", {}, std::move(what)); }

// The parameters, with the words of a command in their places.
Result<Bisect> checked(Bisect parameters) {
  if (parameters.all && parameters.binary) return wrong("--binary finds one version: leave out --all");
  if (parameters.category.empty()) {
    if (parameters.stream.empty() || parameters.predicate.empty())
      return wrong("give a stream and a predicate, or --category and a predicate");
    if (!parameters.organization_id.empty()) return wrong("an organization narrows a category: give --category too");
    return parameters;
  }
  if (parameters.predicate.empty()) std::swap(parameters.stream, parameters.predicate);
  if (!parameters.stream.empty()) return wrong("give a stream or a category, not both");
  if (parameters.predicate.empty()) return wrong("give a predicate, like 'event.version > 3'");
  if (parameters.binary)
    return wrong("--binary is for one stream: leave it out, and each stream's first version is given");
  return parameters;
}

Result<BisectReport> search_stream(const Store& store, const Bisect& parameters, OnVersion on_version,
                                   const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(const auto past, past_stream(store, parameters.stream));
  EVENTSTORE_TRY_ASSIGN(const auto predicate, Predicate::parse(parameters.predicate, *past.type, &store.log()));
  EVENTSTORE_TRY_ASSIGN(const Version head, store.log().head(past.stream));
  if (head == Version{0}) return failure(Errc::not_found, "bisect", past.stream.text(), "no such stream");
  PredicateCheck check{predicate, store.schemas()};
  Result<void> given;
  std::uint64_t found = 0;
  if (parameters.binary) {
    EVENTSTORE_TRY_ASSIGN(const auto first, bisect_halving(store.log(), store.schemas(), *past.type, past.stream, check,
                                                           store.snapshots(), stop));
    if (!first)
      return failure(Errc::not_found, "bisect", past.stream.text(),
                     fmt::format("the predicate does not hold at the last version, {}, as --binary needs it: leave "
                                 "--binary out to ask at every version",
                                 head.value));
    EVENTSTORE_TRY(on_version(row_of(*first)));
    return BisectReport{1, 1, 0};
  }
  const auto give = [&](const Step& step) {
    ++found;
    given = on_version(row_of(found_step(step)));
    return given.has_value() && parameters.all;
  };
  EVENTSTORE_TRY_ASSIGN(const auto versions,
                        eventstore::bisect(store.log(), store.schemas(), *past.type, past.stream, check, give, stop));
  EVENTSTORE_TRY(std::move(given));
  if (found == 0)
    return failure(Errc::not_found, "bisect", past.stream.text(),
                   fmt::format("the predicate holds at none of the {} versions that the log has", versions));
  return BisectReport{1, 1, 0};
}

Result<BisectReport> search_category(const Store& store, const Bisect& parameters, OnVersion on_version,
                                     const OnProgress& on_progress, std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto* const type, past_category(store, parameters.category));
  EVENTSTORE_TRY_ASSIGN(const auto predicate, Predicate::parse(parameters.predicate, *type, &store.log()));
  CategorySearch search{
      .organization = parameters.organization_id, .all_versions = parameters.all, .stop = std::move(stop)};
  if (on_progress) search.on_progress = [&](std::uint64_t streams) { on_progress({.done = streams}); };
  EVENTSTORE_TRY_ASSIGN(const auto all,
                        bisect_category(store.log(), store.schemas(), *type, predicate, search,
                                        [&](const FoundStep& found) { return on_version(row_of(found)); }));
  if (all.found == 0)
    return failure(
        Errc::not_found, "bisect", parameters.category,
        fmt::format("the predicate holds nowhere in {} streams with {} versions", all.streams, all.versions));
  return BisectReport{all.streams, all.found, all.expired};
}

}  // namespace

Result<BisectReport> bisect(const Store& store, const Bisect& parameters, OnVersion on_version,
                            const OnProgress& on_progress, std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto asked, checked(parameters));
  return asked.category.empty() ? search_stream(store, asked, on_version, stop)
                                : search_category(store, asked, on_version, on_progress, std::move(stop));
}

}  // namespace eventstore::app
