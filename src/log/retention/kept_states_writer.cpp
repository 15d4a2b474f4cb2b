#include "kept_states_writer.hpp"

#include <algorithm>

namespace eventstore::engine {

using format::OriginHeader;
using format::StateHeader;
using format::StatePlaces;
using format::StatesHeader;

namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 18;

Digest with_header(Sha256& sha, const Digest& rest, BytesView header) {
  sha.add(std::as_bytes(std::span{rest.octets}));
  sha.add(header);
  return sha.finish();
}

}  // namespace

Digest states_digest(BytesView file) {
  Sha256 sha;
  const auto header = file.first(std::min(file.size(), sizeof(StatesHeader)));
  sha.add(file.subspan(header.size()));
  const auto rest = sha.finish();
  return with_header(sha, rest, header);
}

Result<KeptStatesWriter> KeptStatesWriter::begin(FileSystem& files, const std::string& path,
                                                 const StatesHeader& header) {
  EVENTSTORE_TRY_ASSIGN(auto file, WholeFile::begin(files, path));
  return KeptStatesWriter{std::move(file), path, header};
}

Result<void> KeptStatesWriter::add(std::string_view stream, StateHeader header, const StateOrigin& origin,
                                   BytesView state) {
  if (state.size() > kept_state_bytes_max)
    return failure(Errc::too_large, "keep the state", std::string{stream},
                   std::to_string(state.size()) + " bytes, the limit is " + std::to_string(kept_state_bytes_max));
  const auto known = std::find(origins_.begin(), origins_.end(), origin);
  header.origin = static_cast<std::uint32_t>(known - origins_.begin());
  if (known == origins_.end()) origins_.push_back(origin);
  header.stream_bytes = static_cast<std::uint32_t>(stream.size());
  header.state_bytes = state.size();
  Bytes record;
  record.reserve(sizeof header + stream.size() + state.size());
  for (const auto part : {format::bytes_of(header), as_bytes(stream), state})
    record.insert(record.end(), part.begin(), part.end());
  header.checksum = format::checksum_of(BytesView{record}.subspan(sizeof header.checksum));
  const auto head = format::bytes_of(header);
  std::copy(head.begin(), head.end(), record.begin());
  places_.push_back(written_);
  EVENTSTORE_TRY(write(record));
  return pad();
}

Result<void> KeptStatesWriter::write(BytesView bytes) {
  sha_->add(bytes);
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  written_ += bytes.size();
  return buffer_.size() < buffer_bytes ? Result<void>{} : flush();
}

Result<void> KeptStatesWriter::flush() {
  EVENTSTORE_TRY(write_all(file_.file(), written_ - buffer_.size(), buffer_));
  buffer_.clear();
  return {};
}

Result<void> KeptStatesWriter::pad() {
  constexpr std::array<std::byte, 8> zeros{};
  return write(BytesView{zeros}.first((8 - written_ % 8) % 8));
}

Result<void> KeptStatesWriter::write_places() {
  for (std::size_t at = 0; at < places_.size(); at += format::places_in_block) {
    StatePlaces block;
    const auto count = std::min(format::places_in_block, places_.size() - at);
    std::copy_n(places_.begin() + static_cast<std::ptrdiff_t>(at), count, block.places);
    block.checksum = format::header_checksum(block);
    EVENTSTORE_TRY(write(format::bytes_of(block)));
  }
  return {};
}

Result<void> KeptStatesWriter::write_origins() {
  Bytes section;
  for (const auto& origin : origins_) {
    OriginHeader header;
    header.schema = origin.schema.digest;
    header.category_bytes = static_cast<std::uint32_t>(origin.category.size());
    header.descriptor_bytes = static_cast<std::uint32_t>(origin.descriptor.size());
    header.code_bytes = static_cast<std::uint32_t>(origin.code.size());
    for (const auto part :
         {format::bytes_of(header), as_bytes(origin.category), as_bytes(origin.descriptor), as_bytes(origin.code)})
      section.insert(section.end(), part.begin(), part.end());
    section.resize(format::padded(section.size()));
  }
  if (section.size() > format::origin_bytes_max)
    return failure(Errc::too_large, "keep the states", path_, "the descriptors of their schemas take too many bytes");
  header_.origins_checksum = format::checksum_of(section);
  return write(section);
}

Result<Digest> KeptStatesWriter::finish() {
  header_.places_offset = written_;
  EVENTSTORE_TRY(write_places());
  header_.origins_offset = written_;
  EVENTSTORE_TRY(write_origins());
  EVENTSTORE_TRY(flush());
  header_.file_bytes = written_;
  header_.stream_count = places_.size();
  header_.unkept_count = static_cast<std::uint64_t>(std::count(places_.begin(), places_.end(), format::state_unkept));
  header_.origin_count = origins_.size();
  header_.header_checksum = format::header_checksum(header_);
  EVENTSTORE_TRY(write_all(file_.file(), 0, format::bytes_of(header_)));
  EVENTSTORE_TRY(file_.finish());
  return with_header(*sha_, sha_->finish(), format::bytes_of(header_));
}

}  // namespace eventstore::engine
