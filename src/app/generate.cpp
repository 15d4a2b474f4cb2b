#include <eventstore/app/generate.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace eventstore::app {
namespace {

constexpr std::size_t open_histories_max = 200;
constexpr std::uint64_t organizations = 8;
constexpr std::int64_t pause_seconds_max = 120;
constexpr unsigned begin_percent = 15;
constexpr std::uint64_t steps_without_max = 10'000;

// 2026-01-01T00:00:00Z: generated time has a beginning of its own, so that the same seed gives the same lines.
constexpr Timestamp first_moment{1'767'225'600'000'000};

// A stream that is being made up.
struct History {
  const AggregateType* type;
  std::string stream;
  std::string organization;
  std::string user;
  std::unique_ptr<AnyState> state;
};

class Generator {
 public:
  Generator(std::vector<const AggregateType*> types, std::uint64_t seed, const SchemaReader& schemas)
      : random_{seed, first_moment}, schemas_{schemas}, types_{std::move(types)} {}

  /// The lines of the next step of one history; none where a history ended or could not begin.
  Result<std::vector<std::string>> step() {
    random_.set_now(random_.now().plus_seconds(random_.between(1, pause_seconds_max)));
    auto* const chosen = choose();
    if (chosen == nullptr) return std::vector<std::string>{};
    auto& history = *chosen;
    random_.set_key(history.stream.substr(history.type->category.size() + 1));
    random_.set_organization(history.organization, &keys_[history.organization]);
    const auto decision = history.type->make_up(random_, *history.state);
    if (!decision.also.empty())
      return failure(Errc::invalid_argument, "generate", history.stream,
                     "make_up gives the aggregate's own events, and none for other streams");
    std::vector<std::string> lines;
    for (const auto& event : decision.events) {
      EVENTSTORE_TRY_ASSIGN(auto line, record(history, event));
      lines.push_back(std::move(line));
    }
    if (decision.events.empty()) {
      std::swap(history, histories_.back());
      histories_.pop_back();
    }
    return lines;
  }

 private:
  // Null where a stream was to begin, and its aggregate has no key for it now.
  History* choose() {
    if (!histories_.empty() && (histories_.size() == open_histories_max || !random_.chance(begin_percent)))
      return &histories_[random_.below(histories_.size())];
    return begin(*random_.pick(types_));
  }

  History* begin(const AggregateType& type) {
    auto key = random_.uuid().to_string();
    auto organization = fmt::format("org-{}", random_.below(organizations) + 1);
    auto user = fmt::format("user-{}", random_.below(20) + 1);
    auto& keys = keys_[organization];
    if (type.make_up_key) {
      random_.set_organization(organization, &keys);
      auto own = type.make_up_key(random_);
      if (!own || !own_keys_.emplace(type.category, *own).second) return nullptr;
      key = std::move(*own);
    }
    keys[type.category].push_back(key);
    histories_.push_back(
        {&type, type.category + "-" + key, std::move(organization), std::move(user), type.new_state()});
    return &histories_.back();
  }

  Result<std::string> record(History& history, const DecidedEvent& decided) {
    Metadata metadata{};
    metadata.user_id = history.user;
    Bytes tagged;
    encode_tagged(metadata, tagged);
    RecordedEvent event{};
    event.stream = history.stream;
    event.version = history.state->version.next();
    event.position = position_ = position_.next();
    event.id = EventId{random_.uuid()};
    event.type = decided.schema->name;
    event.organization = history.organization;
    event.created_at = random_.now();
    event.schema = decided.schema->id;
    event.metadata = tagged;
    event.data = decided.data;
    EVENTSTORE_TRY_ASSIGN(metadata, metadata_of(event));
    EVENTSTORE_TRY(history.state->apply(event, metadata, schemas_));
    std::string data;
    // What is made up is nobody's secret, and is to be imported.
    EVENTSTORE_TRY(
        bytes_to_json(decided.schema->type, decided.data, data, JsonWriting{.secrets = ShownSecrets::revealed}));
    std::string line;
    EVENTSTORE_TRY(append_event_line(event, data, line));
    return line;
  }

  Random random_;
  const SchemaReader& schemas_;
  std::vector<const AggregateType*> types_;
  std::vector<History> histories_;
  std::map<std::string, MadeUpKeys> keys_;                  // of the streams of each organization
  std::set<std::pair<std::string, std::string>> own_keys_;  // categories and the keys that their aggregates gave
  Position position_{};
};

// The aggregates whose histories are made up, in their order: those of the categories or, where none is named, all.
Result<std::vector<const AggregateType*>> made_up_types(std::span<const AggregateType> aggregates,
                                                        const std::vector<std::string>& categories) {
  std::vector<const AggregateType*> types;
  const auto is_wanted = [&](const AggregateType& type) {
    return categories.empty() || std::find(categories.begin(), categories.end(), type.category) != categories.end();
  };
  for (const auto& type : aggregates)
    if (type.make_up && is_wanted(type)) types.push_back(&type);
  for (const auto& category : categories)
    if (std::none_of(types.begin(), types.end(), [&](const auto* type) { return type->category == category; }))
      return failure(Errc::not_found, "generate", category, "no aggregate of this category has a `make_up` function");
  if (types.empty())
    return failure(Errc::not_found, "generate", "", "no aggregate of this program has a `make_up` function");
  return types;
}

}  // namespace

Result<void> generate(std::span<const AggregateType> aggregates, const Generate& parameters, OnLine on_line,
                      const OnProgress& on_progress) {
  const SystemClock clock;
  const MemoryLog no_log{clock};
  const SchemaReader schemas{no_log};
  EVENTSTORE_TRY_ASSIGN(auto types, made_up_types(aggregates, parameters.category));
  Generator generator{std::move(types), parameters.seed, schemas};
  std::uint64_t given = 0;
  std::uint64_t steps_without = 0;
  while (given < parameters.events) {
    EVENTSTORE_TRY_ASSIGN(const auto lines, generator.step());
    steps_without = lines.empty() ? steps_without + 1 : 0;
    if (steps_without == steps_without_max)
      return failure(
          Errc::not_found, "generate", fmt::format("{}", fmt::join(parameters.category, ", ")),
          "no history could begin: these refer to streams of other categories; name those with --category, too");
    for (const auto& line : lines) {
      if (given == parameters.events) break;
      EVENTSTORE_TRY(on_line(line));
      ++given;
    }
    if (on_progress) on_progress({given, static_cast<double>(given) / static_cast<double>(parameters.events)});
  }
  return {};
}

}  // namespace eventstore::app
