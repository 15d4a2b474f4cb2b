#pragma once
// Ways from stored bytes to a state: each holds the same events in its own form, and replays them.
#include <bench/workloads/decode_data.hpp>

#include <memory>

namespace bench {

class Decoder {
 public:
  virtual ~Decoder() = default;
  /// From the first event to the last; throws where it cannot.
  [[nodiscard]] virtual ParcelState replay() = 0;
  /// Of the payloads.
  [[nodiscard]] virtual std::size_t bytes() const = 0;
};

/// The library's own: events recorded in a log, folded by their stored schemas.
std::unique_ptr<Decoder> eventstore_decoder(const std::vector<ParcelEvent>& events);
/// The same, recorded under older schemas.
std::unique_ptr<Decoder> older_decoder(const std::vector<ParcelEvent>& events);
/// The library's bytes, taken apart by memcpy in a switch over a number for the type.
std::unique_ptr<Decoder> handwritten_decoder(const std::vector<ParcelEvent>& events);
/// cereal::BinaryInputArchive over one std::istream.
std::unique_ptr<Decoder> cereal_decoder(const std::vector<ParcelEvent>& events);
/// One JSON text an event, read by simdjson on demand.
std::unique_ptr<Decoder> json_decoder(const std::vector<ParcelEvent>& events);

}  // namespace bench
