#include "simulated_machine.hpp"

#include <algorithm>
#include <cerrno>

namespace eventstore {
inline namespace v1 {

Result<Fate> SimulatedDisk::Machine::begin(FileCall call, std::string_view path, bool may_write, std::uint64_t from_run,
                                           std::uint64_t number) {
  if (!is_running || from_run != run)
    return failure(Error{Errc::io_failed, "use a run that is over", std::string{path}, {}, Position{0}, EIO});
  trace(static_cast<std::uint64_t>(call));
  for (const char letter : path) trace(static_cast<unsigned char>(letter));
  trace(number);
  Fate fate;
  if (may_write) {
    entries.for_each_file([&](SimulatedFile& file) { file.note_stores(order); });
    fate.is_last = ++changes == stop_at;
  }
  if (!fate.is_last && (may_write || call != FileCall::open)) fate.os_errno = planned_failure(call);
  if (fate.os_errno != 0) ++failures;
  trace(static_cast<std::uint64_t>(fate.os_errno));
  return fate;
}

int SimulatedDisk::Machine::planned_failure(FileCall call) {
  auto& plan = plans[static_cast<std::size_t>(call)];
  if (plan.countdown > 0 && --plan.countdown == 0) {
    if (--plan.times > 0) plan.countdown = 1;
    return plan.os_errno;
  }
  const auto often = options.failures_in_10000[static_cast<std::size_t>(call)];
  if (often == 0 || !fails_at_random || random.below(10000) >= often) return 0;
  if (call == FileCall::sync || call == FileCall::sync_directory) return random.pick({EIO, EIO, ENOSPC, EINTR});
  const bool takes_space = call == FileCall::open || call == FileCall::write || call == FileCall::make_directory;
  return takes_space && random.chance(50) ? ENOSPC : EIO;
}

tl::unexpected<Error> SimulatedDisk::Machine::fail(const Fate& fate, const char* during, std::string path) {
  if (fate.is_last) end_run(stops_power);
  const auto number = fate.is_last ? EIO : fate.os_errno;
  const auto code = number == ENOSPC   ? Errc::out_of_space
                    : number == EROFS  ? Errc::read_only
                    : number == ENOENT ? Errc::not_found
                    : number == ENOMEM ? Errc::out_of_memory
                                       : Errc::io_failed;
  return failure(Error{code, during, std::move(path), {}, Position{0}, number});
}

void SimulatedDisk::Machine::end_run(bool with_power) {
  if (!is_running) return;
  is_running = false;
  stop_at = 0;
  entries.unlock_all();
  entries.for_each_file([&](SimulatedFile& file) { file.note_stores(order); });
  if (!with_power) {
    entries.end_run();
    entries.for_each_file([](SimulatedFile& file) { file.leave_maps_behind(); });
    return;
  }
  ++boot;
  // Two cuts at different changes lose differently, and each loses the same when it is made again.
  random = Random{options.seed * 0x9E3779B97F4A7C15U + changes};
  Cut cut;
  constexpr Loss drawn[] = {Loss::sectors, Loss::sectors, Loss::sectors, Loss::sectors,    Loss::writes,
                            Loss::writes,  Loss::tail,    Loss::tail,    Loss::everything, Loss::nothing};
  cut.loss = options.loss.value_or(drawn[random.below(std::size(drawn))]);
  auto first = order;
  entries.for_each_file([&](const SimulatedFile& file) { first = std::min(first, file.first_unsynced(order)); });
  if (entries.first_unsynced() != 0) first = std::min(first, entries.first_unsynced());
  cut.last_order = first + random.below(order - first + 2);
  entries.lose(cut, random);
  entries.for_each_file([&](SimulatedFile& file) {
    if (options.loses_neighbours) file.lose_neighbours(random);
    file.lose(cut, random);
  });
}

}  // namespace v1
}  // namespace eventstore
