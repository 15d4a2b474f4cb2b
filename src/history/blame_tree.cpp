#include "blame_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "difference_walk.hpp"
#include "excerpt.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

using StepKind = PathStep::Kind;

bool holds_others(Kind kind) { return kind == Kind::record || kind == Kind::map || kind == Kind::list; }

}  // namespace

BlameTree::BlameTree(const Type& state, JsonNode begin, Version by, BlameDepth depth) : depth_{depth}, root_{&state} {
  set(root_, begin, by);
}

const std::vector<const Field*>& BlameTree::fields_of(const Type& record) {
  const auto [found, is_new] = fields_.try_emplace(&record);
  if (is_new)
    for (const auto& [field, is_bookkeeping] : json_fields(record))
      if (!is_bookkeeping) found->second.push_back(field);
  return found->second;
}

bool BlameTree::is_leaf(const Node& node) { return !holds_others(node.type->kind); }

void BlameTree::set(Node& node, const std::optional<JsonNode>& json, Version by) {
  if (!json) return clear(node, by);
  node.touched = by;
  if (node.type->kind == Kind::record && is_object(json)) {
    set_fields(node, *json, by);
  } else if (node.type->kind == Kind::map && is_object(json)) {
    set_entries(node, *json, by);
  } else if (node.type->kind == Kind::list && is_array(json)) {
    node.children.clear();
    json->each_element([&](JsonNode element) {
      set(node.children.emplace_back(Node{&without_optionals(node.type->element())}), element, by);
      return true;
    });
  } else {
    return set_leaf(node, json_of(json), by);
  }
  node.is_there = true;
}

void BlameTree::set_leaf(Node& node, std::string value, Version by) {
  node.touched = by;
  node.is_there = true;
  if (depth_ == BlameDepth::all && by != Version{0}) node.sets.push_back({by, value});
  node.value = std::move(value);
}

void BlameTree::set_fields(Node& node, JsonNode json, Version by) {
  for (const auto* const each : fields_of(*node.type)) {
    auto& member = field(node, each->name);
    const auto value = json.find(each->name);
    if (value || member.is_there) set(member, value, by);
  }
}

void BlameTree::set_entries(Node& node, JsonNode json, Version by) {
  const auto news = entries_of(json);
  for (auto& [key, entry] : node.entries)
    if (entry.is_there && !news.contains(key)) clear(entry, by);
  for (const auto& [key, value] : news) set(child(node, PathStep::key(key)), value, by);
}

void BlameTree::clear(Node& node, Version by) {
  if (!node.is_there) return;
  node.touched = by;
  node.is_there = false;
  node.value.clear();
  if (node.type->kind == Kind::list) node.children.clear();
  for (auto& each : node.children) clear(each, by);
  for (auto& [key, entry] : node.entries) clear(entry, by);
  if (is_leaf(node) && depth_ == BlameDepth::all) node.sets.push_back({by, {}});
}

BlameTree::Node& BlameTree::field(Node& record, const std::string& name) {
  const auto& fields = fields_of(*record.type);
  if (record.children.empty())
    for (const auto* const each : fields) record.children.push_back(Node{&without_optionals(each->type)});
  const auto found = std::ranges::find(fields, name, [](const Field* each) { return each->name; });
  return record.children[static_cast<std::size_t>(found - fields.begin())];
}

BlameTree::Node& BlameTree::child(Node& parent, const PathStep& step) {
  if (step.kind == StepKind::field) return field(parent, step.name);
  if (step.kind == StepKind::element) return parent.children[step.index];
  return parent.entries.try_emplace(step.name, Node{&without_optionals(parent.type->element())}).first->second;
}

Result<void> BlameTree::apply(const std::vector<StateDifference>& differences, Version by) {
  for (const auto& difference : differences) EVENTSTORE_TRY(apply(difference, by));
  return {};
}

Result<void> BlameTree::apply(const StateDifference& difference, Version by) {
  const auto& steps = difference.path.steps;
  auto* parent = &root_;
  parent->touched = by;
  for (auto step = steps.begin(); std::next(step) != steps.end(); ++step) {
    parent = &child(*parent, *step);
    parent->touched = by;
  }
  const auto& last = steps.back();
  const auto place = parent->children.begin() + static_cast<std::ptrdiff_t>(last.index);
  if (last.kind == StepKind::element && difference.kind == DifferenceKind::removed) {
    parent->children.erase(place);
    return {};
  }
  if (last.kind == StepKind::element && difference.kind == DifferenceKind::added)
    parent->children.insert(place, Node{&without_optionals(parent->type->element())});
  auto& node = child(*parent, last);
  if (difference.kind == DifferenceKind::removed)
    clear(node, by);
  else if (is_leaf(node))
    set_leaf(node, difference.after, by);
  else {
    EVENTSTORE_TRY_ASSIGN(const auto json, document_.parse(difference.after));
    set(node, json, by);
  }
  return {};
}

Result<const BlameTree::Node*> BlameTree::find(const StatePath& within) const {
  const auto* node = &root_;
  for (const auto& step : within.steps) {
    EVENTSTORE_TRY_ASSIGN(node, find(*node, step, within));
  }
  return node;
}

Result<const BlameTree::Node*> BlameTree::find(const Node& parent, const PathStep& step,
                                               const StatePath& within) const {
  const auto missing = [&](Errc code, std::string detail) {
    return failure(code, "blame", excerpt(within.text()), std::move(detail));
  };
  if (step.kind == StepKind::field) {
    const auto fields = fields_.find(parent.type);
    if (fields != fields_.end())
      for (std::size_t i = 0; i < parent.children.size(); ++i)
        if (fields->second[i]->name == step.name) return &parent.children[i];
    if (!parent.children.empty())
      return missing(Errc::invalid_argument,
                     step.name + " is bookkeeping of the aggregate: what an event changed does not tell of it");
    return missing(Errc::not_found, "the record that has the field " + step.name + " is not there");
  }
  if (step.kind == StepKind::element) {
    if (step.index < parent.children.size()) return &parent.children[step.index];
    return missing(Errc::not_found,
                   fmt::format("there is no element {}: the list has {}, from 0", step.index, parent.children.size()));
  }
  const auto entry = parent.entries.find(step.name);
  if (entry != parent.entries.end()) return &entry->second;
  return missing(Errc::not_found, "the map never had the key " + excerpt(step.name));
}

Result<std::vector<BlamedValue>> BlameTree::values(const StatePath& within) const {
  EVENTSTORE_TRY_ASSIGN(const auto* const node, find(within));
  std::vector<BlamedValue> found;
  auto path = within;
  list(*node, path, found);
  if (found.empty() && !within.steps.empty()) found.push_back({within, {}, {}});
  return found;
}

void BlameTree::list(const Node& node, StatePath& path, std::vector<BlamedValue>& to) const {
  if (is_leaf(node)) return list_leaf(node, path, to);
  const auto count = to.size();
  if (node.is_there || depth_ == BlameDepth::all) list_children(node, path, to);
  if (to.size() != count) return;
  const bool is_cleared = !node.is_there && node.touched != Version{0};
  if (node.is_there || is_cleared)
    to.push_back({path, !node.is_there ? "" : node.type->kind == Kind::list ? "[]" : "{}", node.touched});
}

void BlameTree::list_leaf(const Node& node, const StatePath& path, std::vector<BlamedValue>& to) const {
  for (const auto& [by, value] : node.sets) to.push_back({path, value, by});
  if (node.sets.empty() && (node.is_there || node.touched != Version{0}))
    to.push_back({path, node.value, node.touched});
}

void BlameTree::list_children(const Node& node, StatePath& path, std::vector<BlamedValue>& to) const {
  const auto list_at = [&](PathStep step, const Node& each) {
    path.steps.push_back(std::move(step));
    list(each, path, to);
    path.steps.pop_back();
  };
  const auto fields = fields_.find(node.type);
  for (std::size_t i = 0; i < node.children.size(); ++i)
    list_at(node.type->kind == Kind::record ? PathStep::field(fields->second[i]->name) : PathStep::element(i),
            node.children[i]);
  for (const auto& [key, entry] : node.entries)
    if (entry.is_there || depth_ == BlameDepth::all) list_at(PathStep::key(key), entry);
}

}  // namespace v1
}  // namespace eventstore
