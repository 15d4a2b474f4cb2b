// The examination of a store, and the advice about it.
#include <eventstore/app/doctor.hpp>
#include <eventstore/app/list_indexes.hpp>

#include <sys/stat.h>
#include <algorithm>
#include <filesystem>

#include "branch.hpp"

namespace doctor_test {

using namespace bank;
namespace app = es::app;
using app::DoctorResult;

namespace {

struct LogAction {
  EVENTSTORE_FIELDS(LogAction, (std::string, user_id), (std::string, action), (std::string, resource_type),
                    (std::string, resource_id));
};
struct Done {
  EVENTSTORE_FIELDS(Done, (bool, done));
};

// Opens an account for each action: the event that the doctor looks for.
es::Result<Done> log_action(const es::RecordContext& context, const LogAction& action) {
  if (action.action != "view") return es::failure(es::Errc::invalid_argument, "log action", action.action);
  EVENTSTORE_TRY_ASSIGN(const auto stream, es::StreamId::of("account", action.user_id));
  const std::vector<es::DecidedEvent> events{{&es::schema_of<Deposited>(), es::encode(Deposited{1})}};
  EVENTSTORE_TRY(es::append_events(context.log, context.clock, stream, events, context.options(context.metadata)));
  return Done{true};
}

es::Result<Done> lose_action(const es::RecordContext&, const LogAction&) { return Done{true}; }

struct Examined {
  SmallBranch branch{};
  Rows<app::DoctorRow> rows{};

  es::Store open(es::Model model = SmallBranch::model()) {
    es::StoreOptions options{};
    options.clock = &branch.clock;
    return must(es::Store::open(branch.directory, std::move(model), options));
  }
  [[nodiscard]] const app::DoctorRow* find(const std::string& check) const {
    const auto found =
        std::find_if(rows.all.begin(), rows.all.end(), [&](const auto& row) { return row.check == check; });
    return found == rows.all.end() ? nullptr : &*found;
  }
};

es::Model with(es::Function function) {
  auto model = SmallBranch::model();
  model.functions.push_back(std::move(function));
  return model;
}

}  // namespace

TEST_CASE("an audit line is written and read back and counted", "[doctor]") {
  Examined examined;
  auto store = examined.open(with(es::records("log_action", &log_action)));
  REQUIRE(app::examine_store(store, examined.rows));
  REQUIRE(app::examine_store(store, examined.rows));
  std::vector<std::string> said;
  for (const auto& row : examined.rows.all) said.push_back(row.check + ": " + row.says);
  const std::vector<std::string> once{
      "connection: Database connection established", "queued: Audit log queued successfully",
      "found: Found 1 audit entries for eventstore-doctor", "complete: Database Logging Test Complete!"};
  REQUIRE(said.size() == 8);
  CHECK(std::equal(once.begin(), once.end(), said.begin()));
  CHECK(said[6] == "found: Found 2 audit entries for eventstore-doctor");
  CHECK(must(store.log().info(*es::StreamId::parse("account-eventstore-doctor"))).organization == app::doctor_name);
}

TEST_CASE("a line that is not in the log is an error with what to do", "[doctor]") {
  Examined examined;
  auto store = examined.open(with(es::records("log_action", &lose_action)));
  const auto failed = app::examine_store(store, examined.rows);
  REQUIRE_FALSE(failed);
  CHECK_THAT(failed.error().message(), Catch::Contains("not in the log") && Catch::Contains("`verify`"));
  CHECK(examined.rows.all.size() == 2);
}

TEST_CASE("a program without log_action writes nothing and says so", "[doctor]") {
  Examined examined;
  auto store = examined.open();
  REQUIRE(app::examine_store(store, examined.rows));
  CHECK(must(store.log().head()) == es::Position{0});
  CHECK(examined.find("queued")->result == DoctorResult::skipped);
  CHECK(examined.find("complete")->result == DoctorResult::ok);
}

TEST_CASE("collections that are missing or unwell are advised on with their command", "[doctor]") {
  Examined examined;
  auto store = examined.open();
  REQUIRE(app::advise(store, {}, examined.rows));
  REQUIRE(examined.find("collections") != nullptr);
  CHECK_THAT(examined.find("collections")->says, Catch::Contains("2 collections were never made"));
  CHECK_THAT(*examined.find("collections")->todo, Catch::Contains("`init`"));

  examined.branch.fill(store, 3);
  REQUIRE(store.project());
  REQUIRE(store.close());
  auto changed = SmallBranch::model();
  changed.projections.front().shape.keep_days = 1;
  changed.projections.front().shape.indexes.push_back(es::index_on({"cents"}));
  auto other = examined.open(changed);
  examined.rows.all.clear();
  REQUIRE(app::advise(other, {}, examined.rows));
  REQUIRE(examined.find("collections") != nullptr);
  CHECK(examined.find("collections")->says == "The collection balances is stale");
  CHECK(*examined.find("collections")->todo == "run `project rebuild balances`");
}

TEST_CASE("files that everybody may read are advised on and those of the owner are not", "[doctor]") {
  Examined examined;
  auto store = examined.open();
  examined.branch.fill(store, 3);
  ::chmod(examined.branch.directory.c_str(), 0755);
  const auto log_file = examined.branch.directory + "/collections.sqlite";
  REQUIRE(store.project());
  ::chmod(log_file.c_str(), 0644);
  REQUIRE(app::advise(store, {}, examined.rows));
  REQUIRE(examined.find("file_modes") != nullptr);
  CHECK_THAT(*examined.find("file_modes")->todo,
             Catch::Contains("chmod") && Catch::Contains(examined.branch.directory));

  ::chmod(examined.branch.directory.c_str(), 0700);
  examined.rows.all.clear();
  REQUIRE(app::advise(store, {}, examined.rows));
  CHECK(examined.find("file_modes") == nullptr);
}

TEST_CASE("a master key beside its keys and settings that are wrong are advised on", "[doctor]") {
  Examined examined;
  auto store = examined.open();
  app::Settings settings{};
  settings.set("DB_MAX_RETRIES", "many", app::SettingOrigin::environment);
  REQUIRE(app::advise(store, settings, examined.rows));
  CHECK(examined.find("master_key") == nullptr);
  REQUIRE(examined.find("settings") != nullptr);
  CHECK_THAT(examined.find("settings")->says, Catch::Contains("DB_MAX_RETRIES"));

  const auto key = must(es::MasterKey::make());
  std::filesystem::create_directory(examined.branch.directory + "/keys");
  REQUIRE(must(key.write(examined.branch.directory + "/keys/master.key")));
  examined.rows.all.clear();
  REQUIRE(app::advise(store, {}, examined.rows));
  REQUIRE(examined.find("master_key") != nullptr);
  CHECK_THAT(*examined.find("master_key")->todo, Catch::Contains("EVENTSTORE_MASTER_KEY_FILE"));
}

TEST_CASE("the indexes of all collections are listed with their bytes", "[doctor]") {
  Examined examined;
  auto store = examined.open();
  Rows<app::IndexRow> indexes{};
  CHECK(app::list_indexes(store, indexes).error().code == es::Errc::not_found);
  examined.branch.fill(store, 3);
  REQUIRE(store.project());
  REQUIRE(app::list_indexes(store, indexes));
  REQUIRE(indexes.all.size() == 2);
  CHECK(indexes.all[0].collection == "balances");
  CHECK(indexes.all[1].collection == "owners");
  for (const auto& each : indexes.all) {
    CHECK(each.bytes > 0);
    CHECK(each.part > 0);
    CHECK(each.part < 1);
  }
}

}  // namespace doctor_test
