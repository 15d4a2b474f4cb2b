// Objects and events as OCEL 2.0: the tables and the JSON, held against the rules of the format.
#include <sqlite3.h>

#include <eventstore/schema/json_document.hpp>

#include <set>

#include "exported.hpp"

namespace export_ocel_test {

using namespace orders;

namespace {

using Lines = std::vector<string>;

// The rows of a statement, columns joined with "|".
Lines rows(const string& file, const string& sql) {
  Lines found;
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  const auto take = [](void* lines, int count, char** values, char**) {
    string row;
    for (int i = 0; i < count; ++i) (row += i == 0 ? "" : "|") += values[i] == nullptr ? "NULL" : values[i];
    static_cast<Lines*>(lines)->push_back(row);
    return 0;
  };
  INFO(sql);
  CHECK(sqlite3_exec(handle, sql.c_str(), take, &found, nullptr) == SQLITE_OK);
  INFO(sqlite3_errmsg(handle));
  sqlite3_close(handle);
  return found;
}

// What the relational form of OCEL 2.0 demands of every file.
void check_tables(const string& file) {
  CHECK(rows(file, "PRAGMA integrity_check") == Lines{"ok"});
  CHECK(rows(file, "PRAGMA foreign_key_check").empty());
  CHECK(rows(file, "SELECT ocel_id FROM event WHERE ocel_id NOT IN (SELECT ocel_event_id FROM event_object)").empty());
  for (const string each : {"event", "object"}) {
    CHECK(rows(file, "SELECT name, pk > 0 FROM pragma_table_info('" + each + "')") ==
          Lines{"ocel_id|1", "ocel_type|0"});
    for (const auto& kind : rows(file, "SELECT ocel_type_map FROM " + each + "_map_type")) {
      const auto table = each + "_" + kind;
      CHECK(rows(file, "SELECT type FROM pragma_table_info('" + table + "') WHERE name = 'ocel_time'") ==
            Lines{"TIMESTAMP"});
      CHECK(rows(file, "SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('" + table + "')") ==
            Lines{each + "|ocel_id|ocel_id"});
      CHECK(rows(file, "SELECT count(*) FROM " + table + " WHERE ocel_time NOT LIKE '____-__-__T__:__:__.______Z'") ==
            Lines{"0"});
      CHECK(rows(file, "SELECT ocel_id FROM " + each + " JOIN " + each +
                           "_map_type USING (ocel_type) WHERE ocel_type_map = '" + kind +
                           "' EXCEPT SELECT ocel_id FROM " + table)
                .empty());
    }
  }
  // Each object has one row that names no field.
  for (const auto& kind : rows(file, "SELECT ocel_type_map FROM object_map_type"))
    CHECK(rows(file,
               "SELECT ocel_id FROM object_" + kind + " GROUP BY ocel_id HAVING sum(ocel_changed_field IS NULL) <> 1")
              .empty());
}

string text_of(es::JsonNode node, const char* name) { return string{node.find(name)->text()}; }

bool is_of(const string& type, es::JsonNode value) {
  const auto kind = value.kind();
  if (type == "boolean") return kind == es::JsonKind::boolean;
  if (type == "integer") return kind == es::JsonKind::integer;
  if (type == "float") return kind == es::JsonKind::number || kind == es::JsonKind::integer;
  if (type == "time") return kind == es::JsonKind::text && es::Timestamp::parse(value.text()).has_value();
  return type == "string" && kind == es::JsonKind::text;
}

class JsonLog {
 public:
  explicit JsonLog(const string& text) : root_{must(document_.parse(text))} {
    for (const auto* const member : {"eventTypes", "objectTypes"})
      each(member, [&](es::JsonNode kind) {
        auto& attributes = kinds_[member + text_of(kind, "name")];
        kind.find("attributes")->each_element([&](es::JsonNode attribute) {
          CHECK(attributes.emplace(text_of(attribute, "name"), text_of(attribute, "type")).second);
          return true;
        });
      });
    each("objects", [&](es::JsonNode object) { CHECK(objects_.insert(text_of(object, "id")).second); });
    each("objects", [&](es::JsonNode object) { check(object, "objectTypes", true); });
    each("events", [&](es::JsonNode event) {
      CHECK(events_.insert(text_of(event, "id")).second);
      CHECK(es::Timestamp::parse(text_of(event, "time")).has_value());
      check(event, "eventTypes", false);
      CHECK(json_of(*event.find("relationships")) != "[]");
    });
  }
  template <class Visit> void each(const char* member, Visit visit) const {
    root_.find(member)->each_element([&](es::JsonNode node) {
      visit(node);
      return true;
    });
  }
  static string json_of(es::JsonNode node) {
    string out;
    node.write(out);
    return out;
  }
  [[nodiscard]] string object(const string& id) const {
    string found;
    each("objects", [&](es::JsonNode node) {
      if (text_of(node, "id") == id) found = json_of(node);
    });
    return found;
  }
  [[nodiscard]] std::size_t objects() const { return objects_.size(); }
  [[nodiscard]] std::size_t events() const { return events_.size(); }

 private:
  void check(es::JsonNode node, const string& types, bool has_time) {
    const auto& attributes = kinds_.at(types + text_of(node, "type"));
    node.find("attributes")->each_element([&](es::JsonNode attribute) {
      INFO(json_of(attribute));
      const auto value = *attribute.find("value");
      const bool is_away = has_time && value.kind() == es::JsonKind::null;
      CHECK((is_away || is_of(attributes.at(text_of(attribute, "name")), value)));
      CHECK(attribute.find("time").has_value() == has_time);
      return true;
    });
    node.find("relationships")->each_element([&](es::JsonNode relation) {
      CHECK(objects_.contains(text_of(relation, "objectId")));
      CHECK(relation.find("qualifier")->kind() == es::JsonKind::text);
      return true;
    });
  }

  es::JsonDocument document_;
  es::JsonNode root_;
  std::map<string, std::map<string, string>> kinds_;
  std::set<string> objects_, events_;
};

app::OcelExported export_to(const Warehouse& warehouse, const string& name) {
  return must(app::export_ocel(warehouse.store, {.ocel = warehouse.file(name)}));
}

void fill(Warehouse& warehouse) {
  warehouse.record("order-1", Placed{"ada", {"tea"}, Handover{"Mill Lane", "kim"}});
  warehouse.clock.advance_seconds(60);
  warehouse.record("order-1", Priced{5});
  warehouse.record("order-1", Placed{"ada", {"tea"}, std::nullopt});
  warehouse.record("order-2", Joined{1});
  warehouse.raw("ticket-1", "Opened", R"({"ok":true,"kg":0.5,"big":9007199254740993})");
}

}  // namespace

TEST_CASE("objects with their changes and events with their objects stand in tables", "[mining]") {
  Warehouse warehouse;
  fill(warehouse);
  const auto made = export_to(warehouse, "log.sqlite");
  CHECK(made.events == 5);
  CHECK(made.objects == 6);
  CHECK(made.referred_objects == 3);
  const auto file = warehouse.file("log.sqlite");
  check_tables(file);
  CHECK(rows(file, "SELECT * FROM event ORDER BY rowid") ==
        Lines{"e1|OrderPlaced", "e2|OrderPriced", "e3|OrderPlaced", "e4|OrderJoined", "e5|Opened"});
  CHECK(rows(file, "SELECT * FROM object ORDER BY rowid") == Lines{"order-1|order", "order-2|order", "ticket-1|ticket",
                                                                   "courier-kim|courier", "customer-ada|customer",
                                                                   "item-tea|item"});
  CHECK(rows(file, "SELECT * FROM event_object WHERE ocel_event_id IN ('e1', 'e4') ORDER BY rowid") ==
        Lines{"e1|order-1|order", "e1|courier-kim|handover.courier_id", "e1|customer-ada|customer_id",
              "e1|item-tea|item_ids", "e4|order-2|order", "e4|order-1|order_number"});
  CHECK(rows(file, "SELECT * FROM object_object WHERE ocel_source_id = 'order-2'") ==
        Lines{"order-2|order-1|order_number"});
  CHECK(rows(file,
             "SELECT ocel_time, ocel_changed_field, customer, cents, \"handover.address\" FROM object_order "
             "WHERE ocel_id = 'order-1' ORDER BY rowid") ==
        Lines{"2026-01-27T12:00:00.000001Z|NULL|ada|0|Mill Lane", "2026-01-27T12:01:00.000001Z|cents|NULL|5|NULL",
              "2026-01-27T12:01:00.000001Z|handover.address|NULL|NULL|NULL",
              "2026-01-27T12:01:00.000001Z|handover.courier_id|NULL|NULL|NULL",
              "2026-01-27T12:01:00.000001Z|placed_at|NULL|NULL|NULL"});
  CHECK(rows(file, "SELECT * FROM object_courier") == Lines{"courier-kim|1970-01-01T00:00:00.000000Z|NULL"});
  CHECK(rows(file, "SELECT ocel_time, ok, kg, typeof(big), big, \"event.version\" FROM event_Opened") ==
        Lines{"2026-01-27T12:01:00.000001Z|1|0.5|text|9007199254740993|1"});
}

TEST_CASE("objects with their changes and events with their objects stand in JSON", "[mining]") {
  Warehouse warehouse;
  fill(warehouse);
  const auto made = export_to(warehouse, "log.json");
  const JsonLog log{warehouse.read("log.json")};
  CHECK(log.events() == made.events);
  CHECK(log.objects() == made.objects);
  CHECK(log.object("order-1") ==
        R"({"id":"order-1","type":"order","attributes":[)"
        R"({"name":"stream.organization_id","time":"2026-01-27T12:00:00.000001Z","value":"org-1"},)"
        R"({"name":"customer","time":"2026-01-27T12:00:00.000001Z","value":"ada"},)"
        R"({"name":"cents","time":"2026-01-27T12:00:00.000001Z","value":0},)"
        R"({"name":"handover.address","time":"2026-01-27T12:00:00.000001Z","value":"Mill Lane"},)"
        R"({"name":"handover.courier_id","time":"2026-01-27T12:00:00.000001Z","value":"kim"},)"
        R"({"name":"placed_at","time":"2026-01-27T12:00:00.000001Z","value":"2026-01-27T12:00:00.000001Z"},)"
        R"({"name":"cents","time":"2026-01-27T12:01:00.000001Z","value":5},)"
        R"({"name":"handover.address","time":"2026-01-27T12:01:00.000001Z","value":null},)"
        R"({"name":"handover.courier_id","time":"2026-01-27T12:01:00.000001Z","value":null},)"
        R"({"name":"placed_at","time":"2026-01-27T12:01:00.000001Z","value":"2026-01-27T12:01:00.000001Z"}],)"
        R"("relationships":[{"objectId":"courier-kim","qualifier":"handover.courier_id"},)"
        R"({"objectId":"customer-ada","qualifier":"customer_id"},{"objectId":"item-tea","qualifier":"item_ids"}]})");
  CHECK(log.object("item-tea") == R"({"id":"item-tea","type":"item","attributes":[],"relationships":[]})");
}

TEST_CASE("hostile names and texts come through tables and JSON", "[mining]") {
  Warehouse warehouse;
  const string text = R"("'; DROP TABLE event; -- <&> \u0000 \ud83d\ude9a")";
  const Lines names{"object", "map_type", "event;drop", "Event drop", "größe", "事件", "\"quoted\"", "'"};
  for (const auto& name : names) warehouse.raw("ticket-\"'; --", name, R"({"a\"b":)" + text + R"(,"'":1,"\u0007":2})");
  CHECK(export_to(warehouse, "log.sqlite").events == names.size());
  const auto file = warehouse.file("log.sqlite");
  check_tables(file);
  CHECK(rows(file, "SELECT ocel_type || '|' || ocel_type_map FROM event_map_type ORDER BY ocel_type_map") ==
        Lines{"Event drop|Eventdrop", "event;drop|eventdrop_2", "größe|gre", "map_type|map_type_2", "object|object_2",
              "\"quoted\"|quoted", "'|type", "事件|type_2"});
  CHECK(rows(file,
             "SELECT count(*) FROM event_quoted WHERE \"a\"\"b\" LIKE '%DROP TABLE event%' AND \"'\" = 1 AND _ = 2") ==
        Lines{"1"});
  (void)export_to(warehouse, "log.json");
  CHECK(JsonLog{warehouse.read("log.json")}.events() == names.size());
}

TEST_CASE("an empty store gives files that readers take", "[mining]") {
  Warehouse warehouse;
  CHECK(export_to(warehouse, "log.sqlite").events == 0);
  check_tables(warehouse.file("log.sqlite"));
  (void)export_to(warehouse, "log.json");
  CHECK(JsonLog{warehouse.read("log.json")}.objects() == 0);
}

TEST_CASE("a file of OCEL that cannot be made is refused and leaves nothing behind", "[mining]") {
  Warehouse warehouse;
  fill(warehouse);
  const auto code_for = [&](const app::Export& parameters, std::stop_token stop = {}) {
    const auto made = app::export_ocel(warehouse.store, parameters, {}, stop);
    REQUIRE_FALSE(made);
    return made.error().code;
  };
  const auto file = warehouse.file("log.sqlite");
  warehouse.write("log.sqlite", "as it was");
  CHECK(code_for({.ocel = warehouse.file("log.xml")}) == es::Errc::invalid_argument);
  CHECK(code_for({.events = {.backward = true}, .ocel = file}) == es::Errc::invalid_argument);
  CHECK(code_for({.events = {.follow = true}, .ocel = file}) == es::Errc::invalid_argument);
  CHECK(code_for({.events = {.type = "OrderPriced"}, .ocel = file}) == es::Errc::invalid_argument);
  CHECK(code_for({.events = {.from = 3, .to = 2}, .ocel = file}) == es::Errc::invalid_argument);
  CHECK(code_for({.ocel = warehouse.file("no/log.sqlite")}) == es::Errc::not_found);
  CHECK(code_for({.ocel = warehouse.file("no/log.json")}) == es::Errc::not_found);
  std::stop_source stop;
  stop.request_stop();
  CHECK(code_for({.ocel = file}, stop.get_token()) == es::Errc::stopped);
  CHECK(warehouse.read("log.sqlite") == "as it was");
  CHECK(warehouse.files() == 2);
  (void)export_to(warehouse, "log.sqlite");
  check_tables(file);
  CHECK(warehouse.files() == 2);
}

}  // namespace export_ocel_test
