#include <eventstore/schema/detail/canonical_data.hpp>

#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr double whole_below = 9007199254740992.0;  // 2^53

std::string_view oldest_name(const Field& field) {
  return field.attributes.was.empty() ? std::string_view{field.name} : field.attributes.was;
}

class CanonicalWriter {
 public:
  struct Member {
    std::string_view name;
    const Type* type;
    BytesView bytes;
    bool is_personal = false;
  };
  // What stands for the personal values of `whole`.
  struct StandIns {
    BytesView whole;
    CanonicalStandIn json;
  };

  // `members` are those of the records around, at the end of which this one has its own.
  CanonicalWriter(BytesView bytes, std::string& out, std::vector<Member>& members, const StandIns* stand_ins)
      : in_{bytes}, end_{bytes.data() + bytes.size()}, out_{out}, members_{members}, stand_ins_{stand_ins} {}

  void value(const Type& type) {
    switch (type.kind) {
      case Kind::boolean: out_ += in_.number<std::uint8_t>() != 0 ? "true" : "false"; break;
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
      case Kind::float32: real(static_cast<double>(in_.number<float>())); break;
      case Kind::float64: real(in_.number<double>()); break;
      case Kind::secret_text: secret(); break;
      case Kind::text:
      case Kind::enumeration: append_json_string(out_, in_.text()); break;
      case Kind::bytes: append_json_bytes(out_, in_.text()); break;
      case Kind::uuid: uuid(); break;
      case Kind::timestamp: timestamp(); break;
      case Kind::json: free_data(); break;
      case Kind::optional: optional(type); break;
      case Kind::set:
      case Kind::list: list(type); break;
      case Kind::array: elements(type, type.count); break;
      case Kind::variant: variant(type); break;
      case Kind::map: map(type); break;
      case Kind::record: record({}, type); break;
    }
  }

 private:
  template <class Number> void integer() { append_json_number(out_, static_cast<std::int64_t>(in_.number<Number>())); }
  template <class Number> void natural() { append_json_number(out_, static_cast<std::uint64_t>(in_.number<Number>())); }
  void real(double number) {
    if (number == std::floor(number) && std::abs(number) < whole_below)
      append_json_number(out_, static_cast<std::int64_t>(number));
    else
      append_json_number(out_, number);
  }
  void uuid() {
    Uuid value;
    const auto bytes = in_.take(value.octets.size());
    std::ranges::copy(bytes, reinterpret_cast<std::byte*>(value.octets.data()));
    append_json_string(out_, value.to_string());
  }
  void timestamp() {
    auto text = Timestamp{in_.number<std::int64_t>()}.to_string();
    if (text.ends_with(".000000Z")) text.replace(text.size() - 8, 8, "Z");
    append_json_string(out_, text);
  }
  void secret() {
    const auto* const at = end_ - in_.remaining();
    const auto before = out_.size();
    append_json_string(out_, in_.text());
    stand_in(at, before);
  }
  // Puts what stands in for the value at `at` in place of its text, which begins at `before`.
  void stand_in(const std::byte* at, std::size_t before) {
    if (stand_ins_ == nullptr) return;
    const auto json = stand_ins_->json(static_cast<std::size_t>(at - stand_ins_->whole.data()),
                                       std::string_view{out_}.substr(before));
    if (!json.empty()) out_.replace(before, std::string::npos, json);
  }
  void free_data() {
    const auto text = in_.text();
    JsonDocument document;
    const auto root = document.parse(text.empty() ? "null" : text);
    if (root) root->write_canonical(out_);
  }
  void optional(const Type& type) {
    if (in_.number<std::uint8_t>() == 0)
      out_ += "null";
    else
      value(type.element());
  }
  void list(const Type& type) {
    const auto count = in_.number<std::uint32_t>();
    if (count > in_.remaining()) in_.take(count);  // as in BytesReader: every element takes a byte at least
    elements(type, count);
  }
  void elements(const Type& type, std::uint32_t count) {
    out_ += '[';
    for (std::uint32_t i = 0; in_.ok() && i < count; ++i) {
      if (i != 0) out_ += ',';
      value(type.element());
    }
    out_ += ']';
  }
  void variant(const Type& type) {
    const auto* const alternative = in_.alternative(type);
    if (alternative != nullptr) record(oldest_name(*alternative), alternative->type);
  }
  void map(const Type& type) {
    const auto count = in_.number<std::uint32_t>();
    out_ += '{';
    for (std::uint32_t i = 0; in_.ok() && i < count; ++i) {
      if (i != 0) out_ += ',';
      append_json_string(out_, in_.text());
      out_ += ':';
      value(type.element());
    }
    out_ += '}';
  }
  // `alternative`: the name of a variant's alternative; empty where the record is none.
  void record(std::string_view alternative, const Type& type) {
    const auto begin = members_.size();
    if (!alternative.empty()) members_.push_back({alternative_member, nullptr, as_bytes(alternative)});
    collect(type);
    std::ranges::sort(std::span{members_}.subspan(begin), {}, &Member::name);
    out_ += '{';
    for (auto i = begin; i < members_.size(); ++i) {
      const auto member = members_[i];
      if (out_.back() != '{') out_ += ',';
      append_json_string(out_, member.name);
      out_ += ':';
      if (member.type == nullptr)
        append_json_string(out_, as_text(member.bytes));
      else if (member.is_personal) {
        const auto before = out_.size();
        CanonicalWriter{member.bytes, out_, members_, nullptr}.value(*member.type);
        stand_in(member.bytes.data(), before);
      } else
        CanonicalWriter{member.bytes, out_, members_, stand_ins_}.value(*member.type);
    }
    members_.resize(begin);
    out_ += '}';
  }
  // The members that say more than that nothing was given.
  void collect(const Type& type) {
    for (const auto& field : type.fields) {
      const bool is_personal =
          stand_ins_ != nullptr && field.attributes.has(personal) && !may_take_no_bytes(field.type);
      if (!is_personal && is_flattened(field)) {
        collect(field.type);
        continue;
      }
      const auto bytes = in_.value(field.type);
      if (!in_.ok()) return;
      const bool is_missing = field.first_default ? std::ranges::equal(bytes, *field.first_default)
                                                  : field.type.kind == Kind::optional && bytes.front() == std::byte{0};
      if (!is_missing) members_.push_back({oldest_name(field), &field.type, bytes, is_personal});
    }
  }

  BytesReader in_;
  const std::byte* end_;
  std::string& out_;
  std::vector<Member>& members_;
  const StandIns* stand_ins_;  // null: there are none
};

}  // namespace

void write_canonical_data(const Type& type, BytesView bytes, std::string& out) {
  std::vector<CanonicalWriter::Member> members;
  members.reserve(32);
  CanonicalWriter{bytes, out, members, nullptr}.value(type);
}

void write_canonical_data(const Type& type, BytesView bytes, std::string& out, CanonicalStandIn stand_in) {
  std::vector<CanonicalWriter::Member> members;
  const CanonicalWriter::StandIns stand_ins{bytes, stand_in};
  CanonicalWriter{bytes, out, members, &stand_ins}.value(type);
}

}  // namespace v1
}  // namespace eventstore
