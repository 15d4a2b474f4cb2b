#include "segment_index_builder.hpp"

#include "../containers/name_order.hpp"
#include "index_writer.hpp"

namespace eventstore::engine {

using Layout = format::SegmentIndexLayout;

void SegmentIndexBuilder::Names::add(std::string_view name, std::uint32_t ordinal) {
  if (last_ >= names_.size() || names_[last_].text != name) {
    const auto hash = hashing_.name(name);
    last_ = numbers_.find(hash, [&](std::uint32_t number) { return names_[number].text == name; });
    if (last_ == NameTable::none) {
      last_ = static_cast<std::uint32_t>(names_.size());
      names_.push_back({name, hash, {}});
      numbers_.put(hash, last_, [&](std::uint32_t number) { return names_[number].hash; });
    }
  }
  names_[last_].ordinals.push_back(ordinal);
}

std::vector<std::uint32_t> SegmentIndexBuilder::Names::in_order() const {
  std::vector<std::string_view> texts;
  texts.reserve(names_.size());
  for (const auto& name : names_) texts.push_back(name.text);
  return name_order(texts);
}

void SegmentIndexBuilder::add(const RecordedEvent& event, std::uint32_t offset) {
  const auto ordinal = static_cast<std::uint32_t>(offsets_.size());
  offsets_.push_back(offset);
  // A stream without '-' is of no category, and no filter asks for an empty name.
  const auto dash = event.stream.find('-');
  if (dash != std::string_view::npos && dash != 0) categories_.add(event.stream.substr(0, dash), ordinal);
  if (!event.type.empty()) types_.add(event.type, ordinal);
  if (!event.organization.empty()) organizations_.add(event.organization, ordinal);
}

void SegmentIndexBuilder::skip(std::uint64_t count) {
  if (count == 0) return;
  const auto first = static_cast<std::uint32_t>(offsets_.size());
  const auto added = static_cast<std::uint32_t>(count);
  if (!lost_.empty() && lost_.back().first + lost_.back().count == first)
    lost_.back().count += added;
  else
    lost_.push_back({first, added});
  offsets_.resize(offsets_.size() + static_cast<std::size_t>(count), 0);
}

void SegmentIndexBuilder::add_schema(const SchemaId& id, std::uint32_t offset) {
  schemas_.push_back({id.digest, offset, 0});
}

Result<Bytes> SegmentIndexBuilder::finish(const IndexIdentity& identity, const SegmentExtent& extent) const {
  if (offsets_.size() > 0xFFFF'FFFF)
    return failure(Errc::too_large, "index", {}, "a segment has at most 2^32 - 1 positions");
  std::vector<format::BitmapPlace> places;
  std::string names;
  Bytes bitmaps;
  format::IndexHeader header;
  std::size_t kind = Layout::category_count;
  for (const auto* of_kind : {&categories_, &types_, &organizations_}) {
    header.numbers[kind++] = of_kind->all().size();
    for (const auto number : of_kind->in_order()) {
      const auto& name = of_kind->all()[number];
      const auto bitmap = bitmap_bytes(name.ordinals);
      places.push_back({bitmaps.size(), static_cast<std::uint32_t>(bitmap.size()),
                        static_cast<std::uint32_t>(names.size()), static_cast<std::uint16_t>(name.text.size()), 0,
                        static_cast<std::uint32_t>(name.ordinals.size())});
      names += name.text;
      bitmaps.insert(bitmaps.end(), bitmap.begin(), bitmap.end());
      bitmaps.resize(format::padded(bitmaps.size()));
    }
  }
  header.magic = format::segment_index_magic;
  header.numbers[Layout::count] = offsets_.size();
  header.numbers[Layout::first_position] = extent.first_position.value;
  header.numbers[Layout::first_recorded_at] = static_cast<std::uint64_t>(extent.first_recorded_at.micros);
  header.numbers[Layout::last_recorded_at] = static_cast<std::uint64_t>(extent.last_recorded_at.micros);
  const BytesView sections[] = {std::as_bytes(std::span{offsets_}),
                                std::as_bytes(std::span{schemas_}),
                                std::as_bytes(std::span{lost_}),
                                std::as_bytes(std::span{places}),
                                as_bytes(names),
                                bitmaps};
  for (std::size_t i = 0; i < std::size(sections); ++i) header.sections[i].bytes = sections[i].size();
  MemorySink sink;
  IndexWriter writer{sink, identity, header};
  sink.reserve(writer.file_bytes());
  for (std::size_t i = 0; i < std::size(sections); ++i) EVENTSTORE_TRY(writer.write(i, sections[i]));
  EVENTSTORE_TRY(writer.finish());
  return sink.take();
}

}  // namespace eventstore::engine
