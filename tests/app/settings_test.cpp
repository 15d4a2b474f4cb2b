// Settings: which value counts, what is told of them, and how they are shown.
#include <eventstore/app/known_settings.hpp>
#include <eventstore/app/list_settings.hpp>
#include <eventstore/app/worker_settings.hpp>

#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <fstream>
#include <sstream>

#include "branch.hpp"

namespace settings_test {

using namespace bank;
namespace app = es::app;
using Origin = app::SettingOrigin;

namespace {

struct Folder {
  es::test::TemporaryDirectory folder{};
  es::PosixFileSystem files{};

  void write(const std::string& text, mode_t mode = 0600) const {
    std::ofstream{folder.file(".env"), std::ios::binary} << text;
    REQUIRE(::chmod(folder.file(".env").c_str(), mode) == 0);
  }
  [[nodiscard]] app::Settings read() { return must(app::Settings::of_process(files, folder.path())); }
};

// The environment of the test as it was is there again at the end.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_{name} { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

std::vector<std::string> warnings(const app::Settings& settings) {
  auto projections = SmallBranch::model().projections;
  projections.back().shape.name = "message_logs";
  return app::setting_warnings(settings, projections);
}

std::vector<std::string> warnings(std::initializer_list<const char*> names) {
  app::Settings settings{};
  for (const auto* const name : names) settings.set(name, "hidden", Origin::environment);
  return warnings(settings);
}

std::map<std::string, app::SettingRow> rows(const app::Settings& settings) {
  std::map<std::string, app::SettingRow> all;
  REQUIRE(app::list_settings(settings, SmallBranch::model().projections, [&](const app::SettingRow& row) {
    CHECK(all.emplace(row.name, row).second);
    return es::Result<void>{};
  }));
  return all;
}

}  // namespace

TEST_CASE("the command line counts before the environment and that before the file", "[settings]") {
  Folder folder;
  folder.write("DB_MAX_RETRIES=1\nDB_RETRY_DELAY=1\nDB_LOG_BATCH_SIZE=1\nEVENTSTORE_DIR=file\n");
  const Variable retries{"DB_MAX_RETRIES", "2"};
  const Variable directory{"EVENTSTORE_DIR", "environment"};
  const Variable empty{"DB_LOG_BATCH_SIZE", ""};
  auto settings = folder.read();
  settings.set("EVENTSTORE_DIR", "words", Origin::command_line);
  settings.set("EVENTSTORE_DIR", "later", Origin::environment);
  CHECK(settings.value("EVENTSTORE_DIR") == "words");
  CHECK(settings.find("EVENTSTORE_DIR")->origin == Origin::command_line);
  CHECK(settings.value("DB_MAX_RETRIES") == "2");
  CHECK(settings.find("DB_MAX_RETRIES")->origin == Origin::environment);
  CHECK(settings.value("DB_RETRY_DELAY") == "1");
  CHECK(settings.find("DB_RETRY_DELAY")->origin == Origin::env_file);
  CHECK(settings.value("DB_LOG_BATCH_SIZE").empty());
  CHECK(settings.find("MONGODB_URI") == nullptr);

  const auto worker = must(app::worker_settings(settings));
  CHECK(worker.retry.retries_max == 2);
  CHECK(worker.retry.delay == std::chrono::milliseconds{1});
  CHECK(worker.live_batch_documents == 10);
}

TEST_CASE("reading the file leaves the process's environment as it is", "[settings]") {
  Folder folder;
  folder.write("EVENTSTORE_MASTER_KEY_FILE=/etc/shop/master.key\nEVENTSTORE_MASTER_KEY=k\n");
  const auto source = app::master_key_source(folder.read());
  CHECK(source.file == "/etc/shop/master.key");
  CHECK(source.text == "k");
  CHECK(::getenv("EVENTSTORE_MASTER_KEY_FILE") == nullptr);
}

TEST_CASE("a folder without a file of settings has none", "[settings]") {
  Folder folder;
  CHECK(folder.read().env_file().empty());
  std::filesystem::create_directory(folder.folder.file(".env"));
  CHECK(folder.read().env_file().empty());
}

TEST_CASE("a file of settings that is wrong is an error with its place", "[settings]") {
  Folder folder;
  folder.write("A=1\nEVENTSTORE_MASTER_KEY: deadbeef\n");
  const auto refused = app::Settings::of_process(folder.files, folder.folder.path());
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message(), Catch::Contains(".env, line 2") && !Catch::Contains("deadbeef"));
  folder.write(std::string((1U << 20U) + 1, '#'));
  const auto large = app::Settings::of_process(folder.files, folder.folder.path());
  REQUIRE_FALSE(large);
  CHECK(large.error().code == es::Errc::too_large);
}

TEST_CASE("a misspelt setting is told of once with the name that is nearest", "[settings]") {
  const auto told = warnings({"EVENTSTORE_MASTERKEY_FILE", "EVENTSTORE_DIR", "PATH", "DB_MAX_RETRY"});
  REQUIRE(told.size() == 1);
  CHECK_THAT(told.front(), Catch::Contains("EVENTSTORE_MASTERKEY_FILE in the environment") &&
                               Catch::Contains("did you mean EVENTSTORE_MASTER_KEY_FILE?") &&
                               !Catch::Contains("hidden"));
  const auto strange = warnings({"EVENTSTORE_SERVICE_PORT_HTTP_ALT"});
  REQUIRE(strange.size() == 1);
  CHECK_THAT(strange.front(), Catch::Contains("`settings`"));
}

TEST_CASE("settings of part 8 that nothing reads yet are no mistakes", "[settings]") {
  CHECK(warnings({"EVENTSTORE_CORS_ORIGINS", "EVENTSTORE_ALLOW_ADDRESSES", "EVENTSTORE_TLS_CERT", "EVENTSTORE_TLS_KEY",
                  "EVENTSTORE_BACKUP_EVERY", "EVENTSTORE_BACKUP_TO", "EVENTSTORE_BACKUP_KEY", "EVENTSTORE_TIMEZONE",
                  "EVENTSTORE_TIMEZONE_ORG_1", "EVENTSTORE_KEEP_MESSAGE_LOGS", "EVENTSTORE_KEEP_BALANCES"})
            .empty());
}

TEST_CASE("days for a collection that does not exist name the collection that is nearest", "[settings]") {
  const auto told = warnings({"EVENTSTORE_KEEP_MESAGE_LOGS"});
  REQUIRE(told.size() == 1);
  CHECK_THAT(told.front(), Catch::Contains("EVENTSTORE_KEEP_MESAGE_LOGS") &&
                               Catch::Contains("did you mean EVENTSTORE_KEEP_MESSAGE_LOGS?"));
  CHECK(warnings({"EVENTSTORE_KEEP_"}).size() == 1);
}

TEST_CASE("a file with a secret that others may read is told of", "[settings]") {
  Folder folder;
  const std::string secret = "EVENTSTORE_MASTER_KEY=deadbeef\n";
  folder.write(secret, 0644);
  const auto told = warnings(folder.read());
  REQUIRE(told.size() == 1);
  CHECK_THAT(told.front(), Catch::Contains("EVENTSTORE_MASTER_KEY") && Catch::Contains("every user") &&
                               Catch::Contains("chmod 600") && !Catch::Contains("deadbeef"));
  folder.write(secret, 0640);
  CHECK_THAT(warnings(folder.read()).at(0), Catch::Contains("a group"));
  const Variable other{"EVENTSTORE_MASTER_KEY", "cafe"};  // it counts, and the file has the secret all the same
  CHECK(warnings(folder.read()).size() == 1);
  folder.write(secret, 0600);
  CHECK(warnings(folder.read()).empty());
  folder.write("EVENTSTORE_DIR=data\nEVENTSTORE_MASTER_KEY=\n", 0644);
  CHECK(warnings(folder.read()).empty());
}

TEST_CASE("the list shows each setting with its place and no secret", "[settings]") {
  app::Settings settings{};
  settings.set("EVENTSTORE_MASTER_KEY", "deadbeef", Origin::env_file);
  settings.set("DB_MAX_RETRIES", "ten", Origin::environment);
  settings.set("EVENTSTORE_DIR", "data", Origin::command_line);
  settings.set("EVENTSTORE_KEEP_OWNERS", "7", Origin::env_file);
  settings.set("EVENTSTORE_TIMEZONE_ORG_1", "Europe/Berlin", Origin::environment);
  settings.set("MONGODB_URI", "mongodb://u:deadbeef@host", Origin::environment);
  settings.set("DB_RETRY_DELAY", "", Origin::environment);
  const auto all = rows(settings);
  CHECK(all.at("EVENTSTORE_MASTER_KEY").value == "set");
  CHECK(all.at("EVENTSTORE_MASTER_KEY").from == ".env");
  CHECK(all.at("MONGODB_URI").value == "set");
  CHECK(all.at("MONGODB_URI").comes_with == "MongoDB");
  CHECK(all.at("DB_MAX_RETRIES").value == "ten");
  CHECK_THAT(all.at("DB_MAX_RETRIES").problem.value_or(""), Catch::Contains("0 to 1000"));
  CHECK(all.at("DB_RETRY_DELAY").value == "1000");
  CHECK(all.at("DB_RETRY_DELAY").from == "default");
  CHECK_FALSE(all.at("DB_RETRY_DELAY").problem);
  CHECK(all.at("EVENTSTORE_DIR").from == "command line");
  CHECK(all.at("EVENTSTORE_KEEP_OWNERS").value == "7");
  CHECK(all.at("EVENTSTORE_KEEP_BALANCES").value == "0");
  CHECK(all.at("EVENTSTORE_TIMEZONE_ORG_1").value == "Europe/Berlin");
  CHECK_FALSE(all.at("EVENTSTORE_BACKUP_KEY").value);
}

TEST_CASE("the page on settings has every setting that is known", "[settings]") {
  std::ifstream page{EVENTSTORE_SETTINGS_PAGE};
  std::stringstream all;
  all << page.rdbuf();
  const auto text = all.str();
  for (const auto& setting : app::known_settings()) {
    CAPTURE(std::string{setting.name});
    const auto row = text.find("| `" + std::string{setting.name} + "` |");
    REQUIRE(row != std::string::npos);
    const auto line = text.substr(row, text.find('\n', row) - row);
    CHECK_THAT(line,
               Catch::Contains("| " + std::string{setting.comes_with.empty() ? "now" : setting.comes_with} + " |"));
  }
}

}  // namespace settings_test
