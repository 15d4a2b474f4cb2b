#pragma once
// What a reader does with an event: touches every byte, and can tell afterwards that it got the right ones.
#include <bench/peer.hpp>

#include <cstring>

namespace bench {

/// Events counted, and a sum over their versions, metadata and data.
struct Digest {
  std::uint64_t events = 0;
  std::uint64_t sum = 0;

  void operator()(const Seen& seen) { add(seen.version, seen.metadata, seen.data); }
  void add(const Event& event) { add(event.version, event.metadata, event.data); }
  friend bool operator==(const Digest&, const Digest&) = default;

 private:
  void add(std::uint64_t version, BytesView metadata, BytesView data) {
    ++events;
    sum += version + sum_of(metadata) + sum_of(data);
  }
  static std::uint64_t sum_of(BytesView bytes) {
    std::uint64_t total = 0;
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at, sizeof word);
      total += word;
    }
    return total;
  }
};

}  // namespace bench
