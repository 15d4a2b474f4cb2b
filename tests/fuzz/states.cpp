// The reader of the states that retention kept.
#include "fuzz_one.hpp"
#include "log/files/kept_states.hpp"
#include "repair.hpp"

namespace eventstore::fuzz {

using namespace engine;
using format::StateHeader;
using format::StatePlaces;
using format::StatesHeader;
namespace {

// So many places of one file are looked at.
constexpr std::uint64_t places_max = 10'000;

void read(const Bytes& bytes) {
  const auto states = KeptStates::of(bytes, "1.states");
  if (!states) return must(states.error().where == "1.states");
  const auto& header = (*states)->header();
  must((*states)->origins().size() == header.origin_count);
  for (std::uint64_t rank = 0; rank < std::min(header.stream_count, places_max); ++rank) {
    const auto place = (*states)->place(rank);
    if (!place) {
      must(place.error().code == Errc::corrupt_record);
      continue;
    }
    const auto stored = (*states)->at(*place);
    if (!stored) {
      must(stored.error().code == Errc::corrupt_record);
      continue;
    }
    must(stored->header.origin < header.origin_count);
    must(stored->stream().size() == stored->header.stream_bytes);
    must(stored->state().size() == stored->header.state_bytes);
    must(sizeof(StateHeader) + stored->stream().size() + stored->state().size() == stored->bytes.size());
  }
  must(!(*states)->place(header.stream_count));
  for (const std::uint64_t absurd : {std::uint64_t{3}, std::uint64_t{bytes.size()}, ~std::uint64_t{7}})
    must(!(*states)->at(absurd));
}

// Each part as long as the numbers before it let it be.
void repair(Bytes& bytes) {
  if (bytes.size() < sizeof(StatesHeader)) return;
  put(bytes, 0, format::states_magic);
  put(bytes, offsetof(StatesHeader, format_version), format::version);
  put(bytes, offsetof(StatesHeader, must_understand), std::uint32_t{0});
  put(bytes, offsetof(StatesHeader, file_bytes), std::uint64_t{bytes.size()});
  const auto places = get<std::uint64_t>(bytes, offsetof(StatesHeader, places_offset));
  const auto origins = get<std::uint64_t>(bytes, offsetof(StatesHeader, origins_offset));
  if (origins <= bytes.size()) {
    put(bytes, offsetof(StatesHeader, origins_checksum),
        format::checksum_of(BytesView{bytes}.subspan(static_cast<std::size_t>(origins))));
    for (auto at = places; at < origins && origins - at >= sizeof(StatePlaces); at += sizeof(StatePlaces)) {
      for (std::size_t i = 0; i < format::places_in_block; ++i) {
        const auto offset = get<std::uint64_t>(bytes, static_cast<std::size_t>(at) + i * 8);
        if (offset < sizeof(StatesHeader) || offset > places || places - offset < sizeof(StateHeader)) continue;
        const auto from = static_cast<std::size_t>(offset);
        const auto state_bytes = get<std::uint64_t>(bytes, from + offsetof(StateHeader, state_bytes));
        const auto stream_bytes = get<std::uint32_t>(bytes, from + offsetof(StateHeader, stream_bytes));
        const auto room = places - offset - sizeof(StateHeader);
        if (state_bytes > room || stream_bytes > room - state_bytes) continue;
        const auto covered = sizeof(StateHeader) - 8 + static_cast<std::size_t>(state_bytes) + stream_bytes;
        put(bytes, from, format::checksum_of(BytesView{bytes}.subspan(from + 8, covered)));
      }
      const auto block = BytesView{bytes}.subspan(static_cast<std::size_t>(at), sizeof(StatePlaces) - 8);
      put(bytes, static_cast<std::size_t>(at) + sizeof(StatePlaces) - 8, format::checksum_of(block));
    }
  }
  repair_header(bytes, sizeof(StatesHeader));
}

}  // namespace

void fuzz_one(BytesView bytes) {
  Bytes copy{bytes.begin(), bytes.end()};
  read(copy);
  repair(copy);
  read(copy);
}

}  // namespace eventstore::fuzz
