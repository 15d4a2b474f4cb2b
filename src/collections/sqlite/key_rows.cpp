#include "key_rows.hpp"

#include <cstring>

namespace eventstore::engine::sqlite {
namespace {

constexpr std::size_t first_entries = 16;

// Four fifths. A part grows by a quarter, so 72 % are used on average.
bool is_crowded(std::size_t used, std::size_t entries) { return used * 5 >= entries * 4; }

}  // namespace

// The entry of `id`, or the free one where it belongs. An id is a digest, so its bits serve as a hash.
std::size_t KeyRows::place(const Part& part, const Words& id) {
  const auto size = part.entries.size();
  auto at = static_cast<std::size_t>((std::uint64_t{id[2]} * size) >> 32U);
  while (part.entries[at].id != id && part.entries[at].id != Words{}) at = at + 1 == size ? 0 : at + 1;
  return at;
}

std::int64_t KeyRows::find(const Uuid& id) const {
  const auto& part = parts_[id.octets[0]];
  if (part.entries.empty()) return 0;
  Words words;
  std::memcpy(words.data(), id.octets.data(), sizeof words);
  return part.entries[place(part, words)].row;
}

void KeyRows::set(const Uuid& id, std::int64_t row) {
  auto& part = parts_[id.octets[0]];
  if (is_crowded(part.used, part.entries.size())) grow(part);
  Words words;
  std::memcpy(words.data(), id.octets.data(), sizeof words);
  auto& entry = part.entries[place(part, words)];
  if (entry.id == Words{}) {
    entry.id = words;
    ++part.used;
  }
  entry.row = static_cast<std::uint32_t>(row);
}

void KeyRows::grow(Part& part) {
  Part larger;
  larger.entries.resize(std::max(first_entries, part.entries.size() + part.entries.size() / 4));
  larger.used = part.used;
  for (const auto& entry : part.entries)
    if (entry.id != Words{}) larger.entries[place(larger, entry.id)] = entry;
  bytes_ += (larger.entries.size() - part.entries.size()) * sizeof(Entry);
  part = std::move(larger);
}

}  // namespace eventstore::engine::sqlite
