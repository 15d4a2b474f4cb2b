#include <eventstore/schema/diff.hpp>

#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

bool same(BytesView a, BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

// Appends `value` under `name` to the JSON object that `out` ends in.
bool append_member(std::string& out, std::string_view name, const Type& type, BytesView value) {
  if (out.back() != '{') out += ',';
  append_json_string(out, name);
  out += ':';
  return bytes_to_json(type, value, out).has_value();
}

void append_null(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  append_json_string(out, name);
  out += ":null";
}

class Differ {
 public:
  explicit Differ(Changes& changes) : before_{changes.before}, after_{changes.after} {}

  bool record(const Type& type, BytesView before, BytesView after) {
    BytesReader old_fields{before};
    BytesReader new_fields{after};
    for (const auto& field : type.fields) {
      const auto old_value = old_fields.value(field.type);
      const auto new_value = new_fields.value(field.type);
      if (!old_fields.ok() || !new_fields.ok()) return false;
      const bool shown = !field.attributes.has(bookkeeping) && !same(old_value, new_value);
      if (shown && !changed(field.name, field.type, old_value, new_value)) return false;
    }
    return old_fields.done() && new_fields.done();
  }

 private:
  bool changed(std::string_view name, const Type& type, BytesView before, BytesView after) {
    if (type.kind == Kind::record) return nested(name, [&] { return record(type, before, after); });
    if (type.kind == Kind::map) return nested(name, [&] { return map(type, before, after); });
    // An optional with a value on both sides is compared as that value.
    if (type.kind == Kind::optional && before.size() > 1 && after.size() > 1)
      return changed(name, type.element(), before.subspan(1), after.subspan(1));
    return append_member(before_, name, type, before) && append_member(after_, name, type, after);
  }

  // Nothing at all where no field inside is shown.
  template <class Inside> bool nested(std::string_view name, Inside inside) {
    const auto before_size = before_.size();
    const auto after_size = after_.size();
    for (auto* out : {&before_, &after_}) {
      if (out->back() != '{') *out += ',';
      append_json_string(*out, name);
      *out += ":{";
    }
    const bool ok = inside();
    if (before_.back() == '{' && after_.back() == '{') {
      before_.resize(before_size);
      after_.resize(after_size);
      return ok;
    }
    before_ += '}';
    after_ += '}';
    return ok;
  }

  // Both sides are sorted by key: one pass, as in a merge.
  bool map(const Type& type, BytesView before, BytesView after) {
    MapCursor old_side{type, before};
    MapCursor new_side{type, after};
    while (!old_side.end() || !new_side.end()) {
      if (new_side.end() || (!old_side.end() && old_side.key < new_side.key)) {
        if (!append_member(before_, old_side.key, type.element(), old_side.value)) return false;
        append_null(after_, old_side.key);
        old_side.advance();
      } else if (old_side.end() || new_side.key < old_side.key) {
        append_null(before_, new_side.key);
        if (!append_member(after_, new_side.key, type.element(), new_side.value)) return false;
        new_side.advance();
      } else {
        if (!same(old_side.value, new_side.value) &&
            !changed(old_side.key, type.element(), old_side.value, new_side.value))
          return false;
        old_side.advance();
        new_side.advance();
      }
    }
    return old_side.ok() && new_side.ok();
  }

  class MapCursor {
   public:
    MapCursor(const Type& type, BytesView bytes) : type_{type}, in_{bytes}, left_{in_.number<std::uint32_t>()} {
      read();
    }
    [[nodiscard]] bool end() const { return at_end_; }
    [[nodiscard]] bool ok() const { return in_.ok(); }
    void advance() { read(); }

    std::string_view key;
    BytesView value;

   private:
    void read() {
      at_end_ = left_ == 0 || !in_.ok();
      if (at_end_) return;
      --left_;
      key = in_.text();
      value = in_.value(type_.element());
      at_end_ = !in_.ok();
    }

    const Type& type_;
    BytesReader in_;
    std::uint32_t left_;
    bool at_end_ = false;
  };

  std::string& before_;
  std::string& after_;
};

}  // namespace

std::string Changes::to_json() const { return "{\"before\":" + before + ",\"after\":" + after + "}"; }

Result<Changes> changes_between(const Type& type, BytesView before, BytesView after) {
  Changes changes;
  changes.before = "{";
  changes.after = "{";
  const bool ok = type.kind == Kind::record && Differ{changes}.record(type, before, after);
  changes.before += '}';
  changes.after += '}';
  if (!ok) return failure(Errc::corrupt_record, "compare values", "", "the bytes are not values of one record type");
  return changes;
}

}  // namespace v1
}  // namespace eventstore
