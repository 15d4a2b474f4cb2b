#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/predicate.hpp>

#include "evaluator.hpp"
#include "parser.hpp"

namespace eventstore {
inline namespace v1 {

Result<Predicate> Predicate::parse(std::string_view text, const AggregateType& type, const EventLog* log) {
  if (type.state_schema == nullptr)
    return failure(Errc::invalid_argument, "predicate", type.category, "the events of this category make no state");
  return detail::guarded("read predicate", {}, [&]() -> Result<Predicate> {
    EVENTSTORE_TRY_ASSIGN(auto program, predicate::parse(text, type, log));
    return Predicate{std::make_shared<const predicate::Program>(std::move(program))};
  });
}

const std::string& Predicate::text() const { return program_->text; }

PredicateCheck::PredicateCheck(Predicate predicate, const SchemaReader& schemas)
    : evaluator_{std::make_unique<predicate::Evaluator>(std::move(predicate.program_), schemas)} {}
PredicateCheck::PredicateCheck(PredicateCheck&&) noexcept = default;
PredicateCheck& PredicateCheck::operator=(PredicateCheck&&) noexcept = default;
PredicateCheck::~PredicateCheck() = default;

void PredicateCheck::begin() { evaluator_->begin(); }
void PredicateCheck::begin_after(const RecordedEvent& previous, const Metadata& metadata) {
  evaluator_->keep_previous(previous, metadata);
}
Result<bool> PredicateCheck::holds(const Step& step) { return evaluator_->holds(step); }

}  // namespace v1
}  // namespace eventstore
