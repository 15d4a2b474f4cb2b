#pragma once
// A store with orders, and events of no type at all, whose exports are looked at.
#include <eventstore/app/export.hpp>

#include <fstream>

#include "history/orders.hpp"
#include "temporary_directory.hpp"

namespace orders {

namespace app = es::app;

template <class T> T must(es::Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}

class Warehouse {
 public:
  template <class E> void record(const string& stream, const E& event, es::Metadata metadata = {}) {
    append(stream, es::schema_of<E>(), es::encode(event), es::Codec::binary, metadata);
  }
  /// JSON of a type that no struct has.
  void raw(const string& stream, const string& type, const string& json) {
    append(stream, es::Schema::of(type, es::Type{es::Kind::record}), es::as_bytes(json), es::Codec::json, {});
  }
  [[nodiscard]] string file(const string& name) const { return folder_.file(name); }
  [[nodiscard]] string read(const string& name) const {
    std::ifstream file{folder_.file(name), std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  void write(const string& name, std::string_view text) const {
    std::ofstream{folder_.file(name), std::ios::binary} << text;
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{folder_.path()}, {}));
  }

 private:
  void append(const string& stream, const es::Schema& schema, es::BytesView data, es::Codec codec,
              const es::Metadata& metadata) {
    es::Bytes tagged;
    es::encode_tagged(metadata, tagged);
    const es::NewEvent event{.stream = *es::StreamId::parse(stream),
                             .id = es::EventId{es::Uuid::v5(es::Uuid{}, "event " + std::to_string(++count_))},
                             .type = schema.name,
                             .organization = "org-1",
                             .created_at = clock.now(),
                             .schema = codec == es::Codec::json ? es::SchemaId{} : schema.id,
                             .codec = codec,
                             .metadata = tagged,
                             .data = data};
    const auto descriptor = schema.record();
    (void)must(store.log().append(es::Commit{{&event, 1}, {}, {&descriptor, 1}}));
  }
  es::Store open() {
    es::StoreOptions options{};
    options.clock = &clock;
    return must(es::Store::open(folder_.file("store"), {{es::aggregate<Order>("1")}}, options));
  }

  es::test::TemporaryDirectory folder_{};
  int count_ = 0;

 public:
  es::ManualClock clock{*es::Timestamp::parse("2026-01-27T12:00:00.000001Z")};
  es::Store store{open()};
};

}  // namespace orders
