#include "scrub.hpp"

#include "scrub_number.hpp"
#include "scrub_text.hpp"
#include "set_order.hpp"

#include <eventstore/schema/detail/archive.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/secret.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

void scrub_json(JsonNode node, std::string& out) {
  switch (node.kind()) {
    case JsonKind::text: return append_json_string(out, scrub_text(node.text()));
    case JsonKind::integer:
    case JsonKind::large_integer:
    case JsonKind::number: {
      std::string number;
      node.write(number);
      out += scrub_number_text(number);
      return;
    }
    case JsonKind::array:
      out += '[';
      node.each_element([&](JsonNode element) {
        if (out.back() != '[') out += ',';
        scrub_json(element, out);
        return true;
      });
      out += ']';
      return;
    case JsonKind::object: {
      ScrubbedNames names;
      out += '{';
      node.each_member([&](std::string_view name, JsonNode member) {
        if (out.back() != '{') out += ',';
        append_json_string(out, names.scrub(name));
        out += ':';
        scrub_json(member, out);
        return true;
      });
      out += '}';
      return;
    }
    default: node.write(out);
  }
}

// Copies a value of which it is known that it is one.
class Scrubber {
 public:
  explicit Scrubber(BytesView bytes) : in_{bytes} {}

  void value(const Type& type, BytesOut& out) {
    switch (type.kind) {
      case Kind::boolean: out(in_.number<std::uint8_t>()); break;
      case Kind::int8: number<std::int8_t>(out); break;
      case Kind::int16: number<std::int16_t>(out); break;
      case Kind::int32: number<std::int32_t>(out); break;
      case Kind::nanoseconds:
      case Kind::microseconds:
      case Kind::milliseconds:
      case Kind::seconds:
      case Kind::minutes:
      case Kind::hours:
      case Kind::days:
      case Kind::int64: number<std::int64_t>(out); break;
      case Kind::uint8: number<std::uint8_t>(out); break;
      case Kind::uint16: number<std::uint16_t>(out); break;
      case Kind::uint32: number<std::uint32_t>(out); break;
      case Kind::uint64: number<std::uint64_t>(out); break;
      case Kind::float32: number<float>(out); break;
      case Kind::float64: number<double>(out); break;
      case Kind::text: out(scrub_text(in_.text())); break;
      case Kind::secret_text: in_.text(), out(std::string{shown_secret}); break;
      case Kind::bytes: octets(out); break;
      case Kind::uuid: uuid(out); break;
      case Kind::timestamp: out(scrub_time(Timestamp{in_.number<std::int64_t>()})); break;
      case Kind::json: free_data(out); break;
      case Kind::optional: optional(type, out); break;
      case Kind::list: list(type, out); break;
      case Kind::map: map(type, out); break;
      case Kind::set: set(type, out); break;
      case Kind::array:
        for (std::uint32_t i = 0; i < type.count; ++i) value(type.element(), out);
        break;
      case Kind::variant: {
        const auto* const alternative = in_.alternative(type);
        out(alternative->name);
        value(alternative->type, out);
        break;
      }
      case Kind::record:
        for (const auto& field : type.fields) value(field.type, out);
        break;
      case Kind::enumeration: enumerator(type, out); break;
    }
  }

  [[nodiscard]] bool met_foreign_enumerator() const { return foreign_enumerator_; }

 private:
  template <class Number> void number(BytesOut& out) { out(scrub_number(in_.number<Number>())); }
  void octets(BytesOut& out) {
    Bytes made_up(in_.sized().size());
    for (std::size_t i = 0; i < made_up.size(); ++i) made_up[i] = static_cast<std::byte>(i);
    out(made_up);
  }
  void uuid(BytesOut& out) {
    Uuid stored;
    const auto bytes = in_.take(stored.octets.size());
    std::memcpy(stored.octets.data(), bytes.data(), bytes.size());
    out(scrub_uuid(stored));
  }
  void free_data(BytesOut& out) {
    std::string made_up;
    if (const auto text = in_.text(); !text.empty())
      if (const auto root = document_.parse(text)) scrub_json(*root, made_up);
    out(made_up);
  }
  void optional(const Type& type, BytesOut& out) {
    const auto present = in_.number<std::uint8_t>();
    out(present);
    if (present == 1) value(type.element(), out);
  }
  void list(const Type& type, BytesOut& out) {
    const auto count = in_.number<std::uint32_t>();
    out(count);
    for (std::uint32_t i = 0; i < count; ++i) value(type.element(), out);
  }
  // Texts stay different, as a map's keys do; other elements that become equal are merged into one.
  void set(const Type& type, BytesOut& out) {
    ScrubbedNames names;
    std::vector<Bytes> elements;
    for (auto count = in_.number<std::uint32_t>(); count > 0; --count) {
      BytesOut to{elements.emplace_back()};
      if (type.element().kind == Kind::text)
        to(names.scrub(in_.text()));
      else
        value(type.element(), to);
    }
    write_set(type.element(), std::move(elements), out);
  }
  // Keys ascend by their bytes, so entries whose keys come in another order move.
  void map(const Type& type, BytesOut& out) {
    const auto count = in_.number<std::uint32_t>();
    out(count);
    ScrubbedNames names;
    std::vector<std::pair<std::string, Bytes>> entries;
    for (std::uint32_t i = 0; i < count; ++i) {
      auto& [key, bytes] = entries.emplace_back(names.scrub(in_.text()), Bytes{});
      BytesOut to{bytes};
      value(type.element(), to);
    }
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [key, bytes] : entries) {
      out(key);
      out.write(bytes.data(), bytes.size());
    }
  }
  void enumerator(const Type& type, BytesOut& out) {
    const auto name = in_.sized();
    const auto& names = type.enumerators;
    if (std::find(names.begin(), names.end(), as_text(name)) == names.end()) foreign_enumerator_ = true;
    out.write_sized(name);
  }

  BytesReader in_;
  JsonDocument document_;
  bool foreign_enumerator_ = false;
};

}  // namespace

Result<Bytes> scrub(const Type& type, BytesView bytes) {
  std::string shown;
  EVENTSTORE_TRY(bytes_to_json(type, bytes, shown));
  EVENTSTORE_TRY(check_value(type, bytes));
  Bytes scrubbed;
  BytesOut out{scrubbed};
  Scrubber scrubber{bytes};
  scrubber.value(type, out);
  if (scrubber.met_foreign_enumerator())
    return failure(Errc::corrupt_record, "scrub", "", "an enumerator that its type does not have");
  return scrubbed;
}

}  // namespace v1
}  // namespace eventstore
