#include <eventstore/schema/detail/change_writer.hpp>

#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

namespace eventstore {
inline namespace v1 {

std::string Changes::to_json() const { return "{\"before\":" + before + ",\"after\":" + after + "}"; }

namespace detail {

bool may_be_null(const Type& type) { return type.kind == Kind::optional || type.kind == Kind::json; }

ChangeWriter::ChangeWriter(Changes& changes, ChangedFields fields)
    : before_{changes.before}, after_{changes.after}, takes_all_{fields == ChangedFields::all} {
  before_ = "{";
  after_ = "{";
}

void ChangeWriter::member(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  append_json_string(out, name);
  out += ':';
}

ChangeWriter::Place ChangeWriter::enter(std::string_view name) {
  const Place place{before_.size(), after_.size()};
  for (auto* const out : {&before_, &after_}) {
    member(*out, name);
    *out += '{';
  }
  return place;
}

void ChangeWriter::leave(Place place) {
  if (before_.back() == '{' && after_.back() == '{') {
    before_.resize(place.before);
    after_.resize(place.after);
    return;
  }
  before_ += '}';
  after_ += '}';
}

ChangeWriter::Place ChangeWriter::enter_after(std::string_view name) {
  const Place place{before_.size(), after_.size()};
  member(after_, name);
  after_ += '{';
  return place;
}

void ChangeWriter::leave_after(Place place) {
  if (after_.back() == '{')
    after_.resize(place.after);
  else
    after_ += '}';
}

void ChangeWriter::append(Side side, std::string_view name, const Type& type) {
  auto& out = text(side);
  member(out, name);
  (void)bytes_to_json(type, scratch_, out);  // the bytes were made of a value of the type
}

void ChangeWriter::missing(Side side, std::string_view name, const Type& type) {
  if (may_be_null(type)) return;
  auto& out = text(side);
  member(out, name);
  out += "null";
}

void ChangeWriter::finish() {
  before_ += '}';
  after_ += '}';
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
