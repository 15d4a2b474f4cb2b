#include <eventstore/app/certificate.hpp>

#include <fmt/format.h>

#include "unless_zero.hpp"

namespace eventstore::app {
namespace {

struct Read {
  Checkpoint checkpoint;
  Certificate certificate;
  std::optional<Digest128> computed;
};

// All of one moment.
Result<Read> read(Collections& collections, const CollectionShape& shape) {
  struct EndSnapshot {
    ~EndSnapshot() { collections.release_snapshot(); }
    Collections& collections;
  };
  EVENTSTORE_TRY(collections.hold_snapshot());
  const EndSnapshot at_end{collections};
  Read made{};
  EVENTSTORE_TRY_ASSIGN(made.certificate, collections.certificate(shape.name));
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections.checkpoint(shape.name));
  if (checkpoint) made.checkpoint = *checkpoint;
  auto computed = collections.compute_digest(shape, shape.name);
  if (computed)
    made.computed = *computed;
  else if (computed.error().code != Errc::invalid_argument)
    return failure_of(computed);
  return made;
}

std::string differs(const std::string& name, const Digest128& kept) {
  return fmt::format(
      "the documents are not those of digest {}, which was kept with each change of a worker: something else has "
      "changed them; run `project rebuild {}` if they are wrong",
      kept.to_string(), name);
}

}  // namespace

Result<ProjectionCertificate> certificate_of(Collections& collections, const CollectionShape& shape) {
  EVENTSTORE_TRY_ASSIGN(auto found, read(collections, shape));
  const auto& made = found.certificate;
  ProjectionCertificate row{};
  row.first = made.first.value;
  row.last = made.last.value;
  if (made.events) {
    row.events = 0;
    row.types.emplace();
    for (const auto& each : *made.events) {
      *row.events += each.events;
      row.types->push_back({each.category, each.type, each.events});
    }
  }
  std::uint64_t passed_over = 0;
  for (const auto& each : found.checkpoint.passed_over) passed_over += each.events;
  row.missed = unless_zero(made.missed_events);
  row.passed_over = unless_zero(passed_over);
  row.set_aside = unless_zero(made.set_aside.open);
  row.dropped = unless_zero(made.set_aside.dropped);
  if (!found.computed) return row;
  row.digest = found.computed->to_string();
  if (made.digest && *made.digest != *found.computed) row.note = differs(shape.name, *made.digest);
  return row;
}

}  // namespace eventstore::app
