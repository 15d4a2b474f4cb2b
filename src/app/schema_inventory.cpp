#include "schema_inventory.hpp"

#include <eventstore/app/store.hpp>
#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/first_defaults.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "text_file.hpp"

namespace eventstore::app {
namespace {

const AggregateType* aggregate_of(const Model& model, std::string_view category) {
  for (const auto& aggregate : model.aggregates)
    if (aggregate.has_category(category)) return &aggregate;
  for (const auto* const own : library_aggregates(model))
    if (own->category == category) return own;
  return nullptr;
}

class Taking {
 public:
  explicit Taking(const SchemaSources& sources) : sources_{sources} {}

  KnownSchema& add(const std::string& category, const Schema& schema) {
    const auto [place, inserted] =
        inventory.try_emplace({category, schema.name, schema.id.digest.to_string()}, KnownSchema{category, schema});
    auto& known = place->second;
    const auto* const aggregate = aggregate_of(sources_.model, category);
    if (!inserted || aggregate == nullptr) return known;
    known.read = judge(known.schema.name, known.schema.record_text(), aggregate->readable->texts());  // keeps views
    const auto own = library_aggregates(sources_.model);
    known.is_librarys = std::find(own.begin(), own.end(), aggregate) != own.end();
    known.current = known.is_librarys && known.read->way == Verdict::Way::same;
    return known;
  }

  void add_current() {
    for (const auto& aggregate : sources_.model.aggregates)
      for (const auto* const schema : aggregate.events) add(aggregate.category, *schema).current = true;
  }
  Result<void> add_locked(const std::string& locks) {
    for (const auto& aggregate : sources_.model.aggregates) {
      EVENTSTORE_TRY_ASSIGN(const auto entries, load_lock(sources_.files, lock_path(locks, aggregate.category)));
      for (const auto& entry : entries) add(aggregate.category, entry.schema).locked = entry.number;
      for (const auto* const schema : aggregate.events)
        add(aggregate.category, *schema).asks = ask_first_defaults(entries, *schema);
    }
    return {};
  }
  Result<void> add_recorded(const Store& store) {
    EVENTSTORE_TRY_ASSIGN(const auto expired, store.log().expired());
    ReadAll from{.from = expired == Position{0} ? expired : expired.next()};
    for (bool more = true; more;) {
      EVENTSTORE_TRY_ASSIGN(const Page page, store.log().read_all(from));
      for (const auto& event : page.events) EVENTSTORE_TRY(count(store, event));
      more = !page.at_end;
      from.from = Position{page.next};
    }
    return {};
  }

  Inventory inventory{};

 private:
  Result<void> count(const Store& store, const RecordedEvent& event) {
    const auto category = event.stream.substr(0, event.stream.find('-'));
    if (event.schema.is_none()) {
      count_json(event, std::string{category});
      return {};
    }
    auto& counted = counted_[event.schema];
    auto place = counted.find(category);
    if (place == counted.end()) {
      EVENTSTORE_TRY_ASSIGN(const Schema* const schema, store.schemas().find(event.schema));
      place = counted.emplace(std::string{category}, &add(std::string{category}, *schema)).first;
    }
    ++place->second->events;
    return {};
  }

  // Only where no struct has the type's name.
  void count_json(const RecordedEvent& event, const std::string& category) {
    const auto* const aggregate = aggregate_of(sources_.model, category);
    if (aggregate == nullptr || !aggregate->is_unknown(event)) return;
    const std::tuple key{category, std::string{event.type}, std::string{}};
    auto place = inventory.find(key);
    if (place == inventory.end()) {
      auto schema = Schema::of(std::string{event.type}, Type{Kind::record});
      schema.id = {};
      place = inventory.emplace(key, KnownSchema{category, std::move(schema)}).first;
      place->second.read = Verdict{};
    }
    ++place->second.events;
  }

  const SchemaSources& sources_;
  std::unordered_map<SchemaId, std::map<std::string, KnownSchema*, std::less<>>> counted_{};
};

}  // namespace

Result<Inventory> take_inventory(const SchemaSources& sources, const std::string& locks) {
  Taking taking{sources};
  taking.add_current();
  if (!locks.empty()) EVENTSTORE_TRY(taking.add_locked(locks));
  if (sources.store != nullptr) EVENTSTORE_TRY(taking.add_recorded(*sources.store));
  return std::move(taking.inventory);
}

std::string lock_path(const std::string& locks, std::string_view category) {
  return fmt::format("{}/{}/schemas.lock", locks, category);
}

Result<std::vector<LockEntry>> load_lock(FileSystem& files, const std::string& path) {
  auto text = read_text_file(files, path);
  if (!text && text.error().code == Errc::not_found) return std::vector<LockEntry>{};
  if (!text) return failure_of(text);
  auto entries = parse_lock(*text);
  if (!entries) entries.error().where = path + ": " + entries.error().where;
  return entries;
}

std::string_view verdict_of(const KnownSchema& known) {
  if (!known.read) return "not ours";
  switch (known.read->way) {
    case Verdict::Way::same: return "same";
    case Verdict::Way::resolved: return "resolved";
    case Verdict::Way::upcast: return "upcast";
    case Verdict::Way::by_value: return "by value";
    case Verdict::Way::unknown: return "unknown";
    case Verdict::Way::ambiguous:
    case Verdict::Way::breaking: break;
  }
  return "breaking";
}

std::string what_to_write(const AggregateType& aggregate, const Schema& schema, const Verdict& verdict) {
  auto text = describe_unreadable(verdict);
  if (verdict.way == Verdict::Way::unknown) return text;
  for (const auto& question : ask_renamed(schema.record_text(), aggregate.readable->texts()[verdict.target].annotated))
    text += "; " + question;
  return text;
}

std::optional<std::vector<std::string>> differences_of(const Model& model, const KnownSchema& known) {
  const auto* const aggregate = aggregate_of(model, known.category);
  if (aggregate == nullptr || !known.read || known.read->exact || known.read->way == Verdict::Way::unknown) return {};
  auto found =
      describe_differences(known.schema.record_text(), aggregate->readable->texts()[known.read->target].annotated);
  return found.empty() ? std::nullopt : std::optional{std::move(found)};
}

}  // namespace eventstore::app
