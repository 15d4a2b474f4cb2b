#include <eventstore/history/state_path.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "excerpt.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

void append_fields(const Type& record, bool is_bookkeeping, std::vector<PathField>& to) {
  for (const auto& field : record.fields) {
    const bool is_kept = is_bookkeeping || field.attributes.has(bookkeeping);
    if (field.type.kind == Kind::record && field.attributes.has(flattened))
      append_fields(field.type, is_kept, to);
    else
      to.push_back({&field, is_kept});
  }
}

std::string escaped(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

// Reads one step after another, each within the type of the one before.
class Parser {
 public:
  Parser(const Type& state, std::string_view text) : type_{&without_optionals(state)}, text_{text}, rest_{text} {}

  Result<StatePath> parse() {
    if (rest_.empty()) return wrong("expected a path like status or list[0].field");
    EVENTSTORE_TRY(named());
    while (!rest_.empty()) {
      if (rest_.front() == '.') {
        rest_.remove_prefix(1);
        EVENTSTORE_TRY(named());
      } else if (rest_.front() == '[') {
        EVENTSTORE_TRY(bracketed());
      } else {
        return wrong("expected . or [ behind " + before());
      }
    }
    return std::move(path_);
  }

 private:
  [[nodiscard]] std::string before() const { return excerpt(text_.substr(0, text_.size() - rest_.size())); }

  tl::unexpected<Error> wrong(std::string detail) const {
    return failure(Errc::invalid_argument, "read path", excerpt(text_), std::move(detail));
  }

  [[nodiscard]] std::string here() const {
    return path_.steps.empty() ? std::string{"the state"}
                               : excerpt(path_.text()) + ", which is " + describe(*type_) + ",";
  }

  Result<void> named() {
    const auto size = std::min(rest_.find_first_of(".["), rest_.size());
    const auto name = rest_.substr(0, size);
    if (name.empty()) return wrong("expected a name at the end of " + (text_ == rest_ ? "the path" : before()));
    if (type_->kind == Kind::map)
      enter(PathStep::key(name), type_->element());
    else
      EVENTSTORE_TRY(enter_field(name));
    rest_.remove_prefix(size);
    return {};
  }

  Result<void> enter_field(std::string_view name) {
    if (type_->kind != Kind::record) return wrong(fmt::format("{} has no field {}", here(), excerpt(name)));
    std::string known;
    for (const auto& [field, ignored] : json_fields(*type_)) {
      if (field->name == name) {
        enter(PathStep::field(name), field->type);
        return {};
      }
      known += (known.empty() ? "" : ", ") + field->name;
    }
    return wrong(fmt::format("{} has no field {}; it has {}", here(), excerpt(name), known));
  }

  Result<void> bracketed() {
    rest_.remove_prefix(1);
    return !rest_.empty() && rest_.front() == '"' ? quoted() : numbered();
  }

  // A key as a JSON string; the first quote that no backslash precedes ends it.
  Result<void> quoted() {
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
    if (end + 1 >= rest_.size() || rest_[end + 1] != ']')
      return wrong("a key ends with \"]: write " + before() + "\"key\"]");
    JsonDocument document;
    const auto key = document.parse(rest_.substr(0, end + 1));
    if (!key || key->kind() != JsonKind::text) return wrong("the key behind " + before() + " is no JSON string");
    if (type_->kind != Kind::map) return wrong(fmt::format("{} has no keys", here()));
    enter(PathStep::key(key->text()), type_->element());
    rest_.remove_prefix(end + 2);
    return {};
  }

  Result<void> numbered() {
    const auto end = rest_.find(']');
    const auto digits = rest_.substr(0, std::min(end, rest_.size()));
    std::size_t index = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (end == std::string_view::npos || digits.empty() || read.ec != std::errc{} ||
        read.ptr != digits.data() + digits.size())
      return wrong("expected the number of an element, or a key in quotes, and ] behind " + before());
    if (type_->kind != Kind::list) return wrong(fmt::format("{} has no elements to enter", here()));
    enter(PathStep::element(index), type_->element());
    rest_.remove_prefix(end + 1);
    return {};
  }

  void enter(PathStep step, const Type& type) {
    path_.steps.push_back(std::move(step));
    type_ = &without_optionals(type);
  }

  const Type* type_;
  const std::string_view text_;
  std::string_view rest_;
  StatePath path_{};
};

}  // namespace

std::string StatePath::text() const {
  std::string out;
  for (const auto& step : steps) switch (step.kind) {
      case PathStep::Kind::field: out += (out.empty() ? "" : ".") + step.name; break;
      case PathStep::Kind::key:
        out += '[';
        append_json_string(out, step.name);
        out += ']';
        break;
      case PathStep::Kind::element: out += fmt::format("[{}]", step.index); break;
    }
  return out;
}

std::string StatePath::pointer() const {
  std::string out;
  for (const auto& step : steps)
    out += '/' + (step.kind == PathStep::Kind::element ? std::to_string(step.index) : escaped(step.name));
  return out;
}

Result<StatePath> StatePath::parse(const Type& state, std::string_view text) { return Parser{state, text}.parse(); }

std::vector<PathField> json_fields(const Type& record) {
  std::vector<PathField> fields;
  append_fields(record, false, fields);
  return fields;
}

const Type& without_optionals(const Type& type) {
  const auto* inner = &type;
  while (inner->kind == Kind::optional) inner = &inner->element();
  return *inner;
}

}  // namespace v1
}  // namespace eventstore
