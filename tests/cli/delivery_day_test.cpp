// A day of deliveries with phone calls, as a user of the command line lives it: agents and customers register, a
// parcel is assigned, the customer is called, the recording is made into text, and the figures of all are asked for.
#include "scenario.hpp"

namespace delivery_day_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

const std::string hash = "$2b$12$KIXQJz0w1sZ5yF0r6mA3AuO0vY2cJfJ5b1m8x0xw3vC2mQ9b0m1yS";

class Office : public Scenario {
 public:
  Office() : Scenario{"2126-01-01T00:00:00Z"} {}

  void hire(const std::string& key, const std::string& phone) const {
    CHECK(execute("agent-" + key, "register",
                  R"({"name":"Agent )" + key + R"(","phone":")" + phone + R"(","email":")" + key +
                      R"(@example.org","password_hash":")" + hash + "\"}") == Texts{"AgentRegistered"});
  }
  void schedule(const std::string& key) const {
    CHECK(execute("delivery-" + key, "schedule",
                  R"({"customer_id":"c-1","address":"Main Street 1","longitude":-9.14,"latitude":38.71,)"
                  R"("scheduled_time":"2026-01-27T15:00:00Z"})") == Texts{"DeliveryScheduled"});
  }
};

// Two agents of whom one left, a customer, one parcel that arrived with five stars and one that did not.
void fill(const Office& office) {
  office.hire("a-1", "+351910000001");
  office.hire("a-2", "+351910000002");
  (void)office.execute("agent-a-1", "locate", R"({"longitude":-9.15,"latitude":38.72})");
  (void)office.execute("agent-a-2", "locate", R"({"longitude":-8.61,"latitude":41.15})");
  (void)office.execute("agent-a-2", "deactivate", R"({"reason":"on leave"})");
  CHECK(office.execute("customer-c-1", "register",
                       R"({"name":"Ana","phone":"+351912345678","preferences":{"preferred_days":["monday"]}})") ==
        Texts{"CustomerRegistered"});
  office.schedule("d-1");
  (void)office.execute("delivery-d-1", "assign", R"({"agent_id":"a-1"})");
  (void)office.execute("delivery-d-1", "depart");
  (void)office.execute("call-CA1", "queue", R"({"call_sid":"CA1","delivery_id":"d-1","customer_id":"c-1"})");
  (void)office.execute("call-CA1", "complete", R"({"duration":42,"end_time":"2026-01-27T14:00:42Z"})");
  (void)office.execute(
      "recording-CA1", "store",
      R"({"call_log_id":"CA1","delivery_id":"d-1","audio_url":"https://example.org/a","duration":42})");
  (void)office.execute("delivery-d-1", "complete");
  (void)office.execute("delivery-d-1", "give_feedback", R"({"rating":5})");
  office.schedule("d-2");
  (void)office.execute("delivery-d-2", "assign", R"({"agent_id":"a-1"})");
  (void)office.execute("delivery-d-2", "depart");
  (void)office.execute("delivery-d-2", "fail", R"({"reason":"nobody at home"})");
  office.schedule("d-3");
  (void)office.execute("delivery-d-3", "assign", R"({"agent_id":"a-1"})");
  office.project();
}

}  // namespace

SCENARIO("a delivery goes only to an agent who is active, and nobody registers twice", "[delivery_day]") {
  const Office office;
  fill(office);
  office.schedule("d-9");
  require_complaint(office.run({"execute", "delivery-d-9", "assign", R"({"agent_id":"a-2"})"}), 5, {"active"});
  require_complaint(
      office.run({"execute", "agent-a-3", "register",
                  R"({"name":"B","phone":"+351910000009","email":"A-1@Example.org","password_hash":")" + hash + "\"}"}),
      5, {"another agent has this email"});
  (void)office.execute("agent-a-2", "activate");
  CHECK(office.execute("delivery-d-9", "assign", R"({"agent_id":"a-2"})") == Texts{"DeliveryAssigned"});
  CHECK_THAT(office.shell.result({"all"}), !Catch::Contains(hash));
}

SCENARIO("calls and recordings stand in the delivery, and figures in agents and customers", "[delivery_day]") {
  const Office office;
  fill(office);
  CHECK(sql(office.shell,
            "SELECT aggregate_id, status, priority, call_log_id, recording_id FROM deliveries ORDER BY 1") ==
        Texts{"d-1|completed|normal|CA1|CA1", "d-2|failed|normal||", "d-3|assigned|normal||"});
  CHECK(sql(office.shell,
            "SELECT aggregate_id, active_deliveries, performance_metrics ->> '$.total_deliveries', performance_metrics "
            "->> '$.successful_deliveries', performance_metrics ->> '$.average_rating', is_active FROM agents ORDER BY "
            "1") == Texts{"a-1|1|2|1|5.0|1", "a-2|0|0|0|0.0|0"});
  CHECK(sql(office.shell,
            "SELECT total_deliveries, successful_deliveries, customer_rating, call_history ->> '$[0].call_id', "
            "call_history ->> '$[0].duration' FROM customers") == Texts{"2|1|5.0|CA1|42"});
  CHECK(office.query({"get_agent_success_rates", "2026-01-01", "2026-12-31"}) ==
        "{\"_id\":\"a-1\",\"total\":2,\"successful\":1,\"successRate\":50}\n");
  const auto near = office.query({"find_nearby", "agents", "-9.14", "38.71", "5000"});
  CHECK(values(near, "aggregate_id") == Texts{"a-1"});
  CHECK(values(office.query({"find_nearby", "agents", "-9.14", "38.71", "1000000"}), "aggregate_id") ==
        Texts{"a-1", "a-2"});
}

SCENARIO("a recording is made into text at the second try", "[delivery_day]") {
  const Office office;
  fill(office);
  (void)office.execute("recording-CA1", "start_processing");
  CHECK(office.execute("recording-CA1", "fail_processing", R"({"error_message":"no speech found"})") ==
        Texts{"RecordingProcessingFailed"});
  (void)office.execute("recording-CA1", "start_processing");
  (void)office.execute("recording-CA1", "transcribe", R"({"text":"Leave it at the door","confidence":0.92})");
  (void)office.execute("recording-CA1", "analyze",
                       R"({"sentiment":"neutral","instructions":"at the door","priority":"high"})");
  (void)office.execute("recording-CA1", "complete_processing");
  (void)office.execute("recording-CA1", "record_access");
  office.project();
  CHECK(sql(office.shell,
            "SELECT processing_status, processing_attempts, error_message, transcription ->> '$.text', ai_analysis ->> "
            "'$.instructions', access_count FROM recordings") ==
        Texts{"completed|2||Leave it at the door|at the door|1"});
}

SCENARIO("keys of programs are issued, used, rotated and revoked", "[delivery_day]") {
  const Office office;
  const std::string sha(64, 'a');
  CHECK(office.execute("api_key-k-1", "issue",
                       R"({"key_hash":")" + sha +
                           R"(","key_prefix":"del_a","name":"Dashboard","permissions":["deliveries:read"]})") ==
        Texts{"ApiKeyIssued"});
  CHECK(office.execute("api_key-k-1", "use", R"({"requests":7})") == Texts{"ApiKeyUsed"});
  (void)office.execute("api_key-k-1", "rotate",
                       R"({"key_hash":")" + std::string(64, 'b') + R"(","key_prefix":"del_b"})");
  (void)office.execute("api_key-k-1", "revoke", R"({"reason":"lost"})");
  office.project();
  CHECK(sql(office.shell,
            "SELECT name, key_prefix, environment, is_active, usage_count, rate_limit ->> '$.requests' FROM "
            "api_keys") == Texts{"Dashboard|del_b|development|0|7|1000"});
  CHECK_THAT(office.shell.result({"all"}) + office.shell.result({"state", "api_key-k-1"}), !Catch::Contains(sha));
  require_complaint(office.run({"execute", "api_key-k-1", "use", "{}"}), 5, {"revoked"});
}

SCENARIO("a store is restored to a place for trials, checked and rebuilt there", "[delivery_day]") {
  const Office office;
  fill(office);
  const auto before = sql(office.shell, "SELECT * FROM deliveries ORDER BY _id");
  (void)office.shell.result({"backup", office.shell.file("backup")});
  const auto staging = office.shell.file("staging");
  const auto there = [&](const Words& words) {
    Words all{"--store", staging};
    all.insert(all.end(), words.begin(), words.end());
    return run(EVENTSTORE_PROGRAM, all);
  };
  CHECK(there({"restore", office.shell.file("backup")}).exit_code == 0);
  // The keys of personal data are kept apart from backups of the log.
  std::filesystem::create_directory(staging + "/keys");
  std::filesystem::copy_file(office.shell.store() + "/keys/keys.sqlite", staging + "/keys/keys.sqlite");
  CHECK(there({"verify"}).exit_code == 0);
  CHECK(there({"all"}).out == office.shell.result({"all"}));
  CHECK(there({"project", "run"}).exit_code == 0);
  CHECK(there({"project", "verify"}).exit_code == 0);
  // Every collection again, as after a migration: nothing differs.
  CHECK(office.shell.run({"project", "rebuild", "--all", "--expect-same"}).exit_code == 0);
  CHECK(sql(office.shell, "SELECT * FROM deliveries ORDER BY _id") == before);
  CHECK(office.shell.run({"project", "verify"}).exit_code == 0);
  CHECK(value(office.query({"collection_stats", "deliveries"}), "documents") == "3");
}

}  // namespace delivery_day_test
