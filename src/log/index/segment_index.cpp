#include "segment_index.hpp"

#include <algorithm>

namespace eventstore::engine {

using format::BitmapPlace;
using format::SegmentIndexLayout;

namespace {
constexpr std::size_t combinations_kept = 64;
}

Result<std::shared_ptr<const SegmentIndex>> SegmentIndex::open(FileSystem& files, const std::string& path,
                                                               std::shared_ptr<KeptOpen> kept) {
  EVENTSTORE_TRY_ASSIGN(auto file, IndexFile::open(files, path, format::segment_index_magic));
  return checked(std::move(file), std::move(kept));
}

Result<std::shared_ptr<const SegmentIndex>> SegmentIndex::of(Bytes bytes, std::string path,
                                                             std::shared_ptr<KeptOpen> kept) {
  EVENTSTORE_TRY_ASSIGN(auto file, IndexFile::of(std::move(bytes), std::move(path), format::segment_index_magic));
  return checked(std::move(file), std::move(kept));
}

SegmentIndex::SegmentIndex(IndexFile file, std::shared_ptr<KeptOpen> kept)
    : file_{std::move(file)},
      kept_open_{std::move(kept)},
      count_{file_.number(SegmentIndexLayout::count)},
      end_{file_.identity().end},
      extent_{Position{file_.number(SegmentIndexLayout::first_position)},
              Timestamp{static_cast<std::int64_t>(file_.number(SegmentIndexLayout::first_recorded_at))},
              Timestamp{static_cast<std::int64_t>(file_.number(SegmentIndexLayout::last_recorded_at))}},
      first_of_kind_{} {
  for (std::size_t kind = 0; kind < 3; ++kind)
    first_of_kind_[kind + 1] = first_of_kind_[kind] + file_.number(SegmentIndexLayout::category_count + kind);
}

Result<std::shared_ptr<const SegmentIndex>> SegmentIndex::checked(IndexFile file, std::shared_ptr<KeptOpen> kept) {
  const auto places = file.count<BitmapPlace>(SegmentIndexLayout::places);
  std::uint64_t left = places;
  for (std::size_t kind = 0; kind < 3; ++kind) {
    const auto count = file.number(SegmentIndexLayout::category_count + kind);
    if (count > left) return file.damaged("it states more names than it has");
    left -= count;
  }
  if (left != 0 || places >= absent || file.number(SegmentIndexLayout::count) > 0xFFFF'FFFF ||
      file.count<std::uint32_t>(SegmentIndexLayout::offsets) != file.number(SegmentIndexLayout::count))
    return file.damaged("its counts contradict each other");
  return std::shared_ptr<const SegmentIndex>{new SegmentIndex{std::move(file), std::move(kept)}};
}

Result<std::span<const std::uint32_t>> SegmentIndex::offsets(std::uint64_t first, std::uint64_t count) const {
  if (first > count_ || count > count_ - first)
    return failure(Errc::invalid_argument, "read index", file_.path(), "ordinals that it does not cover");
  EVENTSTORE_TRY_ASSIGN(const auto offsets, file_.array<std::uint32_t>(SegmentIndexLayout::offsets, first, count));
  std::uint32_t highest = 0;
  for (const auto offset : offsets) highest = std::max(highest, offset);
  if (highest >= end_) return file_.damaged("an event's place is not in the part that it covers");
  return offsets;
}

Result<std::span<const format::SchemaPlace>> SegmentIndex::schemas() const {
  EVENTSTORE_TRY_ASSIGN(const auto schemas, file_.array<format::SchemaPlace>(
                                                SegmentIndexLayout::schemas, 0,
                                                file_.count<format::SchemaPlace>(SegmentIndexLayout::schemas)));
  for (const auto& schema : schemas)
    if (schema.offset >= end_) return file_.damaged("a schema's place is not in the part that it covers");
  return schemas;
}

Result<std::span<const Matches::Range>> SegmentIndex::lost() const {
  EVENTSTORE_TRY_ASSIGN(
      const auto lost,
      file_.array<Matches::Range>(SegmentIndexLayout::lost, 0, file_.count<Matches::Range>(SegmentIndexLayout::lost)));
  std::uint64_t at = 0;
  for (const auto& range : lost) {
    if (range.first < at || range.count == 0 || std::uint64_t{range.first} + range.count > count_)
      return file_.damaged("its lost stretches do not ascend");
    at = std::uint64_t{range.first} + range.count;
  }
  return lost;
}

Result<std::shared_ptr<const Matches>> SegmentIndex::matches(const Filter& filter) const {
  const std::string* const names[] = {&filter.category, &filter.type, &filter.organization};
  std::array<std::uint32_t, 3> numbers{};
  for (const auto kind : {category, type, organization}) {
    if (names[kind]->empty()) continue;
    EVENTSTORE_TRY_ASSIGN(numbers[kind], number_of(kind, *names[kind]));
    if (numbers[kind] == absent) return Matches::none();
  }
  return combine(numbers);
}

Result<std::uint32_t> SegmentIndex::number_of(Kind kind, std::string_view name) const {
  auto first = first_of_kind_[kind];
  const auto end = first_of_kind_[kind + 1U];
  for (auto last = end; first < last;) {
    const auto middle = first + (last - first) / 2;
    EVENTSTORE_TRY_ASSIGN(const auto place, file_.element<BitmapPlace>(SegmentIndexLayout::places, middle));
    EVENTSTORE_TRY_ASSIGN(const auto text, file_.text(SegmentIndexLayout::names, place.name_offset, place.name_bytes));
    if (text == name) return static_cast<std::uint32_t>(middle + 1);
    if (text < name)
      first = middle + 1;
    else
      last = middle;
  }
  return absent;
}

// Made without the lock: two threads may make the same, and the first one's is kept.
Result<std::shared_ptr<const Matches>> SegmentIndex::combine(const std::array<std::uint32_t, 3>& numbers) const {
  {
    const std::lock_guard lock{mutex_};
    if (const auto found = kept_.find(numbers); found != kept_.end()) return found->second;
  }
  std::shared_ptr<const Matches> combined;
  const bool is_one = std::count(numbers.begin(), numbers.end(), any) == 2;
  for (std::size_t kind = 0; kind < numbers.size(); ++kind) {
    if (numbers[kind] == any) continue;
    std::array<std::uint32_t, 3> alone{};
    alone[kind] = numbers[kind];
    EVENTSTORE_TRY_ASSIGN(auto one, is_one ? bitmap(numbers[kind]) : combine(alone));
    combined = combined ? Matches::both(*combined, *one) : std::move(one);
  }
  if (!combined) {
    EVENTSTORE_TRY_ASSIGN(const auto lost, this->lost());
    combined = Matches::all_but(count_, lost);
  }
  const std::lock_guard lock{mutex_};
  if (kept_open_ != nullptr) kept_open_->add_bitmap(combined->bytes());
  if (kept_.size() >= combinations_kept) kept_.clear();
  return kept_.emplace(numbers, std::move(combined)).first->second;
}

Result<std::shared_ptr<const Matches>> SegmentIndex::bitmap(std::uint32_t number) const {
  EVENTSTORE_TRY_ASSIGN(const auto place, file_.element<BitmapPlace>(SegmentIndexLayout::places, number - 1));
  EVENTSTORE_TRY_ASSIGN(const auto bytes,
                        file_.array<std::byte>(SegmentIndexLayout::bitmaps, place.offset, place.bytes));
  auto parsed = Matches::parse(bytes, count_);
  if (!parsed || parsed->count() != place.count) return file_.damaged("a bitmap is damaged");
  return parsed;
}

}  // namespace eventstore::engine
