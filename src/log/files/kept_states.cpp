#include "kept_states.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::engine {

using format::OriginHeader;
using format::StateHeader;
using format::StatePlaces;
using format::StatesHeader;

std::string kept_states_name(std::uint32_t last_segment) { return fmt::format("expired-{:016x}.states", last_segment); }

tl::unexpected<Error> KeptStates::damaged(std::string_view reason) const {
  return failure(Errc::corrupt_record, "read the kept states", path_, std::string{reason} + ": restore a backup");
}

Result<std::shared_ptr<const KeptStates>> KeptStates::open(FileSystem& files, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(const auto file, files.open(path, OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto size, file->size());
  auto states = std::shared_ptr<KeptStates>{new KeptStates};
  states->path_ = path;
  if (size < sizeof(StatesHeader)) return states->damaged("the file is cut off");
  EVENTSTORE_TRY_ASSIGN(states->mapping_, file->map(static_cast<std::size_t>(size), MapMode::read));
  states->mapping_->expect_scattered_reads();
  states->bytes_ = {states->mapping_->data(), static_cast<std::size_t>(size)};
  return checked(std::move(states));
}

Result<std::shared_ptr<const KeptStates>> KeptStates::of(Bytes bytes, std::string path) {
  auto states = std::shared_ptr<KeptStates>{new KeptStates};
  states->path_ = std::move(path);
  states->owned_ = std::move(bytes);
  states->bytes_ = states->owned_;
  return checked(std::move(states));
}

Result<std::shared_ptr<const KeptStates>> KeptStates::checked(std::shared_ptr<KeptStates> states) {
  if (states->bytes_.size() < sizeof(StatesHeader)) return states->damaged("the file is cut off");
  states->header_ = format::load<StatesHeader>(states->bytes_.data());
  EVENTSTORE_TRY(states->check_header());
  EVENTSTORE_TRY(states->read_origins());
  return std::shared_ptr<const KeptStates>{std::move(states)};
}

Result<void> KeptStates::check_header() const {
  const auto newer = [&] {
    return failure(Errc::newer_format, "open", path_, "written by a newer version of eventstore: use that version");
  };
  if (header_.magic != format::states_magic) return damaged("the file does not hold kept states");
  // Before the checksum: a newer version may compute it in another way.
  if (header_.format_version > format::version) return newer();
  if (header_.header_checksum != format::header_checksum(header_))
    return damaged("the checksum of its header does not match");
  if (header_.must_understand != 0) return newer();
  const auto size = bytes_.size();
  // Each stream has its eight bytes, and each origin its header: so the numbers cannot be larger than the file.
  const bool is_possible = header_.file_bytes == size && header_.places_offset >= sizeof header_ &&
                           header_.places_offset % 8 == 0 && header_.places_offset <= header_.origins_offset &&
                           header_.origins_offset <= size && header_.stream_count <= size / sizeof(std::uint64_t) &&
                           header_.unkept_count <= header_.stream_count &&
                           header_.origins_offset - header_.places_offset ==
                               format::place_blocks(header_.stream_count) * sizeof(StatePlaces) &&
                           header_.origin_count <= (size - header_.origins_offset) / sizeof(OriginHeader) &&
                           size - header_.origins_offset <= format::origin_bytes_max;
  return is_possible ? Result<void>{} : damaged("its sections contradict its size");
}

Result<void> KeptStates::read_origins() {
  // A copy, because the disk may fail to read the mapped bytes a second time.
  const auto mapped = bytes_.subspan(static_cast<std::size_t>(header_.origins_offset));
  const Bytes section{mapped.begin(), mapped.end()};
  if (header_.origins_checksum != format::checksum_of(section))
    return damaged("the checksum of its origins does not match");
  BytesView rest{section};
  for (std::uint64_t i = 0; i < header_.origin_count; ++i) {
    if (rest.size() < sizeof(OriginHeader)) return damaged("an origin is cut off");
    const auto origin = format::load<OriginHeader>(rest.data());
    rest = rest.subspan(sizeof origin);
    const auto text_bytes = std::uint64_t{origin.category_bytes} + origin.descriptor_bytes + origin.code_bytes;
    if (text_bytes > rest.size() || format::padded(static_cast<std::size_t>(text_bytes)) > rest.size())
      return damaged("an origin is cut off");
    const auto text = as_text(rest.first(static_cast<std::size_t>(text_bytes)));
    origins_.push_back(std::make_shared<const StateOrigin>(
        StateOrigin{std::string{text.substr(0, origin.category_bytes)}, SchemaId{origin.schema},
                    std::string{text.substr(origin.category_bytes, origin.descriptor_bytes)},
                    std::string{text.substr(origin.category_bytes + origin.descriptor_bytes)}}));
    rest = rest.subspan(format::padded(static_cast<std::size_t>(text_bytes)));
  }
  return rest.empty() ? Result<void>{} : damaged("there are bytes behind its origins");
}

Result<std::uint64_t> KeptStates::place(std::uint64_t rank) const {
  if (rank >= header_.stream_count) return damaged("it has fewer streams than the table of streams");
  const auto block = rank / format::places_in_block;
  const auto places = format::load<StatePlaces>(bytes_.data() + header_.places_offset + block * sizeof(StatePlaces));
  if (places.checksum != format::header_checksum(places)) return damaged("the checksum of its places does not match");
  return places.places[rank % format::places_in_block];
}

Result<StoredState> KeptStates::at(std::uint64_t offset) const {
  const auto end = header_.places_offset;
  if (offset < sizeof header_ || offset % 8 != 0 || offset > end || end - offset < sizeof(StateHeader))
    return damaged("a place is outside of its states");
  const auto* const from = bytes_.data() + offset;
  StoredState stored;
  stored.header = format::load<StateHeader>(from);
  const auto room = end - offset - sizeof(StateHeader);
  if (stored.header.state_bytes > std::min<std::uint64_t>(room, kept_state_bytes_max) ||
      stored.header.stream_bytes > room - stored.header.state_bytes)
    return damaged("a state reaches outside of its section");
  const auto whole = sizeof(StateHeader) + stored.header.stream_bytes + stored.header.state_bytes;
  stored.bytes.assign(from, from + whole);
  // The copy is what is checked and used.
  stored.header = format::load<StateHeader>(stored.bytes.data());
  const auto covered = BytesView{stored.bytes}.subspan(sizeof stored.header.checksum);
  if (stored.header.checksum != format::checksum_of(covered)) return damaged("the checksum of a state does not match");
  const bool is_same = sizeof(StateHeader) + stored.header.stream_bytes + stored.header.state_bytes == whole;
  if (!is_same || stored.header.origin >= origins_.size()) return damaged("a state contradicts itself");
  return stored;
}

}  // namespace eventstore::engine
