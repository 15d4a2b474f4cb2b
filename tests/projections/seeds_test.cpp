// docs/seeds.md: what it says is here, is here.
#include <aggregates/aggregates.hpp>
#include <catch2/catch.hpp>
#include <eventstore/app/known_settings.hpp>
#include <functions/functions.hpp>
#include <projections/projections.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace seeds_test {

namespace es = eventstore;

namespace {

using Texts = std::vector<std::string>;

const std::string project{EVENTSTORE_PROJECT};

struct Row {
  std::string theirs;
  std::string kind;
  std::string here;
};

std::string file_text(const std::string& path) {
  std::ifstream file{path};
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

Texts split(const std::string& text, const std::string& separator) {
  Texts parts;
  std::size_t begin = 0;
  for (auto end = text.find(separator); end != std::string::npos; end = text.find(separator, begin)) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

// The rows of the page's tables with three columns.
std::vector<Row> rows() {
  std::vector<Row> all;
  for (const auto& line : split(file_text(project + "/docs/seeds.md"), "\n")) {
    if (!line.starts_with("| ") || !line.ends_with(" |")) continue;
    const auto cells = split(line.substr(2, line.size() - 4), " | ");
    if (cells.size() == 3 && cells[1] != "kind") all.push_back({cells[0], cells[1], cells[2]});
  }
  return all;
}

// What stands in backticks.
Texts code_in(const std::string& text) {
  Texts found;
  const auto parts = split(text, "`");
  for (std::size_t i = 1; i < parts.size(); i += 2) found.push_back(parts[i]);
  return found;
}

const es::CollectionShape* shape_of(const std::string& collection) {
  static const auto all = domain::all_projections();
  for (const auto& each : all)
    if (each.name() == collection) return &each.shape;
  return nullptr;
}

const es::Schema* event_named(const std::string& name) {
  static const auto all = domain::all_aggregates();
  for (const auto& type : all)
    for (const auto* const event : type.events)
      if (event->name == name) return event;
  return nullptr;
}

// Whether a value of the type has the rest of a path: free data has any.
bool has_path(const es::Type& type, const Texts& path, std::size_t at) {
  if (at == path.size() || type.kind == es::Kind::json) return true;
  if (!type.of.empty()) return has_path(type.element(), path, at);
  const auto* const field = type.kind == es::Kind::record ? type.field(path[at]) : nullptr;
  return field != nullptr && has_path(field->type, path, at + 1);
}

bool has_field(const es::CollectionShape& shape, const Texts& path, std::size_t at) {
  if (path[at] == "_id" || path[at] == "organization_id") return at + 1 == path.size();
  const auto column = shape.column(path[at]);
  return column < shape.columns.size() && has_path(shape.columns[column].type, path, at + 1);
}

// `collection.field`, or `Event.field`.
bool is_field(const std::string& named) {
  const auto path = split(named, ".");
  if (path.size() < 2) return false;
  if (const auto* const event = event_named(path[0])) return has_path(event->type, path, 1);
  const auto* const shape = shape_of(path[0]);
  return shape != nullptr && has_field(*shape, path, 1);
}

struct IndexSpelling {
  std::string word;
  es::Index::Kind kind;
};

bool begins_with(const Texts& fields, const Texts& wanted) {
  return wanted.size() <= fields.size() && std::equal(wanted.begin(), wanted.end(), fields.begin());
}

// `collection (fields)`, of which a longer index may begin with them.
bool is_index(const std::string& named) {
  const auto open = named.find(" (");
  const auto close = named.find(')');
  const auto* const shape = open == std::string::npos ? nullptr : shape_of(named.substr(0, open));
  if (shape == nullptr || close == std::string::npos) return false;
  auto fields = named.substr(open + 2, close - open - 2);
  const auto condition = named.substr(close + 1);
  const auto not_empty = condition.empty() ? condition : condition.substr(std::string{" not empty "}.size());
  const bool is_unique = fields.starts_with("unique ");
  if (is_unique) fields = fields.substr(7);
  auto kind = es::Index::Kind::fields;
  for (const auto& [word, its_kind] :
       {IndexSpelling{"rank ", es::Index::Kind::rank}, IndexSpelling{"text ", es::Index::Kind::full_text},
        IndexSpelling{"location ", es::Index::Kind::location}, IndexSpelling{"elements ", es::Index::Kind::elements}})
    if (fields.starts_with(word) && fields.find(',') == std::string::npos) {
      kind = its_kind;
      fields = fields.substr(word.size());
      break;
    }
  const auto wanted = split(fields, ", ");
  return std::any_of(shape->indexes.begin(), shape->indexes.end(), [&](const es::Index& index) {
    return index.kind == kind && begins_with(index.fields, wanted) && (index.unique || !is_unique) &&
           index.where_not_empty == not_empty;
  });
}

// `collection days`.
bool is_kept(const std::string& named) {
  const auto parts = split(named, " ");
  const auto* const shape = shape_of(parts[0]);
  return parts.size() == 2 && shape != nullptr && std::to_string(shape->keep_days) == parts[1];
}

bool is_function(const std::string& named) {
  static const auto all = domain::all_functions();
  return std::any_of(all.begin(), all.end(), [&](const es::Function& each) { return es::name_of(each) == named; });
}

// The words of the command, before its options and arguments.
bool is_command(const std::string& named) {
  static const auto page = file_text(project + "/docs/reference/command-line.md");
  std::string words;
  for (const auto& word : split(named, " ")) {
    if (word.empty() || word[0] < 'a' || word[0] > 'z' || word.find('_') != std::string::npos) break;
    words += (words.empty() ? "" : " ") + word;
  }
  const std::string program{"eventstore "};
  if (words.size() <= program.size()) return false;
  const auto short_words = words.substr(program.size());  // as the page has them within a section
  return page.find('`' + words) != std::string::npos || page.find('`' + short_words) != std::string::npos;
}

// Every command, file and page that the text names.
bool names_what_is_there(const std::string& text) {
  for (const auto& code : code_in(text)) {
    if (code.starts_with("eventstore ") && !is_command(code)) return false;
    if (code.starts_with("tests/") && !std::filesystem::exists(project + "/" + code)) return false;
  }
  const auto links = split(text, "](");
  for (std::size_t i = 1; i < links.size(); ++i)
    if (!std::filesystem::exists(project + "/docs/" + links[i].substr(0, links[i].find(')')))) return false;
  return true;
}

bool is_there(const Row& row) {
  if (!names_what_is_there(row.here)) return false;
  if (row.kind == "operation") return true;
  if (!row.here.starts_with('`')) return row.kind == "index" && row.here.starts_with("[unique](");
  const auto named = code_in(row.here).front();
  if (row.kind == "collection") return shape_of(named) != nullptr;
  if (row.kind == "field") return is_field(named);
  if (row.kind == "index") return is_index(named);
  if (row.kind == "keep") return is_kept(named);
  if (row.kind == "query") return is_function(named);
  return row.kind == "setting" && es::app::find_known_setting(named) != nullptr;
}

}  // namespace

TEST_CASE("whatever the page on the five systems names is here", "[seeds]") {
  const auto all = rows();
  CHECK(all.size() >= 450);
  Texts missing;
  for (const auto& row : all)
    if (!is_there(row)) missing.push_back(row.kind + " " + row.theirs + ": " + row.here);
  std::string listed;
  for (const auto& each : missing) listed += each + "\n";
  INFO(missing.size() << " of " << all.size() << ":\n" << listed);
  CHECK(missing.empty());
}

TEST_CASE("every collection of this program is one of a system", "[seeds]") {
  Texts named;
  for (const auto& row : rows())
    if (row.kind == "collection") named.push_back(code_in(row.here).front());
  for (const auto& projection : domain::all_projections()) {
    CAPTURE(projection.name());
    CHECK(std::find(named.begin(), named.end(), projection.name()) != named.end());
  }
}

TEST_CASE("a row that names what is not there is missing", "[seeds]") {
  CHECK(is_there({"", "index", "`deliveries (rank priority)`"}));
  CHECK(is_there({"", "field", "`deliveries.package_details.dimensions.width`"}));
  CHECK(is_there({"", "field", "`AgentRegistered.password_hash`"}));
  for (const auto& [kind, here] :
       std::vector<std::pair<std::string, std::string>>{{"collection", "`delivery`"},
                                                        {"field", "`deliveries.package_details.colour`"},
                                                        {"field", "`deliveries`"},
                                                        {"field", "`AgentRegistered.colour`"},
                                                        {"index", "`deliveries (address)`"},
                                                        {"index", "`deliveries (unique status)`"},
                                                        {"index", "`deliveries (text status)`"},
                                                        {"index", "`deliveries (status) not empty status`"},
                                                        {"keep", "`message_logs 91`"},
                                                        {"query", "`get_nothing`"},
                                                        {"setting", "`DB_NOTHING`"},
                                                        {"operation", "`eventstore nothing`"},
                                                        {"operation", "`tests/nothing.cpp`"},
                                                        {"operation", "[nothing](guide/nothing.md)"},
                                                        {"collection", "nothing"},
                                                        {"wish", "`deliveries`"}}) {
    CAPTURE(kind, here);
    CHECK_FALSE(is_there({"", kind, here}));
  }
}

}  // namespace seeds_test
