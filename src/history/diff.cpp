#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/diff.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <algorithm>
#include <charconv>

#include "difference_walk.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

Result<JsonNode> object_of(JsonDocument& document, std::string_view text, std::string_view what) {
  auto root = document.parse(text);
  if (root && root->kind() == JsonKind::object) return root;
  return failure(Errc::invalid_argument, "compare states", std::string{what}, "expected a JSON object");
}

// The two sides of Changes, whose form is docs/reference/changes.md.
class ChangesWalk {
 public:
  // Where `before` is nothing, each field of `after` counts.
  void record(const Type& type, const SideNode& before, JsonNode after) {
    for (const auto& [field, is_bookkeeping] : json_fields(type)) {
      if (is_bookkeeping) continue;
      const auto was = before ? before->find(field->name) : SideNode{};
      const auto is = after.find(field->name);
      if (!was && !is) continue;
      walk_.at(PathStep::field(field->name), [&, each = field] {
        // The first event of a stream can leave an optional without the value that it begins with.
        const bool is_emptied = !was && !there(each->type, is);
        is_emptied ? walk_.add_removed() : value(each->type, there(each->type, was), there(each->type, is));
      });
    }
  }
  [[nodiscard]] std::vector<StateDifference> take() && { return std::move(walk_).take(); }

 private:
  // A field that is an optional without value is null.
  static SideNode there(const Type& type, const SideNode& side) {
    return type.kind == Kind::optional && side && side->kind() == JsonKind::null ? SideNode{} : side;
  }
  // A side that lacks an entry or an element has null, or leaves it out where null may be a value.
  static SideNode entry(const Type& element, const SideNode& side) {
    return !detail::may_be_null(element) && side && side->kind() == JsonKind::null ? SideNode{} : side;
  }

  void value(const Type& type, const SideNode& before, const SideNode& after) {
    const auto& inner = without_optionals(type);
    const bool is_first_record = !before && type.kind == Kind::record && is_object(after);
    const bool has_both = is_object(before) && is_object(after);
    if (is_first_record || (has_both && inner.kind == Kind::record))
      record(inner, before, *after);
    else if (has_both && inner.kind == Kind::map)
      map(inner.element(), *before, *after);
    else if (has_both && inner.kind == Kind::list)
      list(inner.element(), *before, *after);
    else
      walk_.add(before, after);
  }

  void map(const Type& element, JsonNode before, JsonNode after) {
    const auto compare = [&](std::string_view key, const SideNode& before_entry, const SideNode& after_entry) {
      walk_.at(PathStep::key(key), [&] {
        const auto was = entry(element, before_entry);
        const auto is = entry(element, after_entry);
        was&& is ? value(element, was, is) : walk_.add(was, is);
      });
    };
    each_entry(entries_of(before), entries_of(after), compare);
  }

  // The elements between the equal beginning and the equal end, by their places, which follow one another.
  void list(const Type& element, JsonNode before, JsonNode after) {
    auto first = std::string::npos;
    const auto elements_of = [&](JsonNode side) {
      std::vector<JsonNode> elements;
      side.each_member([&](std::string_view name, JsonNode node) {
        std::size_t index = 0;
        (void)std::from_chars(name.data(), name.data() + name.size(), index);
        first = std::min(first, index);
        if (entry(element, node)) elements.push_back(node);
        return true;
      });
      return elements;
    };
    const auto olds = elements_of(before);
    const auto news = elements_of(after);
    walk_.elements(element, olds, news, first);
  }

  DifferenceWalk walk_{};
};

void append_member(std::string& out, std::string_view name, std::string_view json) {
  out += out.back() == '{' ? "" : ",";
  append_json_string(out, name);
  out += ':';
  out += json;
}

std::string quoted(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

}  // namespace

Result<std::vector<StateDifference>> differences_between(const Type& type, std::string_view before,
                                                         std::string_view after) {
  return detail::guarded("compare states", {}, [&]() -> Result<std::vector<StateDifference>> {
    JsonDocument documents[2];
    EVENTSTORE_TRY_ASSIGN(const auto was, object_of(documents[0], before, "before"));
    EVENTSTORE_TRY_ASSIGN(const auto is, object_of(documents[1], after, "after"));
    DifferenceWalk walk;
    walk.record(type, was, is);
    return std::move(walk).take();
  });
}

Result<std::vector<StateDifference>> differences_of(const Type& type, const Changes& changes) {
  return detail::guarded("compare states", {}, [&]() -> Result<std::vector<StateDifference>> {
    JsonDocument documents[2];
    EVENTSTORE_TRY_ASSIGN(const auto before, object_of(documents[0], changes.before, "before"));
    EVENTSTORE_TRY_ASSIGN(const auto after, object_of(documents[1], changes.after, "after"));
    ChangesWalk walk;
    walk.record(type, before, after);
    return std::move(walk).take();
  });
}

std::string json_patch(const std::vector<StateDifference>& differences) {
  std::string out{"["};
  for (const auto& difference : differences) {
    if (out.size() > 1) out += ',';
    const bool is_removed = difference.kind == DifferenceKind::removed;
    out += '{';
    append_member(out, "op",
                  is_removed                                 ? "\"remove\""
                  : difference.kind == DifferenceKind::added ? "\"add\""
                                                             : "\"replace\"");
    append_member(out, "path", quoted(difference.path.pointer()));
    if (!is_removed) append_member(out, "value", difference.after);
    out += '}';
  }
  return out + ']';
}

}  // namespace v1
}  // namespace eventstore
