#pragma once
// Who set what, found the slow way: by whole JSON documents of every version, without changes.
#include <eventstore/history/state_path.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace eventstore::testing {

using nlohmann::json;

struct NaiveSet {
  std::uint64_t by;
  std::optional<json> value;
};

/// Path -> the sets of the value there, in order; the last is the present one.
using NaiveBlame = std::map<std::string, std::vector<NaiveSet>>;

class NaiveBlamer {
 public:
  /// Of a state from nothing, whose JSON is `fresh`.
  NaiveBlamer(const Type& type, const json& fresh) : type_{type} { advance(type, root_, &fresh, 0); }

  void next(const json& state) {
    advance(type_, root_, &state, ++version_);
    if (version_ == 1) begin(type_, root_);
  }
  [[nodiscard]] NaiveBlame rows(bool all) const {
    NaiveBlame found;
    list(type_, root_, "", all, found);
    return found;
  }

 private:
  struct Mark {
    std::uint64_t by = 0;
    std::optional<json> value{};
    std::vector<NaiveSet> sets{};
    std::map<std::string, Mark> members{};
    std::vector<Mark> elements{};
  };

  static const Type& inner(const Type& type) { return type.kind == Kind::optional ? inner(type.element()) : type; }
  static bool is_leaf(const Type& type) {
    return type.kind != Kind::record && type.kind != Kind::map && type.kind != Kind::list;
  }
  static void set(Mark& mark, std::uint64_t by, std::optional<json> value) {
    if (by != 0) mark.sets.push_back({by, std::move(value)});
  }

  void advance(const Type& wrapped, Mark& mark, const json* after, std::uint64_t by) {
    const auto& type = inner(wrapped);
    if (after == nullptr) return vanish(type, mark, by);
    if (mark.value && *mark.value == *after) return;
    const auto before = std::exchange(mark.value, *after);
    mark.by = by;
    if (type.kind == Kind::record && after->is_object()) {
      for (const auto& [field, is_bookkeeping] : json_fields(type)) {
        const auto found = after->find(field->name);
        if (!is_bookkeeping)
          advance(field->type, mark.members[field->name], found == after->end() ? nullptr : &*found, by);
      }
    } else if (type.kind == Kind::map && after->is_object()) {
      for (auto& [key, member] : mark.members)
        if (!after->contains(key)) vanish(inner(type.element()), member, by);
      for (const auto& [key, value] : after->items()) advance(type.element(), mark.members[key], &value, by);
    } else if (type.kind == Kind::list && after->is_array()) {
      follow(type.element(), mark, before && before->is_array() ? *before : json::array(), *after, by);
    } else {
      set(mark, by, *after);
    }
  }

  static void vanish(const Type& type, Mark& mark, std::uint64_t by) {
    if (!mark.value) return;
    mark.value.reset();
    mark.by = by;
    mark.elements.clear();
    if (is_leaf(type)) set(mark, by, {});
    if (type.kind == Kind::record)
      for (const auto& [field, ignored] : json_fields(type)) vanish(inner(field->type), mark.members[field->name], by);
    if (type.kind == Kind::map)
      for (auto& [key, member] : mark.members) vanish(inner(type.element()), member, by);
  }

  // Old elements keep their marks: those at the equal ends, those of a longest common subsequence of what is between,
  // and those that stand together between two equal ones.
  void follow(const Type& type, Mark& mark, const json& before, const json& after, std::uint64_t by) {
    std::size_t begin = 0;
    std::size_t old_end = before.size();
    std::size_t new_end = after.size();
    while (begin < old_end && begin < new_end && before[begin] == after[begin]) ++begin;
    while (old_end > begin && new_end > begin && before[old_end - 1] == after[new_end - 1]) --old_end, --new_end;
    std::vector<std::vector<int>> longest(old_end + 1, std::vector<int>(new_end + 1));
    for (auto i = old_end; i-- > begin;)
      for (auto j = new_end; j-- > begin;)
        longest[i][j] =
            before[i] == after[j] ? longest[i + 1][j + 1] + 1 : std::max(longest[i + 1][j], longest[i][j + 1]);
    std::map<std::size_t, std::size_t> old_of;
    for (std::size_t i = 0; i < begin; ++i) old_of[i] = i;
    for (std::size_t i = 0; new_end + i < after.size(); ++i) old_of[new_end + i] = old_end + i;
    std::size_t i = begin;
    std::size_t j = begin;
    std::size_t gap_i = begin;
    std::size_t gap_j = begin;
    const auto pair_up = [&] {
      while (gap_i < i && gap_j < j) old_of[gap_j++] = gap_i++;
    };
    while (i < old_end && j < new_end) {
      if (before[i] == after[j]) {
        pair_up();
        old_of[j] = i;
        gap_i = ++i;
        gap_j = ++j;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        ++i;
      } else {
        ++j;
      }
    }
    i = old_end;
    j = new_end;
    pair_up();
    std::vector<Mark> marks(after.size());
    for (std::size_t at = 0; at < after.size(); ++at) {
      if (old_of.contains(at)) marks[at] = mark.elements[old_of[at]];
      advance(type, marks[at], &after[at], by);
    }
    mark.elements = std::move(marks);
  }

  // The first event sets what has a value, also where a new state has the same.
  static void begin(const Type& type, Mark& mark) {
    for (const auto& [field, is_bookkeeping] : json_fields(type)) {
      auto& member = mark.members[field->name];
      if (is_bookkeeping || !member.value || member.by != 0) continue;
      if (field->type.kind == Kind::record) {
        begin(field->type, member);
      } else if (is_leaf(inner(field->type)) && !is_blank(*member.value)) {
        member.by = 1;
        set(member, 1, *member.value);
      }
    }
  }
  static bool is_blank(const json& value) {
    return value.is_null() || (value.is_array() && value.empty()) || value == "" ||
           value == "1970-01-01T00:00:00.000000Z";
  }

  static void list(const Type& wrapped, const Mark& mark, const std::string& path, bool all, NaiveBlame& to) {
    const auto& type = inner(wrapped);
    const auto own = [&] { to[path].push_back({mark.by, mark.value}); };
    const bool was_set = mark.value || mark.by != 0;
    if (is_leaf(type)) {
      if (all && !mark.sets.empty())
        to[path] = mark.sets;
      else if (was_set)
        own();
      return;
    }
    const auto count = to.size();
    if (mark.value || all) {
      if (type.kind == Kind::record)
        for (const auto& [field, is_bookkeeping] : json_fields(type))
          if (const auto found = mark.members.find(field->name); found != mark.members.end())
            list(field->type, found->second, path + (path.empty() ? "" : ".") + field->name, all, to);
      if (type.kind == Kind::map)
        for (const auto& [key, member] : mark.members)
          if (member.value || all) list(type.element(), member, path + "[" + json(key).dump() + "]", all, to);
      for (std::size_t i = 0; i < mark.elements.size(); ++i)
        list(type.element(), mark.elements[i], path + "[" + std::to_string(i) + "]", all, to);
    }
    if (to.size() == count && was_set) own();
  }

  const Type& type_;
  Mark root_{};
  std::uint64_t version_ = 0;
};

}  // namespace eventstore::testing
