// A store that drops old events at any time gives what its twin gives that drops nothing: the same states, and the same
// documents.
#include <random>

#include "two_branches.hpp"

namespace dropped_laws_test {

using namespace bank;

namespace {

class Twins {
 public:
  explicit Twins(unsigned seed) : random_{seed} {
    for (auto* const each : both()) each->open(clock_);
    // So that there are collections before the first drop.
    for (auto* const each : both()) REQUIRE(each->store->project());
  }

  void work(int steps) {
    for (; steps > 0; --steps) step();
  }

  // Everything that can be asked is the same; only the dropping store was ever told to drop.
  void compare() {
    CHECK(dropping_.states() == whole_.states());
    for (auto* const each : both()) REQUIRE(each->store->project());
    for (const auto& projection : dropping_.store->model().projections) {
      CAPTURE(projection.name());
      CHECK(dropping_.documents(projection.name()) == whole_.documents(projection.name()));
    }
    for (const auto& status : dropping_.status()) {
      CHECK(status.health == es::ProjectionStatus::Health::live);
      CHECK_THAT(status.note, !Catch::Contains("made without") && !Catch::Contains("without keeping"));
    }
  }
  [[nodiscard]] std::uint64_t dropped() { return must(dropping_.store->log().expired()).value; }

 private:
  std::array<BusyStore*, 2> both() { return {&dropping_, &whole_}; }
  unsigned below(unsigned count) { return static_cast<unsigned>(random_() % count); }
  bool chance(unsigned percent) { return below(100) < percent; }

  void step() {
    clock_.advance_seconds(1);
    const auto what = below(100);
    if (what < 74) return execute();
    if (what < 80) return append();
    if (what < 88) return project();
    if (what < 91) return rebuild();
    if (what < 93) return change_code();
    if (what < 96) return dropping_.open(clock_, model(), chance(50));
    drop();
  }

  [[nodiscard]] es::CommandOptions options(unsigned key) {
    es::CommandOptions made;
    made.metadata.organization = key % 2 == 0 ? "even" : "odd";
    made.command_id = es::Uuid::v5(es::Uuid{}, "command " + std::to_string(++commands_));
    return made;
  }

  void execute() {
    const auto key = below(8);
    const bool is_account = chance(50);
    const string stream = (is_account ? "account-" : "parcel-") + std::to_string(key);
    const auto number = std::to_string(1 + below(5));
    static const std::vector<std::pair<string, string>> accounts{
        {"open", R"({"owner":"o"})"}, {"deposit", R"({"cents":)"}, {"withdraw", R"({"cents":)"}, {"shake", "{}"}};
    static const std::vector<std::pair<string, string>> parcels{
        {"send", R"({"to":"t"})"}, {"move", R"({"place":")"}, {"move", R"({"place":")"}, {"lose", "{}"}};
    const auto choice = below(20);
    const auto& [command, start] = (is_account ? accounts : parcels)[choice < 9 ? 1 : choice < 17 ? 2 : choice % 4];
    const auto json = start.ends_with('}') ? start : start + number + (is_account ? "00}" : "\"}");
    auto with = options(key);
    std::vector<string> outcomes;
    for (auto* const each : both()) {
      auto done = each->store->execute(stream, command, json, with);
      if (!done && done.error().code == es::Errc::not_found)
        done = each->store->execute(stream, is_account ? "open" : "send", (is_account ? accounts : parcels)[0].second,
                                    with);
      outcomes.push_back(done ? "done at " + std::to_string(done->version.value) : done.error().message());
    }
    CHECK(outcomes[0] == outcomes[1]);
  }

  // Facts, on streams that exist and on one without state.
  void append() {
    const auto key = below(8);
    const bool is_diary = chance(50);
    const auto stream = *es::StreamId::parse((is_diary ? "diary-" : "parcel-") + std::to_string(key));
    if (!is_diary && !must(whole_.store->log().head(stream)).value) return;
    const auto event = is_diary ? es::DecidedEvent{&es::schema_of<Noted>(), es::encode(Noted{"n"})}
                                : es::DecidedEvent{&es::schema_of<Moved>(), es::encode(Moved{"fact"})};
    const auto with = options(key);
    for (auto* const each : both()) REQUIRE(es::append_events(each->store->log(), clock_, stream, {&event, 1}, with));
  }

  void project() {
    static const std::vector<std::vector<string>> subsets{{}, {"balances"}, {"places", "ledger"}, {"parcels"}};
    const auto& names = subsets[below(4)];
    REQUIRE(dropping_.store->project(names));
  }

  void rebuild() {
    static const std::vector<string> names{"balances", "places", "parcels", "ledger"};
    const auto rebuilt = dropping_.store->rebuild(names[below(4)]);
    if (!rebuilt) FAIL(rebuilt.error().message());
  }

  // Other code that does the same: everything is stale, and states were made by other code.
  void change_code() {
    ++code_;
    dropping_.open(clock_, model());
    for (const auto& projection : dropping_.store->model().projections)
      REQUIRE(dropping_.store->rebuild(projection.name()));
  }

  [[nodiscard]] es::Model model() const {
    auto made = busy_model();
    made.aggregates[1] = es::aggregate<Parcel>(std::to_string(code_));
    made.projections[1] = es::projection<Places>(std::to_string(code_));
    made.projections[2] = es::projection<Parcels>(std::to_string(code_));
    return made;
  }

  void drop() {
    const auto now = clock_.now().micros;
    const auto all = static_cast<unsigned>((now - noon.micros) / 1'000'000) + 2;
    const auto dropped =
        app::retain(*dropping_.store, drop_before(noon.plus_seconds(static_cast<std::int64_t>(below(all)))));
    if (!dropped) FAIL(dropped.error().message());
    CHECK(dropping_.states() == whole_.states());
  }

  std::mt19937 random_;
  es::ManualClock clock_{noon};
  BusyStore dropping_{};
  BusyStore whole_{};
  int commands_ = 0;
  int code_ = 1;
};

}  // namespace

TEST_CASE("drops at any moment between any work leave the same states and documents", "[retain][laws]") {
  const auto first = Catch::rngSeed();
  std::uint64_t dropped = 0;
  for (unsigned seed = first; seed < first + 12; ++seed) {
    CAPTURE(seed);
    Twins twins{seed};
    for (int round = 0; round < 4; ++round) {
      twins.work(60);
      twins.compare();
    }
    dropped += twins.dropped();
  }
  CHECK(dropped > 0);
}

}  // namespace dropped_laws_test
