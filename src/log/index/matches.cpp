#include "matches.hpp"

#include <roaring/roaring.h>

#include <algorithm>
#include <new>

#include "bitmap_check.hpp"

namespace eventstore::engine {
namespace {

// The library says that memory is short by a null, where it says so at all.
template <class Pointer> Pointer allocated(Pointer pointer) {
  if (pointer == nullptr) throw std::bad_alloc{};
  return pointer;
}

}  // namespace

void Matches::Release::operator()(roaring_bitmap_s* bitmap) const { roaring_bitmap_free(bitmap); }

std::shared_ptr<const Matches> Matches::owning(roaring_bitmap_s* bitmap) {
  return std::shared_ptr<const Matches>{new Matches{Bitmap{allocated(bitmap)}}};
}

std::shared_ptr<const Matches> Matches::parse(BytesView bytes, std::uint64_t end) {
  if (!is_roaring_bitmap(bytes, end)) return nullptr;
  return owning(roaring_bitmap_portable_deserialize_safe(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::shared_ptr<const Matches> Matches::all_but(std::uint64_t end, std::span<const Range> lost) {
  Bitmap all{allocated(roaring_bitmap_create())};
  std::uint64_t at = 0;
  for (const auto& range : lost) {
    if (at < range.first) roaring_bitmap_add_range(all.get(), at, range.first);
    at = std::uint64_t{range.first} + range.count;
  }
  if (at < end) roaring_bitmap_add_range(all.get(), at, end);
  return std::shared_ptr<const Matches>{new Matches{std::move(all)}};
}

std::shared_ptr<const Matches> Matches::both(const Matches& a, const Matches& b) {
  return owning(roaring_bitmap_and(a.bitmap_.get(), b.bitmap_.get()));
}

std::shared_ptr<const Matches> Matches::none() { return owning(roaring_bitmap_create()); }

bool Matches::is_empty() const { return roaring_bitmap_is_empty(bitmap_.get()); }

std::uint64_t Matches::count() const { return roaring_bitmap_get_cardinality(bitmap_.get()); }

std::size_t Matches::bytes() const { return roaring_bitmap_size_in_bytes(bitmap_.get()); }

bool Matches::contains(std::uint32_t ordinal) const { return roaring_bitmap_contains(bitmap_.get(), ordinal); }

std::optional<std::uint32_t> Matches::next(std::uint32_t from) const {
  std::uint32_t found = 0;
  return next(from, {&found, 1}) == 1 ? std::optional{found} : std::nullopt;
}

std::optional<std::uint32_t> Matches::previous(std::uint32_t from) const {
  std::uint32_t found = 0;
  const auto rank = roaring_bitmap_rank(bitmap_.get(), from);  // how many are not greater
  if (rank == 0 || !roaring_bitmap_select(bitmap_.get(), static_cast<std::uint32_t>(rank - 1), &found))
    return std::nullopt;
  return found;
}

std::size_t Matches::next(std::uint32_t from, std::span<std::uint32_t> into) const {
  roaring_uint32_iterator_t at;
  roaring_init_iterator(bitmap_.get(), &at);
  if (!roaring_move_uint32_iterator_equalorlarger(&at, from)) return 0;
  const auto wanted = static_cast<std::uint32_t>(std::min<std::size_t>(into.size(), ~std::uint32_t{0}));
  return roaring_read_uint32_iterator(&at, into.data(), wanted);
}

std::size_t Matches::previous(std::uint32_t from, std::span<std::uint32_t> into) const {
  const auto last = previous(from);
  if (!last) return 0;
  roaring_uint32_iterator_t at;
  roaring_init_iterator(bitmap_.get(), &at);
  roaring_move_uint32_iterator_equalorlarger(&at, *last);
  std::size_t count = 0;
  for (; count < into.size() && at.has_value; roaring_previous_uint32_iterator(&at)) into[count++] = at.current_value;
  return count;
}

Bytes bitmap_bytes(std::span<const std::uint32_t> ordinals) {
  struct Release {
    void operator()(roaring_bitmap_t* bitmap) const { roaring_bitmap_free(bitmap); }
  };
  const std::unique_ptr<roaring_bitmap_t, Release> bitmap{allocated(roaring_bitmap_create())};
  roaring_bitmap_add_many(bitmap.get(), ordinals.size(), ordinals.data());
  roaring_bitmap_run_optimize(bitmap.get());
  Bytes bytes(roaring_bitmap_portable_size_in_bytes(bitmap.get()));
  roaring_bitmap_portable_serialize(bitmap.get(), reinterpret_cast<char*>(bytes.data()));
  return bytes;
}

}  // namespace eventstore::engine
