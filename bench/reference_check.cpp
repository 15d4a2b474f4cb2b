#include <bench/reference_check.hpp>

#include <algorithm>

namespace bench::detail {
namespace {

bool same(const Seen& seen, const Event& event, std::uint64_t position) {
  return seen.stream == event.stream->text() && seen.version == event.version && seen.position == position &&
         seen.type == event.type && std::ranges::equal(seen.metadata, event.metadata) &&
         std::ranges::equal(seen.data, event.data);
}

}  // namespace

void check_appends(History& history, bool checks_versions, const Checked& engine) {
  constexpr std::size_t singles = 20;
  Batch batch;
  for (std::size_t i = 0; i < singles; ++i) {
    history.fill(batch, i, 1);
    require(engine.append(batch, Sync::every_append), "an append was refused");
  }
  history.fill(batch, singles, 80);
  require(engine.append(batch, Sync::every_append), "a synced batch was refused");
  history.fill(batch, 100, history.size());
  require(engine.append(batch, Sync::later), "an unsynced batch was refused");
  if (!checks_versions) return;
  // Other ids, or it would be a retry; every version is stale.
  for (auto& event : batch.events) event.id.octets[3] ^= 0x55;
  require(!engine.append(batch, Sync::later), "a stale batch was not refused");
  require(!engine.append(batch, Sync::every_append), "a stale synced batch was not refused");
}

void check_reads(const History& history, const Checked& engine) {
  std::size_t next = 0;
  engine.scan([&](const Seen& seen) {
    require(next < history.size() && same(seen, history.event(next), next + 1), "scan");
    ++next;
  });
  require(next == history.size(), "scan ended early");
  for (std::size_t stream = 0; stream < history.streams().size(); ++stream) {
    std::uint64_t version = 0;
    engine.read_stream(history.streams()[stream], [&](const Seen& seen) {
      const auto position = seen.position;
      require(seen.version == ++version, "read_stream: versions out of order");
      require(position >= 1 && position <= history.size() && same(seen, history.event(position - 1), position),
              "read_stream");
    });
    require(version == history.head(stream), "read_stream ended early");
  }
  constexpr std::size_t type = 7;
  std::size_t index = type;
  engine.scan_filtered(type_name(type), [&](const Seen& seen) {
    require(index < history.size() && same(seen, history.event(index), index + 1), "scan_filtered");
    index += type_count;
  });
  require(index >= history.size(), "scan_filtered ended early");
}

}  // namespace bench::detail
