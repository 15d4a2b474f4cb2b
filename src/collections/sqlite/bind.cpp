#include "bind.hpp"

#include <eventstore/core/detail/time_text.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/secret.hpp>

#include <cstring>

namespace eventstore::engine::sqlite {
namespace {

constexpr std::size_t uuid_text_size = 36;

tl::unexpected<Error> not_a_document() {
  return failure(Errc::corrupt_record, "write document", "", "the bytes are not a document of this shape");
}

template <class Number> std::int64_t integer(BytesReader& in) { return static_cast<std::int64_t>(in.number<Number>()); }

}  // namespace

Result<void> Binder::value(int place, const Type& type, BytesReader& in) {
  switch (type.kind) {
    case Kind::boolean:
    case Kind::uint8: statement_.bind(place, integer<std::uint8_t>(in)); break;
    case Kind::int8: statement_.bind(place, integer<std::int8_t>(in)); break;
    case Kind::int16: statement_.bind(place, integer<std::int16_t>(in)); break;
    case Kind::int32: statement_.bind(place, integer<std::int32_t>(in)); break;
    case Kind::nanoseconds:
    case Kind::microseconds:
    case Kind::milliseconds:
    case Kind::seconds:
    case Kind::minutes:
    case Kind::hours:
    case Kind::days:
    case Kind::int64: statement_.bind(place, integer<std::int64_t>(in)); break;
    case Kind::uint16: statement_.bind(place, integer<std::uint16_t>(in)); break;
    case Kind::uint32: statement_.bind(place, integer<std::uint32_t>(in)); break;
    case Kind::uint64: statement_.bind(place, integer<std::uint64_t>(in)); break;
    case Kind::float32: statement_.bind(place, static_cast<double>(in.number<float>())); break;
    case Kind::float64: statement_.bind(place, in.number<double>()); break;
    case Kind::text:
    case Kind::enumeration:
    case Kind::json: statement_.bind(place, in.text()); break;
    case Kind::secret_text: in.text(), statement_.bind(place, shown_secret); break;
    case Kind::bytes: statement_.bind_blob(place, in.sized()); break;
    case Kind::timestamp: time(place, in); break;
    case Kind::uuid: return uuid(place, in);
    case Kind::list:
    case Kind::map:
    case Kind::set:
    case Kind::array:
    case Kind::variant:
    case Kind::record: {
      auto& json = texts_.next();
      const auto bytes = in.value(type);
      if (!in.ok()) return not_a_document();
      EVENTSTORE_TRY(bytes_to_json(type, bytes, json));
      statement_.bind(place, std::string_view{json});
      break;
    }
    case Kind::optional: return not_a_document();  // taken care of by column(); twice optional is not a column
  }
  if (!in.ok()) return not_a_document();
  return {};
}

void Binder::time(int place, BytesReader& in) {
  const Timestamp time{in.number<std::int64_t>()};
  auto& text = texts_.next();
  if (is_calendar_time(time))
    text = detail::TimeText{time}.view();
  else
    text = time.to_string();
  statement_.bind(place, std::string_view{text});
}

Result<void> Binder::uuid(int place, BytesReader& in) {
  Uuid uuid;
  const auto octets = in.take(sizeof uuid.octets);
  if (!in.ok()) return not_a_document();
  std::memcpy(uuid.octets.data(), octets.data(), sizeof uuid.octets);
  auto& text = texts_.next();
  text.resize(uuid_text_size);
  uuid.write_to(text.data());
  statement_.bind(place, std::string_view{text});
  return {};
}

Result<void> Binder::column(int place, const Column& column, BytesReader& in) {
  if (column.nullable && in.number<std::uint8_t>() == 0) {
    statement_.bind_null(place);
    if (!in.ok()) return not_a_document();
    return {};
  }
  return value(place, column.type, in);
}

Result<void> Binder::document(int first_place, const CollectionShape& shape, BytesView document) {
  // A flattened record's bytes are its fields' in order, so columns and bytes go side by side.
  BytesReader in{document};
  int place = first_place;
  for (const auto& each : shape.columns) EVENTSTORE_TRY(column(place++, each, in));
  if (!in.done()) return not_a_document();
  return {};
}

}  // namespace eventstore::engine::sqlite
