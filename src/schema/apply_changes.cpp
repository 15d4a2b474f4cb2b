#include <eventstore/schema/changes.hpp>

#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

using Node = std::optional<JsonNode>;

bool is_object(const Node& node) { return node && node->kind() == JsonKind::object; }
bool is_null(const Node& node) { return node && node->kind() == JsonKind::null; }

// From the side `from` of the changes to the side `to`.
class Applier {
 public:
  Applier(std::string& out, JsonNode nothing) : out_{out}, nothing_{nothing} {}

  bool fits = true;  // false once the changes do not belong to the value

  // A whole record; `value` is its JSON on the side that is left.
  void record(const Type& type, JsonNode value, JsonNode from, JsonNode to) {
    out_ += '{';
    members(type, value, from, to);
    out_ += '}';
  }

 private:
  void members(const Type& type, JsonNode value, JsonNode from, JsonNode to) {
    for (const auto& field : type.fields) {
      if (is_flattened(field))
        members(field.type, value, from, to);
      else
        member(field.name, field.type, value.find(field.name), from.find(field.name), to.find(field.name));
    }
  }

  void member(std::string_view name, const Type& type, const Node& value, const Node& from, const Node& to) {
    const bool is_changed = from || to;
    const bool is_there = is_changed ? to && !(type.kind == Kind::optional && is_null(to)) : value.has_value();
    if (!is_there) return;
    begin_member(name);
    if (is_changed)
      changed(type, value, from, to);
    else
      value->write(out_);
  }
  void begin_member(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
  }

  // Writes what `to` makes of the value; `to` is there.
  void changed(const Type& type, const Node& value, const Node& from, const Node& to) {
    const auto& inner = type.kind == Kind::optional ? type.element() : type;
    // From nothing, a record that is no optional has the fields that nothing set.
    const bool is_first = !from && type.kind == Kind::record;
    const bool is_entered = is_object(to) && (is_object(from) || is_first);
    if (!is_entered)
      to->write(out_);
    else if (inner.kind == Kind::record)
      is_object(value) ? record(inner, *value, from.value_or(nothing_), *to) : give_up();
    else if (inner.kind == Kind::map)
      is_object(value) ? map(inner, *value, *from, *to) : give_up();
    else if (inner.kind == Kind::list)
      value && value->kind() == JsonKind::array ? list(inner, *value, *from, *to) : give_up();
    else
      to->write(out_);
  }
  void give_up() {
    fits = false;
    out_ += "null";
  }

  static bool has_entry(const Type& element, const Node& side) {
    return side && (detail::may_be_null(element) || !is_null(side));
  }

  // Entries stand in the order of their keys, in the value and in the changes.
  void map(const Type& type, JsonNode value, JsonNode from, JsonNode to) {
    const auto& element = type.element();
    std::vector<std::pair<std::string_view, JsonNode>> entries;
    value.each_member([&](std::string_view key, JsonNode node) { return entries.emplace_back(key, node), true; });
    std::vector<std::string_view> keys;
    for (const auto& side : {from, to})
      side.each_member([&](std::string_view key, JsonNode) { return keys.push_back(key), true; });
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    out_ += '{';
    auto entry = entries.begin();
    const auto copy_until = [&](auto is_over) {
      for (; entry != entries.end() && !is_over(entry->first); ++entry) {
        begin_member(entry->first);
        entry->second.write(out_);
      }
    };
    for (const auto key : keys) {
      copy_until([&](std::string_view next) { return next >= key; });
      const bool is_there = entry != entries.end() && entry->first == key;
      const auto was = from.find(key);
      const auto is = to.find(key);
      fits = fits && is_there == has_entry(element, was);
      if (has_entry(element, is)) {
        begin_member(key);
        changed(element, is_there ? Node{entry->second} : Node{}, was, is);
      }
      if (is_there) ++entry;
    }
    copy_until([](std::string_view) { return false; });
    out_ += '}';
  }

  // The elements of one side: their first place, and how many there are.
  struct Middle {
    std::size_t first = std::string::npos;
    std::vector<JsonNode> elements{};
  };
  Middle middle(const Type& element, JsonNode side, std::size_t& first) {
    Middle found;
    side.each_member([&](std::string_view key, JsonNode node) {
      std::size_t index = 0;
      fits = fits && std::from_chars(key.data(), key.data() + key.size(), index).ec == std::errc{};
      first = std::min(first, index);
      if (has_entry(element, node)) found.elements.push_back(node);
      return true;
    });
    return found;
  }

  void list(const Type& type, JsonNode value, JsonNode from, JsonNode to) {
    std::size_t first = std::string::npos;
    const auto was = middle(type.element(), from, first);
    const auto is = middle(type.element(), to, first);
    out_ += '[';
    const auto put = [&](JsonNode element) {
      if (out_.back() != '[') out_ += ',';
      element.write(out_);
    };
    std::size_t index = 0;
    const auto put_new = [&] {
      if (index == first)
        for (const auto& element : is.elements) put(element);
    };
    value.each_element([&](JsonNode element) {
      put_new();
      if (index < first || index >= first + was.elements.size()) put(element);
      ++index;
      return true;
    });
    put_new();
    fits = fits && index >= first + was.elements.size();
    out_ += ']';
  }

  std::string& out_;
  const JsonNode nothing_;  // an object without members
};

Result<JsonNode> object_of(JsonDocument& document, std::string_view text, std::string_view what) {
  auto root = document.parse(text);
  if (root && root->kind() == JsonKind::object) return root;
  return failure(Errc::invalid_argument, "apply changes", std::string{what}, "expected a JSON object");
}

}  // namespace

Result<std::string> apply_changes(const Type& type, std::string_view value, const Changes& changes,
                                  ChangeDirection direction) {
  const bool is_forward = direction == ChangeDirection::forward;
  if ((is_forward ? changes.after : changes.before) == "{}" && !changes.empty()) return std::string{"{}"};
  JsonDocument documents[4];
  EVENTSTORE_TRY_ASSIGN(const auto root, object_of(documents[0], value, "value"));
  EVENTSTORE_TRY_ASSIGN(const auto before, object_of(documents[1], changes.before, "before"));
  EVENTSTORE_TRY_ASSIGN(const auto after, object_of(documents[2], changes.after, "after"));
  EVENTSTORE_TRY_ASSIGN(const auto nothing, object_of(documents[3], "{}", ""));
  std::string out;
  Applier applier{out, nothing};
  applier.record(type, root, is_forward ? before : after, is_forward ? after : before);
  if (applier.fits) return out;
  return failure(Errc::invalid_argument, "apply changes", "",
                 "the changes are of another value: apply the changes of every event in its order");
}

}  // namespace v1
}  // namespace eventstore
