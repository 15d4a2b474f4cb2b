#pragma once
// A log of parcels with data of every kind, binary and JSON, and events that cause one another.
#include <catch2/catch.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/schema_reader.hpp>

#include <random>

namespace parcels {

namespace es = eventstore;
using std::string;

inline const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

EVENTSTORE_ENUM(Size, small, large);

struct Card {
  EVENTSTORE_FIELDS(Card, (string, number), (std::int8_t, year, 30));
};
struct Cash {
  EVENTSTORE_FIELDS(Cash);
};
using Payment = std::variant<Cash, Card>;
using Payments = std::vector<Payment>;
using Notes = std::vector<std::optional<string>>;
using Pair = std::array<std::int32_t, 2>;
struct Address {
  EVENTSTORE_FIELDS(Address, (string, street), (std::optional<std::int32_t>, floor));
};
struct Extra {
  EVENTSTORE_FIELDS(Extra, (string, remark), (std::optional<bool>, fragile));
};
struct Parcel {
  EVENTSTORE_EVENT(Parcel, "ParcelSent", (string, name), (Size, size), (std::int64_t, count), (double, weight),
                   (bool, paid), (std::optional<Address>, address), (Extra, extra, , es::flattened), (Notes, notes),
                   (es::Map<std::int64_t>, labels), (Pair, corner), (std::set<string>, tags), (Payment, payment),
                   (Payments, others), (es::Json, free), (es::Timestamp, due), (es::Uuid, batch), (es::Bytes, seal));
};

/// The n-th id of a kind.
inline es::Uuid number(const string& kind, std::uint64_t n) {
  return es::Uuid::v5(es::Uuid{}, kind + std::to_string(n));
}

struct NewParcel {
  string stream = "parcel-1";
  string type = "ParcelNoted";  ///< "ParcelSent": the data is bytes of Parcel
  string data = "{}";
  string organization = "default";
  es::Timestamp created_at = noon;
  string user_id{};
  string correlation_id{};
  string causation_id{};
  es::Uuid id{};  ///< nil: a new one
};

class ParcelLog {
 public:
  es::ManualClock clock{noon};
  es::MemoryLog log{clock};
  es::SchemaReader schemas{log};

  /// Appends it as JSON, or as bytes where it is a ParcelSent; its id.
  es::Uuid add(const NewParcel& parcel) {
    es::Metadata metadata;
    metadata.user_id = parcel.user_id;
    metadata.correlation_id = parcel.correlation_id;
    metadata.causation_id = parcel.causation_id;
    es::Bytes tagged;
    es::encode_tagged(metadata, tagged);
    const auto& schema = es::schema_of<Parcel>();
    const bool is_binary = parcel.type == schema.name;
    es::Bytes bytes;
    if (is_binary) {
      auto encoded = es::json_to_bytes(schema.type, std::string_view{parcel.data});
      if (!encoded) FAIL(encoded.error().message() + parcel.data);
      bytes = std::move(*encoded);
    }
    es::NewEvent event{.stream = es::StreamId::trusted(parcel.stream),
                       .id = es::EventId{parcel.id.is_nil() ? number("event", ++ids_) : parcel.id},
                       .type = parcel.type,
                       .organization = parcel.organization,
                       .created_at = parcel.created_at,
                       .codec = is_binary ? es::Codec::binary : es::Codec::json,
                       .metadata = tagged,
                       .data = is_binary ? es::BytesView{bytes} : es::as_bytes(parcel.data)};
    if (is_binary) event.schema = schema.id;
    const auto descriptor = schema.record();
    const auto receipt = log.append(es::Commit{.events = {&event, 1}, .schemas = {&descriptor, 1}});
    if (!receipt) FAIL(receipt.error().message());
    clock.advance_seconds(1);
    return event.id.uuid;
  }

 private:
  std::uint64_t ids_ = 0;
};

/// Chance from a seed.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_{seed} {}
  std::size_t below(std::size_t end) { return end == 0 ? 0 : engine_() % end; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T> const T& of(const std::vector<T>& all) { return all[below(all.size())]; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace parcels
