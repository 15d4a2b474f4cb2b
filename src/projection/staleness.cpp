// What differs between a collection and what its projection would make now.
#include "lane.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::string_view aggregate_part = "aggregate-";

// A part by its name: "shape", "aggregate-delivery".
struct Part {
  std::string_view name;
  std::string_view value;
};

std::vector<Part> parts_of(std::string_view fingerprint) {
  std::vector<Part> parts;
  while (!fingerprint.empty()) {
    const auto part = fingerprint.substr(0, fingerprint.find(' '));
    const auto colon = std::min(part.find(':'), part.size());
    parts.push_back({part.substr(0, colon), part.substr(colon)});
    fingerprint.remove_prefix(std::min(fingerprint.size(), part.size() + 1));
  }
  return parts;
}

std::string sentence_about(std::string_view part, bool is_new) {
  if (part == "shape") return "its documents or indexes have another shape";
  if (part == "events") return "the events it reads have other schemas";
  if (part == "ignores") return "it handles other events";
  if (part == "code") return "its code changed";
  if (!part.starts_with(aggregate_part)) return std::string{part} + " changed";
  return fmt::format("aggregate {} {}", part.substr(aggregate_part.size()),
                     is_new ? "was not known to the build that made it" : "changed");
}

// A state that no event has had yet is in no document.
bool has_events(const EventLog& log, std::string_view category, Position last) {
  const auto dropped = log.dropped();
  if (!dropped) return true;
  ReadAll from{.from = dropped->last.next(), .limit = 1, .filter = {.category = std::string{category}}};
  while (true) {
    const auto page = log.read_all(from);
    if (!page) return true;  // who reads on will be told why
    if (!page->events.empty()) return page->events.front().position <= last;
    from.from = Position{page->next};
    if (page->at_end || from.from > last) return false;
  }
}

}  // namespace

std::string differing_parts(const EventLog& log, const Checkpoint& made, const ProjectionType& projection,
                            std::span<const AggregateType> aggregates) {
  const auto fingerprint = projection.fingerprint(aggregates);
  if (made.fingerprint == fingerprint) return {};
  const auto was = parts_of(made.fingerprint);
  const auto is = parts_of(fingerprint);
  std::string text;
  const auto add = [&](std::string_view part, bool is_new) {
    text += (text.empty() ? "" : "; ") + sentence_about(part, is_new);
  };
  for (const auto& [part, value] : is) {
    const auto before = std::ranges::find(was, part, &Part::name);
    const bool is_new = before == was.end();
    const bool is_aggregate = part.starts_with(aggregate_part);
    if (!is_new && before->value != value) add(part, false);
    if (is_new && part == "ignores") continue;  // earlier builds did not keep it
    if (is_new && (!is_aggregate || has_events(log, part.substr(aggregate_part.size()), made.position)))
      add(part, is_aggregate);
  }
  const auto has_code = [](const auto& parts) { return std::ranges::find(parts, "code", &Part::name) != parts.end(); };
  if (has_code(was) && !has_code(is)) add("code", false);
  return text;
}

bool is_known(const PassedOverType& type, std::span<const AggregateType> aggregates) {
  return std::ranges::any_of(aggregates, [&](const AggregateType& aggregate) {
    return aggregate.has_category(type.category) && aggregate.readable != nullptr &&
           aggregate.readable->has_name(type.type);
  });
}

}  // namespace v1
}  // namespace eventstore
