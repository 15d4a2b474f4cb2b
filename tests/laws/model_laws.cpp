// Random commits against a model so simple that it is right by looking at it.
#include <rapidcheck.h>

#include <map>

#include "laws/event_log_laws.hpp"

namespace model_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

struct Step {
  std::vector<std::pair<int, int>> events;                 // stream, event id
  std::vector<std::pair<int, std::int64_t>> expectations;  // stream; version, -1: any, -2: exists
};

std::string name_of(int stream) { return "delivery-" + std::to_string(stream); }

ExpectedVersion expected_of(std::int64_t version) {
  if (version == -1) return ExpectedVersion::any();
  if (version == -2) return ExpectedVersion::stream_exists();
  return ExpectedVersion::exactly(Version{static_cast<std::uint64_t>(version)});
}

struct Model {
  std::vector<std::pair<int, int>> all;
  std::map<int, std::vector<int>> streams;

  [[nodiscard]] std::size_t version_of(std::pair<int, int> event) const {
    const auto found = streams.find(event.first);
    if (found == streams.end()) return 0;
    for (std::size_t i = 0; i < found->second.size(); ++i)
      if (found->second[i] == event.second) return i + 1;
    return 0;
  }

  // What the log must answer; nothing where the commit holds.
  [[nodiscard]] std::optional<Errc> judge(const Step& step, bool& is_retry) const {
    std::map<int, std::size_t> last;
    std::size_t present = 0;
    bool in_order = true;
    for (const auto& event : step.events) {
      const auto version = version_of(event);
      present += version != 0 ? 1 : 0;
      if (version != 0) in_order = in_order && std::exchange(last[event.first], version) < version;
    }
    is_retry = present == step.events.size() && in_order;
    if (is_retry) return std::nullopt;
    if (present != 0) return Errc::id_conflict;
    for (const auto& [stream, version] : step.expectations) {
      const auto found = streams.find(stream);
      const Version head{found == streams.end() ? 0 : found->second.size()};
      if (!expected_of(version).holds_for(head)) return Errc::wrong_version;
    }
    return std::nullopt;
  }

  void apply(const Step& step) {
    for (const auto& event : step.events) {
      all.push_back(event);
      streams[event.first].push_back(event.second);
    }
  }
};

Step random_step() {
  Step step;
  const auto stream = rc::gen::inRange(0, 4);
  std::map<std::pair<int, int>, bool> used;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    const std::pair event{*stream, *rc::gen::inRange(1, 40)};
    if (!std::exchange(used[event], true)) step.events.push_back(event);
  }
  std::map<int, bool> expected;
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    const auto on = *stream;
    if (!std::exchange(expected[on], true)) step.expectations.emplace_back(on, *rc::gen::inRange<std::int64_t>(-2, 6));
  }
  return step;
}

Result<Receipt> perform(EventLog& log, const Step& step) {
  std::vector<NewEvent> events;
  std::vector<Expectation> expectations;
  for (const auto& [stream, id] : step.events) events.push_back(event(name_of(stream), static_cast<std::uint64_t>(id)));
  for (const auto& [stream, version] : step.expectations)
    expectations.push_back({stream_named(name_of(stream)), expected_of(version)});
  return append(log, events, expectations);
}

void same_content(const EventLog& log, const Model& model) {
  const auto page = log.read_all({.limit = 100'000});
  RC_ASSERT(page.has_value());
  RC_ASSERT(page->events.size() == model.all.size());
  std::map<int, std::uint64_t> heads;
  for (std::size_t i = 0; i < model.all.size(); ++i) {
    const auto& recorded = page->events[i];
    RC_ASSERT(recorded.stream == name_of(model.all[i].first));
    RC_ASSERT(recorded.id == id_of(static_cast<std::uint64_t>(model.all[i].second)));
    RC_ASSERT(recorded.position.value == i + 1);
    RC_ASSERT(recorded.version.value == ++heads[model.all[i].first]);
  }
  for (const auto& [stream, ids] : model.streams)
    RC_ASSERT(log.read_stream(stream_named(name_of(stream)))->events.size() == ids.size());
}

}  // namespace

TEMPLATE_TEST_CASE("random commits leave what a simple model says", "[laws][model]", LOG_ENGINES) {
  const bool holds = rc::check([] {
    TestType engine;
    Model model;
    for (int i = *rc::gen::inRange(1, 60); i > 0; --i) {
      const auto step = random_step();
      bool is_retry = false;
      const auto refusal = model.judge(step, is_retry);
      const auto appended = perform(*engine.log, step);
      RC_ASSERT(appended.has_value() == !refusal.has_value());
      if (refusal) RC_ASSERT(appended.error().code == *refusal);
      if (appended) RC_ASSERT(appended->already_there == is_retry);
      if (appended && !is_retry) model.apply(step);
    }
    same_content(*engine.log, model);
  });
  CHECK(holds);
}

}  // namespace model_laws
