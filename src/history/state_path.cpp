#include <eventstore/history/data_path.hpp>
#include <eventstore/history/state_path.hpp>
#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "excerpt.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

void append_fields(const Type& record, bool is_bookkeeping, std::vector<PathField>& to) {
  for (const auto& field : record.fields) {
    const bool is_kept = is_bookkeeping || field.attributes.has(bookkeeping);
    if (is_flattened(field))
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

// Finds one step after another in the type of the one before.
class Resolver {
 public:
  Resolver(const Type& state, std::string_view text) : type_{&without_optionals(state)}, text_{text} {}

  Result<StatePath> resolve(const DataPath& steps) {
    for (const auto& step : steps) {
      const auto* const name = std::get_if<std::string>(&step);
      EVENTSTORE_TRY(name == nullptr ? take_element(std::get<std::size_t>(step)) : take_name(*name));
    }
    return std::move(path_);
  }

 private:
  tl::unexpected<Error> wrong(std::string detail) const {
    return failure(Errc::invalid_argument, "read path", excerpt(text_), std::move(detail));
  }

  [[nodiscard]] std::string here() const {
    return path_.steps.empty() ? std::string{"the state"}
                               : excerpt(path_.text()) + ", which is " + describe(*type_) + ",";
  }

  Result<void> take_name(const std::string& name) {
    if (type_->kind == Kind::map) return enter(PathStep::key(name), type_->element());
    if (type_->kind == Kind::list) return wrong(here() + " has no keys");
    std::string known;
    if (type_->kind == Kind::record)
      for (const auto& [field, is_bookkeeping] : json_fields(*type_)) {
        if (field->name == name) return enter(PathStep::field(name), field->type);
        if (is_bookkeeping) continue;  // nobody is sent to a field of which changes do not tell
        known += (known.empty() ? "; it has " : ", ") + field->name;
      }
    return wrong(fmt::format("{} has no field {}{}", here(), excerpt(name), known));
  }

  Result<void> take_element(std::size_t index) {
    if (type_->kind != Kind::list) return wrong(here() + " has no elements to enter");
    return enter(PathStep::element(index), type_->element());
  }

  Result<void> enter(PathStep step, const Type& type) {
    path_.steps.push_back(std::move(step));
    type_ = &without_optionals(type);
    return {};
  }

  const Type* type_;
  const std::string_view text_;
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

Result<StatePath> StatePath::parse(const Type& state, std::string_view text) {
  EVENTSTORE_TRY_ASSIGN(const auto parsed, parse_data_path(text));
  if (parsed.bytes != text.size())
    return failure(Errc::invalid_argument, "read path", excerpt(text),
                   "a path has no =; write a key with one as [\"key\"]");
  return Resolver{state, text}.resolve(parsed.path);
}

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
