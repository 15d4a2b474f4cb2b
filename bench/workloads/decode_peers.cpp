#include <bench/workloads/decoders.hpp>

#include <simdjson.h>
#include <cereal/archives/binary.hpp>
#include <cereal/types/string.hpp>

#include <cstring>
#include <eventstore/schema/codec.hpp>
#include <sstream>

namespace bench {
namespace {

namespace es = eventstore;

// The order of a variant's types is the number that stands for them.
enum class Tag : std::uint8_t { moved, handed_over, priced };

struct Stored {
  Tag tag;
  es::Bytes data;
};

// What one would write by hand: no check of any length.
class Cursor {
 public:
  explicit Cursor(const std::byte* at) : at_{at} {}
  template <class Number> void take(Number& number) {
    std::memcpy(&number, at_, sizeof number);
    at_ += sizeof number;
  }
  void take(std::string& text) {
    std::uint32_t size = 0;
    take(size);
    text.assign(reinterpret_cast<const char*>(at_), size);
    at_ += size;
  }

 private:
  const std::byte* at_;
};

class HandwrittenDecoder final : public Decoder {
 public:
  explicit HandwrittenDecoder(const std::vector<ParcelEvent>& events) {
    for (const auto& event : events)
      stored_.push_back(
          {static_cast<Tag>(event.index()), std::visit([](const auto& typed) { return es::encode(typed); }, event)});
  }
  ParcelState replay() override {
    ParcelState state;
    for (const auto& stored : stored_) evolve(state, stored);
    return state;
  }
  std::size_t bytes() const override {
    std::size_t total = 0;
    for (const auto& stored : stored_) total += stored.data.size();
    return total;
  }

 private:
  static void evolve(ParcelState& state, const Stored& stored) {
    Cursor from{stored.data.data()};
    switch (stored.tag) {
      case Tag::moved: {
        ParcelMoved event;
        from.take(event.latitude_micros);
        from.take(event.longitude_micros);
        from.take(event.speed);
        from.take(event.vehicle);
        return Parcel::evolve(state, event);
      }
      case Tag::handed_over: {
        ParcelHandedOver event;
        from.take(event.from);
        from.take(event.to);
        from.take(event.is_signed);
        from.take(event.weight_grams);
        return Parcel::evolve(state, event);
      }
      case Tag::priced: {
        ParcelPriced event;
        from.take(event.cents);
        from.take(event.discount);
        from.take(event.currency);
        return Parcel::evolve(state, event);
      }
    }
  }

  std::vector<Stored> stored_;
};

// The described structs are no news to cereal's own archives, so each event's fields are given one by one.
template <class Archive, class E> void fields(Archive& archive, E& event) {
  es::with_fields(event, [&](auto&... field) { archive(field...); });
}

class CerealDecoder final : public Decoder {
 public:
  explicit CerealDecoder(const std::vector<ParcelEvent>& events) : count_{events.size()} {
    std::ostringstream out;
    cereal::BinaryOutputArchive archive{out};
    for (const auto& event : events) {
      archive(static_cast<std::uint8_t>(event.index()));
      std::visit([&](const auto& typed) { fields(archive, typed); }, event);
    }
    bytes_ = out.str();
  }
  ParcelState replay() override {
    std::istringstream in{bytes_};
    cereal::BinaryInputArchive archive{in};
    ParcelState state;
    for (std::size_t i = 0; i < count_; ++i) {
      std::uint8_t tag = 0;
      archive(tag);
      switch (static_cast<Tag>(tag)) {
        case Tag::moved: evolve<ParcelMoved>(state, archive); break;
        case Tag::handed_over: evolve<ParcelHandedOver>(state, archive); break;
        case Tag::priced: evolve<ParcelPriced>(state, archive); break;
      }
    }
    return state;
  }
  std::size_t bytes() const override { return bytes_.size(); }

 private:
  template <class E> static void evolve(ParcelState& state, cereal::BinaryInputArchive& archive) {
    E event;
    fields(archive, event);
    Parcel::evolve(state, event);
  }
  std::size_t count_;
  std::string bytes_;
};

class JsonDecoder final : public Decoder {
 public:
  explicit JsonDecoder(const std::vector<ParcelEvent>& events) {
    for (const auto& event : events)
      stored_.emplace_back(
          static_cast<Tag>(event.index()),
          simdjson::padded_string{std::visit([](const auto& typed) { return es::to_json(typed); }, event)});
  }
  ParcelState replay() override {
    ParcelState state;
    for (const auto& [tag, text] : stored_) {
      auto document = parser_.iterate(text);
      switch (tag) {
        case Tag::moved: evolve<ParcelMoved>(state, document.value()); break;
        case Tag::handed_over: evolve<ParcelHandedOver>(state, document.value()); break;
        case Tag::priced: evolve<ParcelPriced>(state, document.value()); break;
      }
    }
    return state;
  }
  std::size_t bytes() const override {
    std::size_t total = 0;
    for (const auto& [tag, text] : stored_) total += text.size();
    return total;
  }

 private:
  template <class E> static void evolve(ParcelState& state, simdjson::ondemand::document& document) {
    E event;
    es::each_field(event, [&](auto& field, const es::FieldFacts& facts) {
      auto value = document[facts.name];
      using Field = std::remove_reference_t<decltype(field)>;
      if constexpr (std::is_same_v<Field, std::string>)
        field = std::string_view{value};
      else if constexpr (std::is_same_v<Field, bool>)
        field = bool(value);
      else if constexpr (std::is_floating_point_v<Field>)
        field = double(value);
      else
        field = static_cast<Field>(std::int64_t(value));
    });
    Parcel::evolve(state, event);
  }
  std::vector<std::pair<Tag, simdjson::padded_string>> stored_;
  simdjson::ondemand::parser parser_;
};

}  // namespace

std::unique_ptr<Decoder> handwritten_decoder(const std::vector<ParcelEvent>& events) {
  return std::make_unique<HandwrittenDecoder>(events);
}
std::unique_ptr<Decoder> cereal_decoder(const std::vector<ParcelEvent>& events) {
  return std::make_unique<CerealDecoder>(events);
}
std::unique_ptr<Decoder> json_decoder(const std::vector<ParcelEvent>& events) {
  return std::make_unique<JsonDecoder>(events);
}

}  // namespace bench
