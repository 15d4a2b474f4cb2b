// The file of a checkpoint: whole and durable, or the one before.
#include <eventstore/projection/checkpoint_file.hpp>
#include <eventstore/testing/simulated_disk.hpp>

#include "laws/event_log_laws.hpp"

namespace checkpoint_file_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

const Uuid purpose = Uuid::v5(Uuid{}, "a test");

}  // namespace

TEST_CASE("a checkpoint file gives the place that was written last", "[checkpoint]") {
  MemoryEngine engine;
  SimulatedDisk files;
  fill(*engine.log, "delivery-1", 1, 3);
  CheckpointFile file{files, "a/b/place"};
  CHECK(*file.read(*engine.log, purpose) == std::nullopt);
  for (const auto position : {Position{0}, Position{3}, Position{2}}) {
    const auto place = *LogPlace::at(*engine.log, position);
    REQUIRE(file.write(place, purpose));
    CHECK(**file.read(*engine.log, purpose) == place);
  }
  CHECK(file.remove());
  CHECK(file.remove());
  CHECK(*file.read(*engine.log, purpose) == std::nullopt);
}

TEST_CASE("a power cut leaves the checkpoint before or the one that was written", "[checkpoint][crash]") {
  MemoryEngine engine;
  fill(*engine.log, "delivery-1", 1, 2);
  const auto first = *LogPlace::at(*engine.log, Position{1});
  const auto second = *LogPlace::at(*engine.log, Position{2});
  for (std::uint64_t cut = 1;; ++cut) {
    CAPTURE(cut);
    SimulatedDisk files{{.seed = cut}};
    CheckpointFile file{files, "place"};
    REQUIRE(file.write(first, purpose));
    files.cut_power_after(cut);
    const bool written = file.write(second, purpose).has_value();
    if (written) files.cut_power();
    files.restart();
    const auto found = file.read(*engine.log, purpose);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((**found == second || (!written && **found == first)));
    if (written) break;
  }
}

}  // namespace checkpoint_file_test
