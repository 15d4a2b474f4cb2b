#include "content_digest.hpp"

#include <xxhash.h>
#include <eventstore/core/detail/time_text.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/secret.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

namespace eventstore::engine {
namespace {

// What a piece, or a value in it, begins with.
constexpr char document_mark = 'd';
constexpr char entry_mark = 'e';
constexpr char text_in_place_of_map = 'm';
constexpr char integer_mark = 'i';
constexpr char real_mark = 'r';
constexpr char text_mark = 't';
constexpr char bytes_mark = 'b';

constexpr std::size_t size_octets = 4;
constexpr std::size_t number_octets = 8;

tl::unexpected<Error> not_a_value() {
  return failure(Errc::corrupt_record, "make digest", "", "the bytes are not a document of this shape");
}

std::string time_text(Timestamp time) {
  return is_calendar_time(time) ? std::string{detail::TimeText{time}.view()} : time.to_string();
}

std::string uuid_text(BytesView octets) {
  Uuid uuid;
  std::copy_n(reinterpret_cast<const std::uint8_t*>(octets.data()), uuid.octets.size(), uuid.octets.begin());
  return uuid.to_string();
}

template <class Number> std::int64_t whole(BytesReader& in) { return static_cast<std::int64_t>(in.number<Number>()); }

std::int64_t whole_number(Kind kind, BytesReader& in) {
  switch (kind) {
    case Kind::boolean:
    case Kind::uint8: return whole<std::uint8_t>(in);
    case Kind::int8: return whole<std::int8_t>(in);
    case Kind::int16: return whole<std::int16_t>(in);
    case Kind::int32: return whole<std::int32_t>(in);
    case Kind::uint16: return whole<std::uint16_t>(in);
    case Kind::uint32: return whole<std::uint32_t>(in);
    case Kind::uint64: return whole<std::uint64_t>(in);
    default: return whole<std::int64_t>(in);
  }
}

Result<void> add_value(ContentDigest& digest, const Column& column, BytesReader& in) {
  const auto& type = column.type;
  switch (type.kind) {
    case Kind::float32: digest.real(column.name, static_cast<double>(in.number<float>())); break;
    case Kind::float64: digest.real(column.name, in.number<double>()); break;
    case Kind::text:
    case Kind::enumeration:
    case Kind::json: digest.text(column.name, in.text()); break;
    case Kind::secret_text: in.text(), digest.text(column.name, shown_secret); break;
    case Kind::bytes: digest.bytes(column.name, as_text(in.sized())); break;
    case Kind::timestamp: digest.text(column.name, time_text(Timestamp{in.number<std::int64_t>()})); break;
    case Kind::uuid: {
      const auto octets = in.take(sizeof Uuid{}.octets);
      if (!in.ok()) return not_a_value();
      digest.text(column.name, uuid_text(octets));
      break;
    }
    case Kind::list:
    case Kind::map:
    case Kind::set:
    case Kind::array:
    case Kind::variant:
    case Kind::record: {
      std::string json;
      const auto bytes = in.value(type);
      if (!in.ok()) return not_a_value();
      EVENTSTORE_TRY(bytes_to_json(type, bytes, json));
      digest.text(column.name, json);
      break;
    }
    case Kind::optional: return not_a_value();
    default: digest.integer(column.name, whole_number(type.kind, in));
  }
  return in.ok() ? Result<void>{} : not_a_value();
}

}  // namespace

void ContentDigest::number(std::uint64_t value, std::size_t octets) {
  std::array<char, number_octets> bytes{};
  for (std::size_t octet = 0; octet < bytes.size(); ++octet) bytes[octet] = static_cast<char>(value >> (8 * octet));
  piece_.append(bytes.data(), octets);
}

void ContentDigest::sized(std::string_view text) {
  number(text.size(), size_octets);
  piece_ += text;
}

Digest128 ContentDigest::hash() const {
  const auto hashed = XXH3_128bits(piece_.data(), piece_.size());
  return {hashed.high64, hashed.low64};
}

void ContentDigest::begin_document(std::string_view id, std::string_view organization) {
  piece_.assign(1, document_mark);
  sized(id);
  sized(organization);
}

void ContentDigest::integer(std::string_view field, std::int64_t value) {
  sized(field);
  piece_ += integer_mark;
  number(static_cast<std::uint64_t>(value), number_octets);
}

// SQL has no value for what is not a number, and one zero.
void ContentDigest::real(std::string_view field, double value) {
  if (std::isnan(value)) return;
  sized(field);
  piece_ += real_mark;
  number(std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value), number_octets);
}

void ContentDigest::text(std::string_view field, std::string_view value) {
  sized(field);
  piece_ += text_mark;
  sized(value);
}

void ContentDigest::bytes(std::string_view field, std::string_view value) {
  sized(field);
  piece_ += bytes_mark;
  sized(value);
}

Digest128 ContentDigest::entry(std::string_view id, std::string_view field, std::string_view key,
                               std::string_view json) {
  piece_.assign(1, entry_mark);
  sized(id);
  sized(field);
  sized(key);
  sized(json);
  return hash();
}

Digest128 ContentDigest::map(std::string_view id, std::string_view field, std::string_view json) {
  const auto parsed = parser_.parse(json);
  if (!parsed || parsed->kind() != JsonKind::object) {
    piece_.assign(1, text_in_place_of_map);
    sized(id);
    sized(field);
    sized(json);
    return hash();
  }
  Digest128 sum;
  parsed->each_member([&](std::string_view key, JsonNode value) {
    value_.clear();
    value.write(value_);
    sum += entry(id, field, key, value_);
    return true;
  });
  return sum;
}

// Where all events up to the last dropped one were missed, the first one that was counted comes after it.
Certificate certificate_of(const Checkpoint& checkpoint, Position first) {
  const bool begins_later =
      checkpoint.missed_events != 0 && checkpoint.missed_last.value + 1 == first.value + checkpoint.missed_events;
  Certificate made{};
  made.first = begins_later ? checkpoint.missed_last.next() : first;
  made.last = checkpoint.position;
  made.missed_events = checkpoint.missed_events;
  made.missed_last = checkpoint.missed_last;
  made.set_aside = checkpoint.set_aside;
  return made;
}

bool has_entries(const Column& column) { return column.type.kind == Kind::map && !column.nullable; }

std::vector<std::size_t> columns_by_name(const CollectionShape& shape) {
  std::vector<std::size_t> places(shape.columns.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::ranges::sort(places, {}, [&](std::size_t place) { return std::string_view{shape.columns[place].name}; });
  return places;
}

Result<Digest128> digest_of(ContentDigest& digest, const CollectionShape& shape,
                            const std::vector<std::size_t>& by_name, std::string_view id, std::string_view organization,
                            const std::vector<Bytes>& columns) {
  digest.begin_document(id, organization);
  for (const auto place : by_name) {
    const auto& column = shape.columns[place];
    if (has_entries(column)) continue;
    BytesReader in{columns[place]};
    if (column.nullable && in.number<std::uint8_t>() == 0) continue;
    EVENTSTORE_TRY(add_value(digest, column, in));
  }
  auto sum = digest.end_document();
  for (const auto place : by_name) {
    if (!has_entries(shape.columns[place])) continue;
    std::string json;
    EVENTSTORE_TRY(bytes_to_json(shape.columns[place].type, columns[place], json));
    sum += digest.map(id, shape.columns[place].name, json);
  }
  return sum;
}

}  // namespace eventstore::engine
