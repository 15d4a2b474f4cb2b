// schema sample: keeps what a store's events look like.
#include "schema_sample.hpp"

#include "schema_inventory.hpp"
#include "text_file.hpp"

#include <eventstore/schema/json_text.hpp>
#include <eventstore/schema/sample_choice.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <set>

namespace eventstore::cli {
namespace {

// The events of one schema in one category.
struct Group {
  const Schema* schema;  // the store's
  SampleChoice choice;
  std::uint64_t events = 0;
};

// By name and digest, so that what is told has an order.
using Groups = std::map<std::pair<std::string, std::string>, Group>;

struct Category {
  std::set<std::string> kept{};  // names of files
  Groups groups{};
};

class Sampling {
 public:
  Sampling(const Setup& setup, const std::string& samples) : setup_{setup}, samples_{samples} {}

  Result<void> read_store() {
    for (const auto& aggregate : setup_.program.aggregates) EVENTSTORE_TRY(category(aggregate.category));
    EVENTSTORE_TRY_ASSIGN(store_, open_store(setup_, Access::read));
    ReadAll from{};
    for (bool more = true; more;) {
      EVENTSTORE_TRY_ASSIGN(const Page page, store_->log().read_all(from));
      for (const auto& event : page.events) EVENTSTORE_TRY(take(event));
      more = !page.at_end;
      from.from = Position{page.next};
    }
    return {};
  }

  Result<void> write(Output& output) {
    for (auto& [name, found] : categories_) {
      std::vector<std::string> added;
      for (const auto& [key, group] : found.groups) {
        EVENTSTORE_TRY_ASSIGN(const auto told, keep(name, group));
        added.push_back(told);
      }
      auto out = fmt::format("{{\"category\":{},\"folder\":{}", quoted(name), quoted(samples_folder(samples_, name)));
      out += fmt::format(",\"kept\":{},\"added\":{}", found.kept.size(), texts_json(added));
      if (const auto missing = without_sample(name, found); !missing.empty())
        out += ",\"without\":" + texts_json(missing);
      EVENTSTORE_TRY(output.write(out + "}"));
    }
    return {};
  }

 private:
  Result<Category*> category(std::string_view name) {
    if (const auto known = categories_.find(name); known != categories_.end()) return &known->second;
    EVENTSTORE_TRY_ASSIGN(const auto files, list_samples(samples_folder(samples_, name)));
    return &categories_.emplace(std::string{name}, Category{{files.begin(), files.end()}}).first->second;
  }

  Result<void> take(const RecordedEvent& event) {
    if (event.schema.is_none()) return {};  // kept as JSON
    const auto name = event.stream.substr(0, event.stream.find('-'));
    auto& group = places_[{event.schema, std::string{name}}];
    if (!group) {
      EVENTSTORE_TRY_ASSIGN(auto* const found, category(name));
      EVENTSTORE_TRY_ASSIGN(const Schema* const schema, store_->schemas().find(event.schema));
      group.emplace(nullptr);
      // Samples are for ever: what has some is passed over.
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

  // Writes the file; what it is, in words.
  Result<std::string> keep(const std::string& name, const Group& group) {
    EVENTSTORE_TRY_ASSIGN(const auto payloads, group.choice.chosen());
    EVENTSTORE_TRY_ASSIGN(const auto text, write_sample_file(name, *group.schema, payloads));
    const auto file = sample_file_name(*group.schema);
    EVENTSTORE_TRY(replace_text_file(samples_folder(samples_, name) + "/" + file, text));
    return fmt::format("{}: {} of {}", file, count(payloads.size(), "payload"), count(group.events, "event"));
  }
  static std::string count(std::uint64_t number, std::string_view word) {
    return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
  }
  static std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
  }

  // The schemas of today that nothing shows.
  [[nodiscard]] std::vector<std::string> without_sample(const std::string& name, const Category& found) const {
    std::vector<std::string> missing;
    for (const auto& aggregate : setup_.program.aggregates) {
      if (aggregate.category != name) continue;
      for (const auto* const schema : aggregate.events)
        if (!found.groups.contains({schema->name, schema->id.digest.to_string()}) &&
            !found.kept.contains(sample_file_name(*schema)))
          missing.push_back(fmt::format("{}: the store has no event of its schema of today", schema->name));
    }
    return missing;
  }

  const Setup& setup_;
  const std::string& samples_;
  std::unique_ptr<Store> store_;
  std::map<std::string, Category, std::less<>> categories_;
  std::map<std::pair<SchemaId, std::string>, std::optional<Group*>> places_;  // null: has samples already
};

Result<void> sample_into(const Setup& setup, const std::string& samples, Output& output) {
  if (auto folder = PosixFileSystem{}.list(samples); !folder) {
    folder.error().detail = "no such folder: run this where the aggregates' folder is, or name it with --samples";
    return failure_of(folder);
  }
  Sampling sampling{setup, samples};
  EVENTSTORE_TRY(sampling.read_store());
  return sampling.write(output);
}

}  // namespace

std::string samples_folder(const std::string& samples, std::string_view category) {
  return fmt::format("{}/{}/samples", samples, category);
}

Result<std::vector<std::string>> list_samples(const std::string& folder) {
  auto names = PosixFileSystem{}.list(folder);
  // A file beside the folders has no folder either.
  if (!names && (names.error().code == Errc::not_found || names.error().os_errno == ENOTDIR))
    return std::vector<std::string>{};
  if (names) std::erase_if(*names, [](const std::string& name) { return !name.ends_with(".sample"); });
  return names;
}

ExitCode schema_sample(const Setup& setup, const SampleOptions& options) {
  Output output{setup.form};
  return output.finish(options.check ? check_all_samples(setup, options, output)
                                     : sample_into(setup, options.samples, output));
}

}  // namespace eventstore::cli
