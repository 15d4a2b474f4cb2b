#include <eventstore/schema/detail/plain_json.hpp>

#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <fmt/format.h>
#include <boost/beast/core/detail/base64.hpp>

#include <array>
#include <charconv>

#include "decimal.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// The years 0001 to 9999.
constexpr std::int64_t millis_min = -62'135'596'800'000;
constexpr std::int64_t millis_max = 253'402'300'799'999;

bool is_number(JsonKind kind) {
  return kind == JsonKind::integer || kind == JsonKind::large_integer || kind == JsonKind::number;
}

// The only member of `node`, if it has this name.
std::optional<JsonNode> only(JsonNode node, std::string_view name) {
  std::size_t members = 0;
  node.each_member([&](std::string_view, JsonNode) { return ++members == 1; });
  return members == 1 ? node.find(name) : std::nullopt;
}

// The digits of a number, wrapped or not; empty where it is none. NaN and Infinity are none: JSON has no word for them.
std::string digits_of(JsonNode node) {
  if (is_number(node.kind())) return node.number_text();
  static constexpr std::array names{"$numberInt", "$numberLong", "$numberDouble", "$numberDecimal"};
  for (const auto* const name : names)
    if (const auto number = only(node, name)) {
      if (is_number(number->kind())) return number->number_text();
      if (number->kind() == JsonKind::text && Decimal::parse(number->text())) return std::string{number->text()};
    }
  return {};
}

// Ids of events were derived from this form before all six digits were written always.
std::string text_of(Timestamp time) {
  auto text = time.to_string();
  if (const auto fraction = text.find(".000000"); fraction != std::string::npos) text.erase(fraction, 7);
  return text;
}

// pymongo's legacy mode leaves a UUID's dashes out.
std::string with_dashes(std::string uuid) {
  if (uuid.size() != 32) return uuid;
  for (const std::size_t at : {8U, 13U, 18U, 23U}) uuid.insert(at, 1, '-');
  return uuid;
}

// Format: MongoDB Extended JSON v2 and v1 (mongodb/specifications, "extended-json").
class PlainWriter {
 public:
  explicit PlainWriter(std::string& out) : out_{out} {}

  Result<void> write(JsonNode node) {
    switch (node.kind()) {
      case JsonKind::object: {
        EVENTSTORE_TRY_ASSIGN(const bool is_written, write_wrapped(node));
        return is_written ? Result<void>{} : write_members(node);
      }
      case JsonKind::array: return write_items(node);
      default: node.write(out_); return {};
    }
  }

 private:
  Result<void> write_members(JsonNode node) {
    out_ += '{';
    Result<void> written;
    node.each_member([&](std::string_view name, JsonNode value) {
      if (out_.back() != '{') out_ += ',';
      append_json_string(out_, name);
      out_ += ':';
      written = write(value);
      if (!written) prepend(written.error(), name.substr(0, 64));
      return written.has_value();
    });
    out_ += '}';
    return written;
  }
  Result<void> write_items(JsonNode node) {
    out_ += '[';
    Result<void> written;
    std::size_t at = 0;
    node.each_element([&](JsonNode element) {
      if (out_.back() != '[') out_ += ',';
      written = write(element);
      if (!written) prepend(written.error(), fmt::format("[{}]", at));
      ++at;
      return written.has_value();
    });
    out_ += ']';
    return written;
  }
  static void prepend(Error& error, std::string_view step) {
    const bool joins = error.where.empty() || error.where.front() == '[';
    error.where = fmt::format("{}{}{}", step, joins ? "" : ".", error.where);
  }

  // False where `node` stands for itself.
  Result<bool> write_wrapped(JsonNode node) {
    if (const auto date = only(node, "$date")) return write_date(*date);
    if (const auto digits = digits_of(node); !digits.empty()) {
      out_ += digits;
      return true;
    }
    if (const auto id = only(node, "$oid"); id && id->kind() == JsonKind::text) {
      append_json_string(out_, id->text());
      return true;
    }
    if (const auto uuid = only(node, "$uuid"); uuid && uuid->kind() == JsonKind::text) {
      append_json_string(out_, with_dashes(std::string{uuid->text()}));
      return true;
    }
    if (const auto binary = only(node, "$binary"); binary && binary->kind() == JsonKind::object)
      return write_binary(binary->find("base64"), binary->find("subType"));
    const bool has_more =
        !node.each_member([members = 0](std::string_view, JsonNode) mutable { return ++members < 3; });
    return has_more ? false : write_binary(node.find("$binary"), node.find("$type"));
  }

  Result<bool> write_date(JsonNode date) {
    if (date.kind() == JsonKind::text) {
      append_json_string(out_, date.text());
      return true;
    }
    const auto number = Decimal::parse(digits_of(date));
    if (!number) return false;
    const auto millis = number->as_integer<std::int64_t>();
    if (!millis || *millis < millis_min || *millis > millis_max)
      return failure(Errc::invalid_argument, "read extended JSON", "",
                     fmt::format("the date {} ms is outside the years 0001 to 9999", digits_of(date).substr(0, 64)));
    append_json_string(out_, text_of(Timestamp{*millis * 1000}));
    return true;
  }

  // Subtype 3 has the octets as most writers give them, those of Python and Node among them: in a UUID's own order.
  Result<bool> write_binary(std::optional<JsonNode> base64, std::optional<JsonNode> subtype) {
    namespace codec = boost::beast::detail::base64;
    if (!base64 || !subtype || base64->kind() != JsonKind::text) return false;
    const auto text = base64->text();
    unsigned kind = 0;
    const auto hex = subtype->text();
    std::from_chars(hex.data(), hex.data() + hex.size(), kind, 16);
    std::string octets(codec::decoded_size(text.size()), '\0');
    octets.resize(codec::decode(octets.data(), text.data(), text.size()).first);
    Uuid uuid;
    if ((kind == 3 || kind == 4) && octets.size() == uuid.octets.size()) {
      std::memcpy(uuid.octets.data(), octets.data(), octets.size());
      append_json_string(out_, uuid.to_string());
    } else {
      append_json_string(out_, text);
    }
    return true;
  }

  std::string& out_;
};

}  // namespace

Result<void> write_plain(JsonNode node, std::string& out) { return PlainWriter{out}.write(node); }

}  // namespace v1
}  // namespace eventstore
