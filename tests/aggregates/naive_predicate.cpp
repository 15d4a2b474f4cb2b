#include "naive_predicate.hpp"

#include <fmt/format.h>

#include <chrono>

namespace domain::testing {
namespace {

using eventstore::JsonKind;
using eventstore::JsonNode;
using eventstore::Random;

struct Step {
  std::string name;
  std::int64_t place = 0;
  bool is_place = false;
};
using Steps = std::vector<Step>;

enum class Place { bare, after, before, data, previous_data };

std::string quoted(const std::string& text) {
  std::string out{'"'};
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    else
      out += c;
  }
  return out + '"';
}

bool is_name(const std::string& text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == std::string::npos;
}

std::string text_of(const Steps& steps) {
  std::string text;
  for (const auto& step : steps)
    text += step.is_place        ? fmt::format("[{}]", step.place)
            : is_name(step.name) ? "." + step.name
                                 : fmt::format("[{}]", quoted(step.name));
  return text;
}

std::string text_of(Place place, const Steps& steps) {
  const auto path = text_of(steps);
  switch (place) {
    case Place::bare: return path.starts_with('.') ? path.substr(1) : "after" + path;
    case Place::after: return "after" + path;
    case Place::before: return "before" + path;
    case Place::data: return "event.data" + path;
    case Place::previous_data: break;
  }
  return "previous.data" + path;
}

// The elements of an array, without names, or the members of an object.
template <class Visit> void each_of(const JsonNode& node, Visit visit) {
  const auto one = [&](std::string_view name, JsonNode value) {
    visit(name, value);
    return true;
  };
  if (node.kind() == JsonKind::array)
    node.each_element([&](JsonNode value) { return one({}, value); });
  else
    node.each_member(one);
}

std::int64_t size_of(const JsonNode& node) {
  std::int64_t count = 0;
  each_of(node, [&](std::string_view, JsonNode) { ++count; });
  return count;
}

MaybeNode follow(MaybeNode at, const Steps& steps) {
  for (const auto& step : steps) {
    if (!at) return {};
    MaybeNode next;
    if (!step.is_place) {
      next = at->kind() == JsonKind::object ? at->find(step.name) : std::nullopt;
    } else if (at->kind() == JsonKind::array) {
      std::int64_t index = 0;
      const auto wanted = step.place < 0 ? step.place + size_of(*at) : step.place;
      at->each_element([&](JsonNode element) {
        if (index++ == wanted) next = element;
        return true;
      });
    }
    at = next;
  }
  return at && at->kind() != JsonKind::null ? at : std::nullopt;
}

MaybeNode root_of(const std::vector<SeenStep>& steps, std::size_t at, Place place) {
  switch (place) {
    case Place::before: return steps[at].before;
    case Place::data: return steps[at].data;
    case Place::previous_data: return at == 0 ? MaybeNode{} : steps[at - 1].data;
    default: return steps[at].after;
  }
}

// A random way into `node`: to a scalar, or to a list or an object where `whole`.
std::optional<Steps> walk(Random& random, JsonNode node, bool whole) {
  Steps steps;
  for (;;) {
    const bool is_array = node.kind() == JsonKind::array;
    if (!is_array && node.kind() != JsonKind::object) return whole ? std::nullopt : std::optional{steps};
    const auto count = size_of(node);
    if (whole && !steps.empty() && random.chance(70)) return steps;
    if (count == 0) return whole && !steps.empty() ? std::optional{steps} : std::nullopt;
    const auto chosen = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(count)));
    std::int64_t index = 0;
    MaybeNode next;
    if (is_array) steps.push_back({{}, random.chance(30) ? chosen - count : chosen, true});
    each_of(node, [&](std::string_view name, JsonNode member) {
      if (index++ != chosen) return;
      next = member;
      if (!is_array) steps.push_back({std::string{name}});
    });
    node = *next;
  }
}

bool is_number(const JsonNode& node) {
  return node.kind() == JsonKind::integer || node.kind() == JsonKind::large_integer || node.kind() == JsonKind::number;
}

// Less, equal or greater as -1, 0 and 1; absent where two values cannot be compared.
std::optional<int> order_of(const JsonNode& a, const JsonNode& b) {
  const auto sign = [](auto one, auto other) { return one < other ? -1 : other < one ? 1 : 0; };
  if (a.kind() == JsonKind::integer && b.kind() == JsonKind::integer) return sign(a.integer(), b.integer());
  if (is_number(a) && is_number(b)) return sign(a.number(), b.number());
  if (a.kind() != b.kind()) return std::nullopt;
  if (a.kind() == JsonKind::text) return sign(a.text().compare(b.text()), 0);
  return a.kind() == JsonKind::boolean ? std::optional{sign(a.boolean(), b.boolean())} : std::nullopt;
}

const std::vector<std::string> operators{"==", "!=", "<", "<=", ">", ">="};

bool matches(const std::string& op, int order) {
  if (op == "==") return order == 0;
  if (op == "!=") return order != 0;
  if (op == "<") return order < 0;
  if (op == "<=") return order <= 0;
  return op == ">" ? order > 0 : order >= 0;
}

std::string literal_of(const JsonNode& node) {
  if (node.kind() == JsonKind::text) return quoted(std::string{node.text()});
  if (node.kind() == JsonKind::boolean) return node.boolean() ? "true" : "false";
  return node.number_text();
}

}  // namespace

NaivePredicate NaivePredicates::make(int depth) {
  if (depth > 0 && random_.chance(50)) {
    auto one = make(depth - 1);
    if (random_.chance(25)) return {"not (" + one.text + ")", [held = one.holds](auto at) { return !held(at); }};
    auto other = make(depth - 1);
    const bool both = random_.chance(50);
    return {fmt::format("({}) {} ({})", one.text, both ? "and" : "or", other.text),
            [both, first = one.holds, second = other.holds](auto at) {
              return both ? first(at) && second(at) : first(at) || second(at);
            }};
  }
  switch (random_.below(8)) {
    case 0: return of_two_states();
    case 1: return existence();
    case 2: return elements();
    case 3: return count();
    case 4: return of_event();
    default: return comparison();
  }
}

NaivePredicate NaivePredicates::comparison() {
  const auto place = random_.pick({Place::bare, Place::after, Place::before, Place::data, Place::previous_data});
  const auto root = root_of(steps_, random_.below(steps_.size()), place);
  const auto path = root ? walk(random_, *root, false) : std::nullopt;
  const auto sample = path ? follow(root, *path) : std::nullopt;
  if (!sample) return of_event();
  // Often the value of another version.
  const auto there = follow(root_of(steps_, random_.below(steps_.size()), place), *path);
  const auto wanted = there && there->kind() == sample->kind() ? *there : *sample;
  const auto op = random_.chance(50) ? operators[random_.below(2)] : random_.pick(operators);
  return {fmt::format("{} {} {}", text_of(place, *path), op, literal_of(wanted)),
          [this, place, path = *path, wanted, op](auto at) {
            const auto value = follow(root_of(steps_, at, place), path);
            const auto order = value ? order_of(*value, wanted) : std::nullopt;
            return order && matches(op, *order);
          }};
}

NaivePredicate NaivePredicates::of_two_states() {
  const auto root = steps_[random_.below(steps_.size())].after;
  const auto path = root ? walk(random_, *root, false) : std::nullopt;
  if (!path) return of_event();
  const auto op = random_.chance(50) ? operators[random_.below(2)] : random_.pick(operators);
  return {fmt::format("{} {} {}", text_of(Place::before, *path), op, text_of(Place::after, *path)),
          [this, path = *path, op](auto at) {
            const auto was = follow(steps_[at].before, path);
            const auto is = follow(steps_[at].after, path);
            const auto order = was && is ? order_of(*was, *is) : std::nullopt;
            return order && matches(op, *order);
          }};
}

NaivePredicate NaivePredicates::existence() {
  const auto place = random_.pick({Place::after, Place::before, Place::data, Place::previous_data});
  const auto root = root_of(steps_, random_.below(steps_.size()), place);
  const auto path = root ? walk(random_, *root, random_.chance(50)) : std::nullopt;
  if (!path) return {"exists previous", [](auto at) { return at > 0; }};
  return {"exists " + text_of(place, *path),
          [this, place, path = *path](auto at) { return follow(root_of(steps_, at, place), path).has_value(); }};
}

NaivePredicate NaivePredicates::elements() {
  const auto place = random_.pick({Place::after, Place::before});
  const auto root = root_of(steps_, random_.below(steps_.size()), place);
  const auto path = root ? walk(random_, *root, true) : std::nullopt;
  const auto list = path ? follow(root, *path) : std::nullopt;
  if (!list) return of_event();
  MaybeNode element;
  each_of(*list, [&](std::string_view, JsonNode one) {
    if (!element || random_.chance(30)) element = one;
  });
  const auto inner = element ? walk(random_, *element, false) : std::nullopt;
  const auto wanted = inner ? follow(element, *inner) : std::nullopt;
  if (!wanted) return of_event();
  const auto op = operators[random_.below(2)];
  const bool any = random_.chance(50);
  return {fmt::format("{}({}, it{} {} {})", any ? "any" : "all", text_of(place, *path), text_of(*inner), op,
                      literal_of(*wanted)),
          [this, place, path = *path, inner = *inner, wanted = *wanted, op, any](auto at) {
            const auto of = follow(root_of(steps_, at, place), path);
            if (!of) return false;
            bool every = true;
            bool some = false;
            each_of(*of, [&](std::string_view, JsonNode one) {
              const auto value = follow(one, inner);
              const auto order = value ? order_of(*value, wanted) : std::nullopt;
              const bool held = order && matches(op, *order);
              every = every && held;
              some = some || held;
            });
            return any ? some : every;
          }};
}

NaivePredicate NaivePredicates::count() {
  const auto place = random_.pick({Place::bare, Place::before});
  const auto root = root_of(steps_, random_.below(steps_.size()), place);
  const auto path = root ? walk(random_, *root, true) : std::nullopt;
  if (!path) return of_event();
  const auto op = random_.pick(operators);
  const auto limit = random_.between(0, 4);
  return {fmt::format("size({}) {} {}", text_of(place, *path), op, limit),
          [this, place, path = *path, op, limit](auto at) {
            const auto of = follow(root_of(steps_, at, place), path);
            if (!of) return false;
            const auto size = size_of(*of);
            return matches(op, size < limit ? -1 : size > limit ? 1 : 0);
          }};
}

NaivePredicate NaivePredicates::of_event() {
  const auto& step = steps_[random_.below(steps_.size())];
  switch (random_.below(4)) {
    case 0:
      return {fmt::format("event.type == {}", quoted(step.type)),
              [this, type = step.type](auto at) { return steps_[at].type == type; }};
    case 1:
      return {fmt::format("event.version > {}", step.version),
              [this, version = step.version](auto at) { return steps_[at].version > version; }};
    case 2:
      return {"event.created_at < previous.created_at",
              [this](auto at) { return at > 0 && steps_[at].created_at < steps_[at - 1].created_at; }};
    default: {
      const auto seconds = random_.between(-30, 90);
      return {fmt::format("event.created_at - previous.created_at >= {}s", seconds), [this, seconds](auto at) {
                return at > 0 && steps_[at].created_at - steps_[at - 1].created_at >= std::chrono::seconds{seconds};
              }};
    }
  }
}

}  // namespace domain::testing
