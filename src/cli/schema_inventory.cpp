#include "schema_inventory.hpp"

#include "text_file.hpp"

#include <eventstore/schema/differences.hpp>
#include <eventstore/schema/json_text.hpp>

#include <fmt/format.h>

namespace eventstore::cli {
namespace {

const AggregateType* aggregate_of(const Program& program, std::string_view category) {
  for (const auto& aggregate : program.aggregates)
    if (aggregate.has_category(category)) return &aggregate;
  return nullptr;
}

class Taking {
 public:
  explicit Taking(const Program& program) : program_{program} {}

  KnownSchema& add(const std::string& category, const Schema& schema) {
    const auto [place, inserted] =
        inventory.try_emplace({category, schema.name, schema.id.digest.to_string()}, KnownSchema{category, schema});
    auto& known = place->second;
    if (const auto* const aggregate = aggregate_of(program_, category); inserted && aggregate != nullptr)
      known.read = judge(known.schema.name, known.schema.record_text(), aggregate->readable->texts());  // keeps views
    return known;
  }

  void add_current() {
    for (const auto& aggregate : program_.aggregates)
      for (const auto* const schema : aggregate.events) add(aggregate.category, *schema).current = true;
  }
  Result<void> add_locked(const std::string& locks) {
    for (const auto& aggregate : program_.aggregates) {
      EVENTSTORE_TRY_ASSIGN(const auto entries, load_lock(lock_path(locks, aggregate.category)));
      for (const auto& [number, schema] : entries) add(aggregate.category, schema).locked = number;
    }
    return {};
  }
  Result<void> add_recorded(const Setup& setup) {
    auto opened = open_store(setup, Access::read);
    if (!opened && opened.error().code == Errc::not_found) return {};
    if (!opened) return failure_of(opened);
    auto& store = **opened;
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

  Inventory inventory;

 private:
  Result<void> count(const Store& store, const RecordedEvent& event) {
    if (event.schema.is_none()) return {};  // kept as JSON
    const auto category = event.stream.substr(0, event.stream.find('-'));
    auto& counted = counted_[event.schema];
    auto place = counted.find(category);
    if (place == counted.end()) {
      EVENTSTORE_TRY_ASSIGN(const Schema* const schema, store.schemas().find(event.schema));
      place = counted.emplace(std::string{category}, &add(std::string{category}, *schema)).first;
    }
    ++place->second->events;
    return {};
  }

  const Program& program_;
  std::unordered_map<SchemaId, std::map<std::string, KnownSchema*, std::less<>>> counted_;
};

}  // namespace

Result<Inventory> take_inventory(const Setup& setup, const InventorySources& sources) {
  Taking taking{setup.program};
  taking.add_current();
  if (!sources.locks.empty()) EVENTSTORE_TRY(taking.add_locked(sources.locks));
  if (sources.store) EVENTSTORE_TRY(taking.add_recorded(setup));
  return std::move(taking.inventory);
}

std::string lock_path(const std::string& locks, std::string_view category) {
  return fmt::format("{}/{}/schemas.lock", locks, category);
}

Result<std::vector<LockEntry>> load_lock(const std::string& path) {
  auto text = read_text_file(path);
  if (!text && text.error().code == Errc::not_found) return std::vector<LockEntry>{};
  if (!text) return failure_of(text);
  auto entries = parse_lock(*text);
  if (!entries) entries.error().where = path + ": " + entries.error().where;
  return entries;
}

std::string begin_schema_json(const KnownSchema& known) {
  std::string out{"{\"category\":"};
  append_json_string(out, known.category);
  out += ",\"event_type\":";
  append_json_string(out, known.schema.name);
  out += ",\"schema\":";
  append_json_string(out, known.schema.id.digest.to_string());
  return out;
}

std::vector<std::string> differences_of(const Program& program, const KnownSchema& known) {
  const auto* const aggregate = aggregate_of(program, known.category);
  if (aggregate == nullptr || !known.read || known.read->exact || known.read->way == Verdict::Way::unknown) return {};
  return describe_differences(known.schema.record_text(), aggregate->readable->texts()[known.read->target].annotated);
}

std::string texts_json(const std::vector<std::string>& texts) {
  std::string out{"["};
  for (const auto& text : texts) {
    if (out.size() > 1) out += ',';
    append_json_string(out, text);
  }
  return out + "]";
}

}  // namespace eventstore::cli
