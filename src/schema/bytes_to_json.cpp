#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/secret.hpp>

#include <algorithm>

#include "depth_max.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

class Writer {
 public:
  Writer(BytesReader& in, std::string& out, const JsonWriting& writing)
      : in_{in}, out_{out}, empty_{writing.empty}, writing_{writing}, whole_{in.remaining()} {}

  void value(const Type& type, int depth) {
    if (depth > depth_max) impossible_ = true;
    if (!ok()) return;
    switch (type.kind) {
      case Kind::boolean: out_ += flag() ? "true" : "false"; break;
      case Kind::int8: integer<std::int8_t>(); break;
      case Kind::int16: integer<std::int16_t>(); break;
      case Kind::int32: integer<std::int32_t>(); break;
      case Kind::nanoseconds:
      case Kind::microseconds:
      case Kind::milliseconds:
      case Kind::seconds:
      case Kind::minutes:
      case Kind::hours:
      case Kind::days:
      case Kind::int64: integer<std::int64_t>(); break;
      case Kind::uint8: natural<std::uint8_t>(); break;
      case Kind::uint16: natural<std::uint16_t>(); break;
      case Kind::uint32: natural<std::uint32_t>(); break;
      case Kind::uint64: natural<std::uint64_t>(); break;
      case Kind::float32: append_json_number(out_, static_cast<double>(in_.number<float>())); break;
      case Kind::float64: append_json_number(out_, in_.number<double>()); break;
      case Kind::text:
      case Kind::enumeration: append_json_string(out_, in_.text()); break;
      case Kind::secret_text: secret(type); break;
      case Kind::bytes: append_json_bytes(out_, in_.text()); break;
      case Kind::uuid: uuid(); break;
      case Kind::timestamp: timestamp(); break;
      case Kind::json: free_data(); break;
      case Kind::optional: optional(type, depth); break;
      case Kind::set:
      case Kind::list: list(type, depth); break;
      case Kind::array: elements(type, type.count, depth); break;
      case Kind::variant: variant(type, depth); break;
      case Kind::map: map(type, depth); break;
      case Kind::record:
        out_ += '{';
        members(type, depth);
        out_ += '}';
        break;
    }
  }

  [[nodiscard]] bool ok() const { return in_.ok() && !impossible_; }

 private:
  bool flag() {
    const auto stored = in_.number<std::uint8_t>();
    if (stored > 1) impossible_ = true;
    return stored == 1;
  }
  template <class Number> void integer() { append_json_number(out_, static_cast<std::int64_t>(in_.number<Number>())); }
  template <class Number> void natural() { append_json_number(out_, static_cast<std::uint64_t>(in_.number<Number>())); }
  // Writes what stands in for the value of `type` that comes next, and takes it; false where nothing does.
  bool stand_in(const Type& type) {
    auto& rest = writing_.stand_ins;
    if (rest.empty()) return false;
    const auto offset = whole_ - in_.remaining();
    while (!rest.empty() && rest.front().offset < offset) rest = rest.subspan(1);
    if (rest.empty() || rest.front().offset != offset || may_take_no_bytes(type)) return false;
    out_ += rest.front().json;
    in_.value(type);
    return true;
  }
  void secret(const Type& type) {
    if (stand_in(type)) return;
    const auto text = in_.text();
    const bool is_written = writing_.secrets == ShownSecrets::revealed ||
                            (text.empty() && writing_.secrets == ShownSecrets::sealed_unless_empty);
    append_json_string(out_, is_written ? text : shown_secret);
  }
  void name(const Field& field) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, field.name);
    out_ += ':';
  }
  // The field with what stands in for its value; false where nothing does.
  bool stood_in(const Field& field) {
    if (writing_.stand_ins.empty() || !field.attributes.has(personal)) return false;
    const auto before = out_.size();
    name(field);
    if (stand_in(field.type)) return true;
    out_.resize(before);
    return false;
  }
  void timestamp() {
    const Timestamp time{in_.number<std::int64_t>()};
    if (is_calendar_time(time))
      append_json_string(out_, time.to_string());
    else
      impossible_ = true;
  }
  void uuid() {
    Uuid value;
    if (const auto bytes = in_.take(value.octets.size()); in_.ok())
      std::memcpy(value.octets.data(), bytes.data(), bytes.size());
    const auto from = out_.size() + 1;
    out_.append(38, '"');
    value.write_to(out_.data() + from);
  }
  void free_data() {
    const auto text = in_.text();
    out_ += text.empty() ? std::string_view{"null"} : text;
  }
  void optional(const Type& type, int depth) {
    if (flag())
      value(type.element(), depth + 1);
    else
      out_ += "null";
  }
  void list(const Type& type, int depth) {
    const auto count = in_.number<std::uint32_t>();
    if (count > in_.remaining()) impossible_ = true;  // as in BytesReader: every element takes a byte at least
    elements(type, count, depth);
  }
  void elements(const Type& type, std::uint32_t count, int depth) {
    out_ += '[';
    for (std::uint32_t i = 0; ok() && i < count; ++i) {
      if (i != 0) out_ += ',';
      value(type.element(), depth + 1);
    }
    out_ += ']';
  }
  void variant(const Type& type, int depth) {
    const auto* alternative = in_.alternative(type);
    if (alternative == nullptr) return;
    out_ += '{';
    append_json_string(out_, alternative_member);
    out_ += ':';
    append_json_string(out_, alternative->name);
    members(alternative->type, depth + 1);
    out_ += '}';
  }
  void map(const Type& type, int depth) {
    const auto count = in_.number<std::uint32_t>();
    out_ += '{';
    for (std::uint32_t i = 0; ok() && i < count; ++i) {
      if (i != 0) out_ += ',';
      append_json_string(out_, in_.text());
      out_ += ':';
      value(type.element(), depth + 1);
    }
    out_ += '}';
  }
  void members(const Type& type, int depth) {
    for (const auto& field : type.fields) {
      if (!ok()) return;
      if (stood_in(field)) continue;
      if (is_flattened(field)) {
        members(field.type, depth + 1);
        continue;
      }
      const auto* shown = &field.type;
      bool empty_default = false;
      if (field.type.kind == Kind::optional && empty_ == EmptyOptionals::omit) {
        const bool present = flag();
        // A reader would replace a field that is left out by its default.
        if (!present && !field.default_value) continue;
        if (present) shown = &field.type.element();
        empty_default = !present;
      }
      name(field);
      if (empty_default)
        out_ += "null";
      else
        value(*shown, depth + 1);
    }
  }

  BytesReader& in_;
  std::string& out_;
  EmptyOptionals empty_;
  JsonWriting writing_;  // with the stand-ins that come
  std::size_t whole_;
  bool impossible_ = false;
};

}  // namespace

Result<void> bytes_to_json(const Type& type, BytesView bytes, std::string& out, const JsonWriting& writing) {
  BytesReader reader{bytes};
  Writer writer{reader, out, writing};
  writer.value(type, 0);
  if (!writer.ok() || !reader.done())
    return failure(Errc::corrupt_record, "write JSON", "", "the bytes are not a value of " + describe(type));
  return {};
}

}  // namespace v1
}  // namespace eventstore
