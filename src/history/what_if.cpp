#include <eventstore/history/what_if.hpp>

#include <eventstore/aggregate/replay.hpp>
#include <eventstore/core/detail/guarded.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

// The aggregate in both histories, at one place.
class Both {
 public:
  Both(const EventLog& log, const SchemaReader& schemas, const EditedStream& edited, std::unique_ptr<AnyState> begin)
      : log_{log},
        schemas_{schemas},
        edited_{edited},
        edited_schemas_{edited},
        was_{std::move(begin)},
        would_be_{was_->clone()} {}

  Result<void> go_to(Version recorded, Version edited) {
    EVENTSTORE_TRY(replay(log_, schemas_, edited_.stream(), *was_, recorded));
    return replay(edited_, edited_schemas_, edited_.stream(), *would_be_, edited);
  }
  [[nodiscard]] bool is_same() {
    bytes_.clear();
    other_bytes_.clear();
    was_->encode_to(bytes_);
    would_be_->encode_to(other_bytes_);
    return bytes_ == other_bytes_;
  }
  [[nodiscard]] Changes changes() const { return would_be_->changes_since(*was_); }

 private:
  const EventLog& log_;
  const SchemaReader& schemas_;
  const EditedStream& edited_;
  const SchemaReader edited_schemas_;
  std::unique_ptr<AnyState> was_;
  std::unique_ptr<AnyState> would_be_;
  Bytes bytes_{};
  Bytes other_bytes_{};
};

Version before(Version version) { return Version{version.value - 1}; }

// The states right behind the edit. One that left an event out has no event in the edited history, an inserted one none
// in the recorded history.
Result<void> go_behind(const EditedPlace& place, Both& both) {
  const bool is_recorded = place.kind != StreamEdit::Kind::insert;
  const bool is_edited = place.kind != StreamEdit::Kind::without;
  return both.go_to(is_recorded ? place.recorded : before(place.recorded),
                    is_edited ? place.edited : before(place.edited));
}

}  // namespace

Result<WhatIf> what_if(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                       const EditedStream& edited, Snapshots* snapshots) {
  return detail::guarded("replay", edited.stream().text(), [&]() -> Result<WhatIf> {
    WhatIf found;
    if (edited.places().empty()) return found;
    EVENTSTORE_TRY_ASSIGN(auto begin, load_state(log, schemas, type, edited.stream(),
                                                 before(edited.places().front().recorded), snapshots));
    Both both{log, schemas, edited, std::move(begin)};
    for (const auto& place : edited.places()) {
      EVENTSTORE_TRY(go_behind(place, both));
      if (found.diverges || both.is_same()) continue;
      found.diverges = Divergence{place, both.changes()};
    }
    EVENTSTORE_TRY(both.go_to(edited.recorded_head(), edited.edited_head()));
    found.same = both.is_same();
    found.changes = both.changes();
    return found;
  });
}

}  // namespace v1
}  // namespace eventstore
