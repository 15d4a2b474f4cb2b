#include "ocel_sqlite_writer.hpp"

#include <fmt/format.h>

#include <set>

namespace eventstore::app {
namespace {

constexpr const char* common_tables = R"sql(
CREATE TABLE event_map_type(ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type(ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event(ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type(ocel_type));
CREATE TABLE object(ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type(ocel_type));
CREATE TABLE event_object(ocel_event_id TEXT REFERENCES event(ocel_id), ocel_object_id TEXT REFERENCES object(ocel_id),
  ocel_qualifier TEXT, PRIMARY KEY(ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object(ocel_source_id TEXT REFERENCES object(ocel_id), ocel_target_id TEXT REFERENCES object(ocel_id),
  ocel_qualifier TEXT, PRIMARY KEY(ocel_source_id, ocel_target_id, ocel_qualifier));
)sql";

constexpr int columns_of_objects = 3;  // before the attributes
constexpr int columns_of_events = 2;

std::string_view column_type(MinedType type) {
  switch (type) {
    case MinedType::boolean: return "BOOLEAN";
    case MinedType::integer: return "INTEGER";
    case MinedType::decimal: return "REAL";
    case MinedType::time: return "TIMESTAMP";
    case MinedType::text: break;
  }
  return "TEXT";
}

// Readers put the name of a type behind "event_" and "object_", some without quotes, and the tables of relations have
// such names too.
std::string table_suffix(std::string_view type, std::set<std::string>& taken) {
  std::string plain;
  std::string folded;
  for (const char c : type) {
    const bool is_small = c >= 'a' && c <= 'z';
    const bool is_large = c >= 'A' && c <= 'Z';
    if (!is_small && !is_large && c != '_' && !(c >= '0' && c <= '9')) continue;
    plain += c;
    folded += is_large ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (plain.empty()) plain = folded = "type";
  if (taken.insert(folded).second) return plain;
  int number = 2;
  while (!taken.insert(fmt::format("{}_{}", folded, number)).second) ++number;
  return fmt::format("{}_{}", plain, number);
}

void bind(SqliteInsert& insert, int place, const MinedValue& value) {
  struct Binder {
    SqliteInsert& insert;
    int place;
    void operator()(std::monostate) const {}
    void operator()(bool flag) const { insert.bind(place, std::int64_t{flag}); }
    void operator()(std::int64_t number) const { insert.bind(place, number); }
    void operator()(double number) const { insert.bind(place, number); }
    void operator()(const std::string& text) const { insert.bind(place, std::string_view{text}); }
  };
  std::visit(Binder{insert, place}, value);
}

int place_of(const AttributeValue& value, int columns_before) {
  return static_cast<int>(value.attribute) + columns_before + 1;
}

}  // namespace

Result<std::unique_ptr<OcelSqliteWriter>> OcelSqliteWriter::open(const Store& store, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(auto place, NewPlace::beside(store, path));
  // SQLite's own message does not say why a file cannot be made.
  EVENTSTORE_TRY(store.files().open(place.meanwhile(), OpenMode::create_new));
  EVENTSTORE_TRY_ASSIGN(auto file, SqliteFile::make(place.meanwhile()));
  return std::unique_ptr<OcelSqliteWriter>{new OcelSqliteWriter{store.files(), std::move(place), std::move(file)}};
}

Result<void> OcelSqliteWriter::begin(const ObjectLogKinds& kinds) {
  EVENTSTORE_TRY(file_.run(common_tables));
  EVENTSTORE_TRY(make_tables("event", kinds.events, events_));
  EVENTSTORE_TRY(make_tables("object", kinds.objects, objects_));
  EVENTSTORE_TRY_ASSIGN(auto event, file_.prepare("INSERT INTO event VALUES(?1, ?2)"));
  EVENTSTORE_TRY_ASSIGN(auto object, file_.prepare("INSERT INTO object VALUES(?1, ?2)"));
  EVENTSTORE_TRY_ASSIGN(auto event_object, file_.prepare("INSERT INTO event_object VALUES(?1, ?2, ?3)"));
  EVENTSTORE_TRY_ASSIGN(auto object_object, file_.prepare("INSERT INTO object_object VALUES(?1, ?2, ?3)"));
  common_.emplace(Common{std::move(event), std::move(object), std::move(event_object), std::move(object_object)});
  return {};
}

Result<void> OcelSqliteWriter::make_tables(const std::string& prefix, const std::vector<MinedKind>& kinds,
                                           std::vector<Table>& tables) {
  EVENTSTORE_TRY_ASSIGN(auto map, file_.prepare(fmt::format("INSERT INTO {}_map_type VALUES(?1, ?2)", prefix)));
  std::set<std::string> taken{"object", "map_type"};
  for (const auto& kind : kinds) {
    const auto suffix = table_suffix(kind.name, taken);
    map.bind(1, std::string_view{kind.name});
    map.bind(2, std::string_view{suffix});
    EVENTSTORE_TRY(map.run());
    const auto table = SqliteFile::quoted(prefix + "_" + suffix);
    const bool is_event = prefix == "event";
    auto columns = fmt::format("ocel_id TEXT {}REFERENCES {}(ocel_id), ocel_time TIMESTAMP{}",
                               is_event ? "PRIMARY KEY " : "", prefix, is_event ? "" : ", ocel_changed_field TEXT");
    std::string values = is_event ? "?, ?" : "?, ?, ?";
    for (const auto& attribute : kind.attributes) {
      columns += fmt::format(", {} {}", SqliteFile::quoted(attribute.name), column_type(attribute.type));
      values += ", ?";
    }
    EVENTSTORE_TRY(file_.run(fmt::format("CREATE TABLE {}({})", table, columns)));
    EVENTSTORE_TRY_ASSIGN(auto insert, file_.prepare(fmt::format("INSERT INTO {} VALUES({})", table, values)));
    tables.push_back({&kind, std::move(insert)});
  }
  return {};
}

Result<void> OcelSqliteWriter::begin_object(std::string_view id, std::size_t kind) {
  object_id_ = id;
  object_kind_ = kind;
  has_values_ = false;
  common_->object.bind(1, id);
  common_->object.bind(2, std::string_view{objects_[kind].kind->name});
  return common_->object.run();
}

// The first row of an object has all that it began with; then each changed value has a row of its own.
Result<void> OcelSqliteWriter::values(Timestamp time, std::span<const AttributeValue> values) {
  if (!has_values_) {
    has_values_ = true;
    return insert_object_row(time, {}, values);
  }
  const auto& attributes = objects_[object_kind_].kind->attributes;
  for (const auto& value : values)
    EVENTSTORE_TRY(insert_object_row(time, attributes[value.attribute].name, std::span{&value, 1}));
  return {};
}

Result<void> OcelSqliteWriter::insert_object_row(Timestamp time, std::string_view changed,
                                                 std::span<const AttributeValue> values) {
  auto& insert = objects_[object_kind_].insert;
  const auto at = time.to_string();
  insert.bind(1, std::string_view{object_id_});
  insert.bind(2, std::string_view{at});
  if (!changed.empty()) insert.bind(3, changed);
  for (const auto& value : values) bind(insert, place_of(value, columns_of_objects), value.value);
  return insert.run();
}

Result<void> OcelSqliteWriter::end_object(std::span<const ObjectRelation> relations) {
  // Readers take objects from these rows, and the format has this moment for what was always there.
  if (!has_values_) EVENTSTORE_TRY(insert_object_row(Timestamp{}, {}, {}));
  for (const auto& relation : relations) {
    auto& insert = common_->object_object;
    insert.bind(1, std::string_view{object_id_});
    insert.bind(2, std::string_view{relation.object});
    insert.bind(3, std::string_view{relation.qualifier});
    EVENTSTORE_TRY(insert.run());
  }
  return {};
}

Result<void> OcelSqliteWriter::event(const MinedEvent& event) {
  auto& [kind, insert] = events_[event.kind];
  common_->event.bind(1, std::string_view{event.id});
  common_->event.bind(2, std::string_view{kind->name});
  EVENTSTORE_TRY(common_->event.run());
  const auto at = event.time.to_string();
  insert.bind(1, std::string_view{event.id});
  insert.bind(2, std::string_view{at});
  for (const auto& value : event.values) bind(insert, place_of(value, columns_of_events), value.value);
  EVENTSTORE_TRY(insert.run());
  for (const auto& relation : event.relations) {
    auto& relate = common_->event_object;
    relate.bind(1, std::string_view{event.id});
    relate.bind(2, std::string_view{relation.object});
    relate.bind(3, std::string_view{relation.qualifier});
    EVENTSTORE_TRY(relate.run());
  }
  return {};
}

Result<void> OcelSqliteWriter::end() {
  events_.clear();
  objects_.clear();
  common_.reset();
  EVENTSTORE_TRY(file_.finish());
  {
    EVENTSTORE_TRY_ASSIGN(const auto written, files_.open(place_.meanwhile(), OpenMode::write));
    EVENTSTORE_TRY(written->sync_data());
  }
  return place_.take();
}

}  // namespace eventstore::app
