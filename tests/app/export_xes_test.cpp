// Traces as XES, read by libxml2 and held against the structure of the standard.
#include <libxml/parser.h>
#include <libxml/relaxng.h>

#include <set>

#include "exported.hpp"

namespace export_xes_test {

using namespace orders;

namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

void note(void* text, const char* format, ...) {
  va_list values;
  va_start(values, format);
  char line[500];
  (void)std::vsnprintf(line, sizeof line, format, values);
  va_end(values);
  *static_cast<string*>(text) += line;
}

string attribute(xmlNode* node, const char* name) {
  auto* const value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return "(none)";
  string text{reinterpret_cast<const char*>(value)};
  xmlFree(value);
  return text;
}

std::vector<xmlNode*> children(xmlNode* node, std::string_view name = {}) {
  std::vector<xmlNode*> found;
  for (auto* child = node->children; child != nullptr; child = child->next)
    if (child->type == XML_ELEMENT_NODE && (name.empty() || name == reinterpret_cast<const char*>(child->name)))
      found.push_back(child);
  return found;
}

// "int event.version=1" of each.
std::vector<string> attributes(xmlNode* node) {
  std::vector<string> lines;
  for (auto* const child : children(node)) {
    const string element{reinterpret_cast<const char*>(child->name)};
    if (element == "event") continue;
    string line = element + " " + attribute(child, "key");
    line += element == "list" ? "" : "=" + attribute(child, "value");
    for (auto* const values : children(child, "values"))
      for (const auto& within : attributes(values)) line += " [" + within + "]";
    lines.push_back(line);
  }
  return lines;
}

bool has(const std::vector<string>& lines, const string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

// Parsed without mercy; it has the structure of the standard, and no key twice in a trace or an event.
Document parse(const string& text) {
  Document document{xmlReadMemory(text.data(), static_cast<int>(text.size()), "log.xes", nullptr,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR)};
  REQUIRE(document != nullptr);
  auto* const parser = xmlRelaxNGNewParserCtxt(XES_RNG);
  auto* const schema = xmlRelaxNGParse(parser);
  REQUIRE(schema != nullptr);
  auto* const validator = xmlRelaxNGNewValidCtxt(schema);
  string complaints;
  xmlRelaxNGSetValidErrors(validator, note, note, &complaints);
  const int code = xmlRelaxNGValidateDoc(validator, document.get());
  INFO(complaints);
  CHECK(code == 0);
  xmlRelaxNGFreeValidCtxt(validator);
  xmlRelaxNGFree(schema);
  xmlRelaxNGFreeParserCtxt(parser);
  for (auto* const trace : children(xmlDocGetRootElement(document.get()), "trace"))
    for (auto* const event : children(trace, "event")) {
      std::set<string> keys;
      for (auto* const child : children(event)) CHECK(keys.insert(attribute(child, "key")).second);
    }
  return document;
}

app::Export xes(const Warehouse& warehouse, const string& category = "order") {
  return {.events = {.category = category}, .xes = warehouse.file("log.xes")};
}

}  // namespace

TEST_CASE("a stream is a trace and its events have their metadata and typed data", "[mining]") {
  Warehouse warehouse;
  es::Metadata metadata{};
  metadata.user_id = "u-9";
  metadata.causation_id = "c-1";
  warehouse.record("order-7", Placed{"ada", {"tea", "cup"}, Handover{"Mill Lane", "kim"}}, metadata);
  warehouse.record("order-7", Priced{std::numeric_limits<int64_t>::max()});
  warehouse.raw("order-8", "Weighed",
                R"({"kg":0.5,"big":18446744073709551615,"ok":true,"tags":{"a b":[1]},"none":null})");
  const auto made = must(app::export_xes(warehouse.store, xes(warehouse)));
  CHECK(made.traces == 2);
  CHECK(made.events == 3);
  CHECK_FALSE(made.replaced_characters);
  const auto document = parse(warehouse.read("log.xes"));
  const auto traces = children(xmlDocGetRootElement(document.get()), "trace");
  REQUIRE(traces.size() == 2);
  CHECK(attributes(traces[0]) == std::vector<string>{"string concept:name=7", "string stream.id=order-7",
                                                     "string stream.organization_id=org-1"});
  const auto events = children(traces[0], "event");
  REQUIRE(events.size() == 2);
  CHECK(attributes(events[0]) ==
        std::vector<string>{"string concept:name=OrderPlaced", "date time:timestamp=2026-01-27T12:00:00.000001Z",
                            "string lifecycle:transition=complete", "string org:resource=u-9",
                            "id identity:id=" + es::Uuid::v5(es::Uuid{}, "event 1").to_string(), "int event.version=1",
                            "int event.position=1", "string event.organization_id=org-1",
                            "string event.causation_id=c-1", "string customer_id=ada",
                            "list item_ids [string item=tea] [string item=cup]", "string handover.address=Mill Lane",
                            "string handover.courier_id=kim"});
  CHECK(has(attributes(events[1]), "int cents=9223372036854775807"));
  const auto weighed = attributes(children(traces[1], "event").at(0));
  CHECK(has(weighed, "float kg=0.5"));
  CHECK(has(weighed, "string big=18446744073709551615"));
  CHECK(has(weighed, "boolean ok=true"));
  CHECK(has(weighed, "list tags [list a_b [int item=1]]"));
}

TEST_CASE("hostile text and names come through XML or are replaced and counted", "[mining]") {
  Warehouse warehouse;
  warehouse.raw("order-<&\">'", "</event><x a=\"",
                R"({"t":"<]]>&\"'\t\n\r","c":"a\u0000\u0001\uffffz","a b":1,"a_b":2,)"
                R"("1":3,"größe":4,"event.version":5,"a:b":6,"":7})");
  const auto made = must(app::export_xes(warehouse.store, xes(warehouse)));
  CHECK(made.replaced_characters == 3U);
  const auto document = parse(warehouse.read("log.xes"));
  auto* const trace = children(xmlDocGetRootElement(document.get()), "trace").at(0);
  CHECK(has(attributes(trace), "string concept:name=<&\">'"));
  const auto event = attributes(children(trace, "event").at(0));
  CHECK(has(event, "string concept:name=</event><x a=\""));
  CHECK(has(event, "string t=<]]>&\"'\t\n\r"));
  CHECK(has(event, "string c=a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"));
  for (const auto* const each : {"int a_b=1", "int a_b_2=2", "int _1=3", "int größe=4", "int event.version_2=5",
                                 "int a_b_3=6", "int _=7", "int event.version=1"})
    CHECK(has(event, each));
}

TEST_CASE("a file that cannot be made is refused and leaves nothing behind", "[mining]") {
  Warehouse warehouse;
  warehouse.record("order-7", Priced{1});
  warehouse.write("log.xes", "as it was");
  const auto refused = [&](const app::Export& parameters, es::Errc code) {
    const auto made = app::export_xes(warehouse.store, parameters);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == code);
  };
  refused(xes(warehouse, ""), es::Errc::invalid_argument);
  refused(xes(warehouse, "Order!"), es::Errc::invalid_argument);
  refused({.events = {.limit = "3", .category = "order"}, .xes = warehouse.file("log.xes")},
          es::Errc::invalid_argument);
  refused({.events = {.category = "order"}, .xes = warehouse.file("no/log.xes")}, es::Errc::not_found);
  refused({.events = {.category = "order"}, .xes = warehouse.file("")}, es::Errc::invalid_argument);
  warehouse.raw("order-7", "Broken", "{");
  refused(xes(warehouse), es::Errc::invalid_argument);
  std::stop_source stop;
  stop.request_stop();
  CHECK(app::export_xes(warehouse.store, xes(warehouse), {}, stop.get_token()).error().code == es::Errc::stopped);
  CHECK(warehouse.read("log.xes") == "as it was");
  CHECK(warehouse.files() == 2);
}

TEST_CASE("a file that is there is replaced when the new one is whole", "[mining]") {
  Warehouse warehouse;
  warehouse.record("order-7", Priced{1});
  warehouse.write("log.xes", "as it was");
  std::uint64_t told = 0;
  (void)must(app::export_xes(warehouse.store, xes(warehouse), [&](const app::Progress& now) { told = now.done; }));
  CHECK(told == 1);
  CHECK(children(xmlDocGetRootElement(parse(warehouse.read("log.xes")).get()), "trace").size() == 1);
  CHECK(warehouse.files() == 2);
  CHECK(app::export_xes(warehouse.store, xes(warehouse, "nothing")).error().code == es::Errc::invalid_argument);
  CHECK(children(xmlDocGetRootElement(parse(warehouse.read("log.xes")).get()), "trace").size() == 1);
}

}  // namespace export_xes_test
