// Keeps samples of a store's events.
#include <eventstore/aggregate/claim_record.hpp>
#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/app/samples.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/projection/reaction_record.hpp>
#include <eventstore/schema/detail/sample_choice.hpp>
#include <eventstore/schema/detail/sample_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "sample_files.hpp"
#include "text_file.hpp"

namespace eventstore::app {
namespace {

// The events of one schema in one category.
struct Group {
  const Schema* schema;  // the store's
  SampleChoice choice;
  std::uint64_t events = 0;
};

// By name and digest, so that the report has an order.
using Groups = std::map<std::pair<std::string, std::string>, Group>;

struct Category {
  std::set<std::string> kept{};  // names of files
  Groups groups{};
};

std::string counted(std::uint64_t number, std::string_view word) {
  return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
}

class Sampling {
 public:
  Sampling(const Store& store, FileSystem& files, const std::string& samples)
      : store_{store}, files_{files}, samples_{samples} {}

  Result<void> read_store() {
    for (const auto& aggregate : store_.model().aggregates) EVENTSTORE_TRY(category(aggregate.category));
    ReadAll from{};
    for (bool more = true; more;) {
      EVENTSTORE_TRY_ASSIGN(const Page page, store_.log().read_all(from));
      for (const auto& event : page.events) EVENTSTORE_TRY(take(event));
      more = !page.at_end;
      from.from = Position{page.next};
    }
    return {};
  }

  Result<void> write(FunctionRef<Result<void>(const CategorySamples&)> on_category) const {
    for (const auto& [name, found] : categories_) {
      CategorySamples row{name, samples_folder(samples_, name), found.kept.size(), {}, without_sample(name, found)};
      for (const auto& [key, group] : found.groups) {
        EVENTSTORE_TRY_ASSIGN(auto told, keep(row, group));
        row.added.push_back(std::move(told));
      }
      EVENTSTORE_TRY(on_category(row));
    }
    return {};
  }

 private:
  Result<Category*> category(std::string_view name) {
    if (const auto known = categories_.find(name); known != categories_.end()) return &known->second;
    EVENTSTORE_TRY_ASSIGN(const auto names, list_samples(files_, samples_folder(samples_, name)));
    return &categories_.emplace(std::string{name}, Category{{names.begin(), names.end()}}).first->second;
  }

  Result<void> take(const RecordedEvent& event) {
    if (event.schema.is_none()) return {};  // kept as JSON
    const auto name = event.stream.substr(0, event.stream.find('-'));
    if (is_of_library(name)) return {};
    auto& group = places_[{event.schema, std::string{name}}];
    if (!group) {
      EVENTSTORE_TRY_ASSIGN(auto* const found, category(name));
      EVENTSTORE_TRY_ASSIGN(const Schema* const schema, store_.schemas().find(event.schema));
      group.emplace(nullptr);
      // Samples are for ever: a schema that has some is passed over.
      if (!found->kept.contains(sample_file_name(*schema)))
        group =
            &found->groups
                 .try_emplace({schema->name, schema->id.digest.to_string()}, Group{schema, SampleChoice{schema->type}})
                 .first->second;
    }
    if (*group == nullptr) return {};
    ++(*group)->events;
    auto offered = (*group)->choice.offer(event.data);
    if (!offered) {
      offered.error().where = std::string{event.stream};
      offered.error().at = event.position;
    }
    return offered;
  }

  // The library keeps samples of its own events itself, unless the program lists their aggregate.
  [[nodiscard]] bool is_of_library(std::string_view name) const {
    if (name != ReactionRecord::category && name != ErasureRecord::category && name != ClaimRecord::category)
      return false;
    const auto& listed = store_.model().aggregates;
    return std::none_of(listed.begin(), listed.end(),
                        [&](const AggregateType& each) { return each.has_category(name); });
  }

  // Writes the file; gives its description in words.
  [[nodiscard]] Result<std::string> keep(const CategorySamples& place, const Group& group) const {
    EVENTSTORE_TRY_ASSIGN(const auto payloads, group.choice.chosen());
    EVENTSTORE_TRY_ASSIGN(const auto text, write_sample_file(place.category, *group.schema, payloads));
    const auto file = sample_file_name(*group.schema);
    EVENTSTORE_TRY(replace_text_file(files_, place.folder + "/" + file, text));
    return fmt::format("{}: {} of {}", file, counted(payloads.size(), "payload"), counted(group.events, "event"));
  }

  // The schemas of today that nothing shows.
  [[nodiscard]] std::optional<std::vector<std::string>> without_sample(const std::string& name,
                                                                       const Category& found) const {
    std::vector<std::string> missing;
    for (const auto& aggregate : store_.model().aggregates) {
      if (aggregate.category != name) continue;
      for (const auto* const schema : aggregate.events)
        if (!found.groups.contains({schema->name, schema->id.digest.to_string()}) &&
            !found.kept.contains(sample_file_name(*schema)))
          missing.push_back(fmt::format("{}: the store has no event of its schema of today", schema->name));
    }
    return missing.empty() ? std::nullopt : std::optional{std::move(missing)};
  }

  const Store& store_;
  FileSystem& files_;
  const std::string& samples_;
  std::map<std::string, Category, std::less<>> categories_{};
  std::map<std::pair<SchemaId, std::string>, std::optional<Group*>> places_{};  // null: has samples already
};

}  // namespace

Result<void> find_samples(FileSystem& files, const KeepSamples& parameters) {
  auto folder = files.list(parameters.samples);
  if (folder) return {};
  folder.error().detail =
      "the folder does not exist: run the command in the directory that has it, or name the folder with --samples";
  return failure_of(folder);
}

Result<void> keep_samples(const Store& store, FileSystem& files, const KeepSamples& parameters,
                          FunctionRef<Result<void>(const CategorySamples&)> on_category) {
  EVENTSTORE_TRY(find_samples(files, parameters));
  Sampling sampling{store, files, parameters.samples};
  EVENTSTORE_TRY(sampling.read_store());
  return sampling.write(on_category);
}

}  // namespace eventstore::app
