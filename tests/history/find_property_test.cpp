// What is found equals what a filter finds that looks at every exported line.
#include <eventstore/history/find_events.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <algorithm>
#include <cctype>

#include "parcels.hpp"

namespace find_property_test {

using namespace parcels;

namespace {

constexpr std::size_t events = 2400;  // more than the ranges of the first round
constexpr int queries = 700;

using Steps = std::vector<es::DataStep>;

string random_data(Chance& chance) {
  const auto word = [&] { return chance.of<string>({"red", "Green", "BLUE", "", "a.b"}); };
  const auto whole = [&] { return std::to_string(chance.below(4)); };
  string json = R"({"name":")" + word() + R"(","size":")" + chance.of<string>({"small", "large"}) + R"(","count":)" +
                whole() + R"(,"weight":)" + whole() + chance.of<string>({".0", ".5"}) + R"(,"paid":)" +
                chance.of<string>({"true", "false"});
  if (chance.one_in(2)) {
    json += R"(,"address":{"street":")" + word() + '"';
    if (chance.one_in(2)) json += R"(,"floor":)" + whole();
    json += '}';
  }
  json += R"(,"remark":")" + word() + '"';
  if (chance.one_in(2)) json += R"(,"fragile":true)";
  json += R"(,"notes":[)" + chance.of<string>({"", "null", R"("x",null)", R"(null,"Y","z")"}) + R"(],"labels":{)" +
          chance.of<string>({"", R"("k.1":1)", R"("a":2,"b":3)"}) + R"(},"corner":[)" + whole() + ',' + whole() +
          R"(],"tags":[)" + chance.of<string>({"", R"("t")", R"("t","u")"}) + R"(],"payment":)" +
          chance.of<string>({R"({"kind":"Cash"})", R"({"kind":"Card","number":"7"})"}) + R"(,"others":[)" +
          chance.of<string>({"", R"({"kind":"Card","number":"8","year":1},{"kind":"Cash"})"}) + R"(],"free":)" +
          chance.of<string>({"null", "1.0", R"({"x":[1,{"y":"Q"}]})", R"("text")"}) +
          R"(,"due":"2026-02-01T00:00:00.000000Z","batch":"123e4567-e89b-12d3-a456-426614174000","seal":"AAE="})";
  return json;
}

struct Line {
  es::JsonDocument document{};
  es::JsonNode root{};
  es::Timestamp created_at{};
  es::Timestamp recorded_at{};
  std::uint64_t position = 0;
  bool is_backward = false;

  [[nodiscard]] string member(std::string_view name) const { return string{root.find(name)->text()}; }
  [[nodiscard]] string metadata(std::string_view name) const {
    const auto found = root.find("metadata")->find(name);
    return found ? string{found->text()} : string{};
  }
};

std::vector<Line> exported(const ParcelLog& parcels) {
  std::vector<Line> lines;
  std::map<string, es::Timestamp> last;
  const auto page = *parcels.log.read_all({.limit = es::no_limit});
  for (const auto& event : page.events) {
    string text;
    REQUIRE(es::append_event_line(event, parcels.schemas, text));
    auto& line = lines.emplace_back();
    line.root = *line.document.parse(text);
    line.created_at = *es::Timestamp::parse(line.member("created_at"));
    line.recorded_at = event.recorded_at;
    line.position = static_cast<std::uint64_t>(line.root.find("position")->integer());
    const auto stream = line.member("aggregate_id");
    line.is_backward = last.contains(stream) && line.created_at < last[stream];
    last[stream] = line.created_at;
  }
  return lines;
}

string lowered(std::string_view text) {
  string low{text};
  for (auto& c : low) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return low;
}

bool has_text(es::JsonNode node, const string& wanted) {
  bool has = node.kind() == es::JsonKind::text && lowered(node.text()).find(lowered(wanted)) != string::npos;
  if (node.kind() == es::JsonKind::array)
    node.each_element([&](es::JsonNode each) { return !(has = has || has_text(each, wanted)); });
  if (node.kind() == es::JsonKind::object)
    node.each_member([&](std::string_view, es::JsonNode each) { return !(has = has || has_text(each, wanted)); });
  return has;
}

std::optional<es::JsonNode> at(es::JsonNode node, const Steps& steps) {
  for (const auto& step : steps) {
    std::optional<es::JsonNode> next;
    if (const auto* const name = std::get_if<string>(&step); name != nullptr) {
      if (node.kind() == es::JsonKind::object) next = node.find(*name);
    } else if (node.kind() == es::JsonKind::array) {
      std::size_t place = 0;
      node.each_element([&](es::JsonNode each) {
        if (place++ == std::get<std::size_t>(step)) next = each;
        return true;
      });
    }
    if (!next) return std::nullopt;
    node = *next;
  }
  return node;
}

struct Condition {
  Steps steps;
  string text;   // PATH=VALUE
  string value;  // canonical
};

struct Query {
  es::EventQuery query{};
  std::vector<Condition> conditions{};

  [[nodiscard]] bool fits(const Line& line) const {
    const auto is = [](const string& asked, const string& has) { return asked.empty() || asked == has; };
    const auto time = query.by == es::EventClock::created ? line.created_at : line.recorded_at;
    const auto data = *line.root.find("event_data");
    const auto holds = [&](const Condition& condition) {
      const auto found = at(data, condition.steps);
      string canonical;
      if (found) found->write_canonical(canonical);
      return found && canonical == condition.value;
    };
    return is(query.filter.category, line.member("aggregate_type")) &&
           is(query.filter.type, line.member("event_type")) &&
           is(query.filter.organization, line.member("organization_id")) &&
           (!query.stream || query.stream->key() == line.member("aggregate_id")) &&
           is(query.user_id, line.metadata("user_id")) && is(query.correlation_id, line.metadata("correlation_id")) &&
           is(query.causation_id, line.metadata("causation_id")) && (!query.from || time >= *query.from) &&
           (!query.to || time < *query.to) && (!query.backward_clocks || line.is_backward) &&
           std::all_of(conditions.begin(), conditions.end(), holds) &&
           (query.text.empty() || has_text(data, query.text));
  }
};

// The condition that a value of the line is what it is, or what another line has there.
Condition random_condition(Chance& chance, es::JsonNode node) {
  Condition condition;
  string path;
  while (condition.steps.empty() || chance.below(3) != 0) {
    std::vector<std::pair<es::DataStep, es::JsonNode>> inner;
    if (node.kind() == es::JsonKind::object)
      node.each_member(
          [&](std::string_view name, es::JsonNode each) { return inner.emplace_back(string{name}, each), true; });
    if (node.kind() == es::JsonKind::array)
      node.each_element([&](es::JsonNode each) { return inner.emplace_back(inner.size(), each), true; });
    if (inner.empty()) break;
    const auto& [step, next] = chance.of(inner);
    condition.steps.push_back(step);
    if (const auto* const name = std::get_if<string>(&step); name == nullptr) {
      path += '[' + std::to_string(std::get<std::size_t>(step)) + ']';
    } else if (name->find('.') != string::npos || chance.one_in(3)) {
      path += '[';
      es::append_json_string(path, *name);
      path += ']';
    } else {
      path += (path.empty() ? "" : ".") + *name;
    }
    node = next;
  }
  node.write_canonical(condition.value);
  string value;
  node.write(value);
  // Text that begins with a letter is no JSON here, and may stand without quotes.
  if (value.size() > 2 && std::isalpha(static_cast<unsigned char>(value[1])) != 0 && value[0] == '"' &&
      chance.one_in(2))
    value = string{node.text()};
  condition.text = path + '=' + value;
  return condition;
}

Query random_query(Chance& chance, const std::vector<Line>& lines) {
  Query random;
  auto& query = random.query;
  const auto& like = chance.of(lines);
  const auto& other = chance.of(lines);
  if (chance.one_in(4)) query.filter.category = like.member("aggregate_type");
  if (chance.one_in(4)) query.filter.type = like.member("event_type");
  if (chance.one_in(4)) query.filter.organization = like.member("organization_id");
  if (chance.one_in(6))
    query.stream = es::StreamId::trusted(like.member("aggregate_type") + "-" + like.member("aggregate_id"));
  if (chance.one_in(4)) query.user_id = like.metadata("user_id");
  if (chance.one_in(5)) query.correlation_id = like.metadata("correlation_id");
  if (chance.one_in(5)) query.causation_id = like.metadata("causation_id");
  if (chance.one_in(3)) query.by = es::EventClock::recorded;
  const bool by_created = query.by == es::EventClock::created;
  if (chance.one_in(4)) query.from = by_created ? like.created_at : like.recorded_at;
  if (chance.one_in(4)) query.to = by_created ? other.created_at : other.recorded_at;
  if (query.from && query.to && *query.to < *query.from) std::swap(query.from, query.to);
  for (auto n = chance.below(3); n > 0; --n) {
    const auto& line = chance.one_in(3) ? other : like;
    random.conditions.push_back(random_condition(chance, *line.root.find("event_data")));
    auto condition = es::parse_data_condition(random.conditions.back().text);
    if (!condition) FAIL(condition.error().message());
    query.where.push_back(std::move(*condition));
  }
  if (chance.one_in(5)) query.text = chance.of<string>({"RED", "green", "q", "card", "AAE", "2026", "y"});
  query.backward_clocks = chance.one_in(5);
  if (chance.one_in(2)) query.direction = es::Direction::backward;
  if (chance.one_in(3)) query.limit = chance.below(30);
  return random;
}

void fill(ParcelLog& parcels, Chance& chance) {
  for (std::size_t i = 0; i < events; ++i) {
    const auto stream = chance.below(40);
    parcels.add({.stream = (stream % 2 == 0 ? "parcel-" : "letter-") + std::to_string(stream),
                 .type = chance.of<string>({"ParcelSent", "ParcelSent", "ParcelNoted", "LetterNoted"}),
                 .data = random_data(chance),
                 .organization = stream % 3 == 0 ? "org-1" : "org-2",
                 .created_at = noon.plus_seconds(static_cast<std::int64_t>(i + chance.below(200))),
                 .user_id = chance.of<string>({"", "ada", "bea"}),
                 .correlation_id = chance.of<string>({"", "c-1", "c-2"}),
                 .causation_id = chance.of<string>({"", "", "cause"})});
  }
}

}  // namespace

TEST_CASE("what is found equals a filter over all exported lines", "[find][property]") {
  const auto seed = GENERATE(1U, 2U);
  Chance chance{seed};
  ParcelLog parcels;
  fill(parcels, chance);
  const auto lines = exported(parcels);
  std::size_t matched = 0;
  for (int i = 0; i < queries; ++i) {
    const auto random = random_query(chance, lines);
    std::vector<std::uint64_t> wanted;
    for (const auto& line : lines)
      if (random.fits(line)) wanted.push_back(line.position);
    if (random.query.direction == es::Direction::backward) std::reverse(wanted.begin(), wanted.end());
    wanted.resize(std::min<std::size_t>(wanted.size(), random.query.limit));
    std::vector<std::uint64_t> found;
    const auto count = es::find_events(parcels.log, parcels.schemas, random.query,
                                       [&](const es::RecordedEvent& event) -> es::Result<void> {
                                         found.push_back(event.position.value);
                                         return {};
                                       });
    string conditions;
    for (const auto& each : random.conditions) conditions += each.text + " ";
    CAPTURE(seed, i, conditions);
    REQUIRE(count.has_value());
    REQUIRE(found == wanted);
    matched += wanted.empty() ? 0 : 1;
  }
  CHECK(matched > queries / 4);
}

}  // namespace find_property_test
