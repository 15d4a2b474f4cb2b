#pragma once
// What an aggregate would be if its history had been another one.
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/history/edited_stream.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {

/// The first edit that made a difference, and the states right after it.
struct Divergence {
  EditedPlace place;
  Changes changes{};  ///< from the recorded state to the edited one, in the form of docs/reference/changes.md
};

struct WhatIf {
  bool same = true;                    ///< whether the states at the end have the same bytes
  Changes changes{};                   ///< at the end, from the recorded state to the edited one
  std::optional<Divergence> diverges;  ///< absent where no edit made a difference
};

/// Folds both histories of `edited`, which is of the aggregate `type`. No decision is made again, and no event is
/// refused: evolve() takes each as a fact. States differ where their bytes do; a difference in fields that are
/// bookkeeping alone leaves `changes` empty. Errors: as load_state and AnyState::fold, also for what evolve() throws in
/// a history that never was. Cost: one load of the state before the first edit, by a snapshot where there is one; then
/// a fold of both histories, and a comparison of the states at each edit.
Result<WhatIf> what_if(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                       const EditedStream& edited, Snapshots* snapshots = nullptr);

}  // namespace v1
}  // namespace eventstore
