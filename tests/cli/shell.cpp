#include "shell.hpp"

#include <sqlite3.h>
#include <zlib.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>

namespace eventstore::cli_test {

Shell::Shell(std::string program) : program_{std::move(program)} {
  ::unsetenv("EVENTSTORE_DIR");
  // So that no store makes a master key, and says so.
  ::setenv("EVENTSTORE_MASTER_KEY", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 1);
  auto name = (std::filesystem::temp_directory_path() / "eventstore-cli-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  folder_ = name;
}

Shell::~Shell() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Words Shell::with_store(const Words& words) const {
  Words all{"--store", store()};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

Outcome Shell::run(const Words& words, std::string_view input) const {
  return cli_test::run(program_, with_store(words), input);
}

std::string Shell::result(const Words& words, std::string_view input) const {
  auto outcome = run(words, input);
  CAPTURE(words, outcome.out.substr(0, 1000));
  REQUIRE(outcome.err == "");
  REQUIRE(outcome.exit_code == 0);
  return std::move(outcome.out);
}

std::unique_ptr<Program> Shell::start(const Words& words, End out, End err) const {
  return std::make_unique<Program>(program_, with_store(words), out, err);
}

std::string Shell::write(const std::string& name, std::string_view text) const {
  std::ofstream{file(name), std::ios::binary}.write(text.data(), static_cast<std::streamsize>(text.size()));
  return file(name);
}

std::string Shell::read(const std::string& name) const {
  std::ifstream text{file(name), std::ios::binary};
  return {std::istreambuf_iterator<char>{text}, {}};
}

Words without_claims(const std::string& events, const std::string& seed) {
  return {"generate", "--events",   events,         "--seed",     seed,      "--category",
          "campaign", "--category", "conversation", "--category", "delivery"};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream rest{text};
  for (std::string line; std::getline(rest, line);) lines.push_back(line);
  return lines;
}

std::size_t count_lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string value(const std::string& json, const std::string& name) {
  const auto name_at = json.find("\"" + name + "\":");
  if (name_at == std::string::npos) return {};
  const auto at = name_at + name.size() + 3;
  if (json[at] == '"') return json.substr(at + 1, json.find('"', at + 1) - at - 1);
  return json.substr(at, json.find_first_of(",}", at) - at);
}

std::vector<std::string> values(const std::string& text, const std::string& name) {
  std::vector<std::string> found;
  for (const auto& line : lines_of(text)) found.push_back(value(line, name));
  return found;
}

std::string without_ids(const std::string& text) {
  static const std::regex id{R"(,"event_id":"[^"]*")"};
  return std::regex_replace(text, id, "");
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string store_bytes(const Shell& shell) {
  std::map<std::string, std::string> files;
  for (const auto& each : std::filesystem::recursive_directory_iterator{shell.store()})
    if (each.is_regular_file())
      files[each.path().string()] = shell.read("store/" + relative(each.path(), shell.store()).string());
  std::string all;
  for (const auto& [name, bytes] : files) all += name + '\n' + bytes + '\n';
  return all;
}

std::vector<std::string> sql(const Shell& shell, const std::string& statement) {
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database{
      [&] {
        sqlite3* opened = nullptr;
        sqlite3_open_v2((shell.store() + "/collections.sqlite").c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
        return opened;
      }(),
      &sqlite3_close};
  std::vector<std::string> rows;
  const auto add = [](void* to, int columns, char** texts, char**) {
    std::string row;
    for (int column = 0; column < columns; ++column)
      row += (column == 0 ? "" : "|") + std::string{texts[column] == nullptr ? "" : texts[column]};
    static_cast<std::vector<std::string>*>(to)->push_back(row);
    return 0;
  };
  const int code = sqlite3_exec(database.get(), statement.c_str(), add, &rows, nullptr);
  CAPTURE(statement, sqlite3_errmsg(database.get()));
  REQUIRE(code == SQLITE_OK);
  return rows;
}

std::string to_line(const Line& line) {
  auto text = R"({"organization_id":")" + line.organization + R"(","event_type":")" + line.type + R"(","event_data":)" +
              line.data + R"(,"aggregate_id":")" + line.key + R"(","aggregate_type":")" + line.category +
              R"(","created_at":")" + line.created_at + '"';
  if (line.version != 0) text += ",\"version\":" + std::to_string(line.version);
  return text + "}\n";
}

std::string scheduled(const std::string& key, const std::string& organization) {
  return to_line(
      {.key = key,
       .type = "DeliveryScheduled",
       .data = R"({"customer_id":"customer-1","address":"Main Street 1","scheduled_time":"2026-01-28T09:00:00Z"})",
       .version = 1,
       .organization = organization});
}

std::string assigned(const std::string& key, int version, const std::string& agent) {
  return to_line({.key = key, .data = R"({"agent_id":")" + agent + "\"}", .version = version});
}

std::string completed_delivery(const std::string& key, const std::string& organization) {
  return scheduled(key, organization) + to_line({.key = key, .version = 2, .organization = organization}) +
         to_line({.key = key, .type = "DeliveryDeparted", .data = "{}", .version = 3, .organization = organization}) +
         to_line({.key = key,
                  .type = "DeliveryCompleted",
                  .data = R"({"actual_delivery_time":"2026-01-28T08:55:00Z"})",
                  .version = 4,
                  .organization = organization,
                  .created_at = "2026-01-28T08:55:00Z"});
}

void require_complaint(const Outcome& outcome, int exit_code, const std::vector<std::string>& parts) {
  CAPTURE(outcome.err, outcome.out.substr(0, 1000));
  CHECK(outcome.exit_code == exit_code);
  CHECK(count_lines(outcome.err) == 1);
  CHECK(outcome.err.substr(0, outcome.err.find(": ")).find(' ') == std::string::npos);  // the program's name
  CHECK(outcome.err.size() < 1000);
  for (const auto& part : parts) CHECK_THAT(outcome.err, Catch::Contains(part));
}

}  // namespace eventstore::cli_test
