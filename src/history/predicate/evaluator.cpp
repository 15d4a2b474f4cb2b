#include "evaluator.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

bool matches(Op op, std::partial_ordering order) {
  switch (op) {
    case Op::equal: return order == 0;
    case Op::not_equal: return order != 0;
    case Op::less: return order < 0;
    case Op::less_equal: return order <= 0;
    case Op::greater: return order > 0;
    default: return order >= 0;
  }
}

bool are_equal(const Scalar& a, const Scalar& b) {
  const auto order = compare(a, b);
  return order && *order == 0;
}

// Empty means not known.
Scalar text_or_missing(std::string_view text) { return text.empty() ? Scalar{} : Scalar::of(text); }

}  // namespace

Evaluator::Evaluator(std::shared_ptr<const Program> program, const SchemaReader& schemas)
    : program_{std::move(program)},
      documents_(program_->documents),
      event_{schemas, *program_->type},
      before_event_{schemas, *program_->type} {}

void Evaluator::keep_previous(const RecordedEvent& event, const Metadata& metadata) {
  if (!program_->uses_previous) return;
  previous_ = kept_.keep(event, metadata, program_->uses_previous_data);
  before_event_.next();
}

Result<bool> Evaluator::holds(const Step& step) {
  step_ = &step;
  event_.next();
  const bool held = truth(program_->root);
  step_ = nullptr;
  if (error_) {
    auto error = std::move(*error_);
    error_.reset();
    return failure(std::move(error));
  }
  keep_previous(step.event, step.metadata);
  return held;
}

Scalar Evaluator::evaluate(const Node& node) {
  switch (node.op) {
    case Op::literal: {
      auto value = node.literal;
      if (value.form == Form::text) value.text = node.text;
      return value;
    }
    case Op::path: return evaluate_path(node);
    case Op::any_of:
      return Scalar::of(std::any_of(node.parts.begin(), node.parts.end(), [&](auto part) { return truth(part); }));
    case Op::all_of:
      return Scalar::of(std::all_of(node.parts.begin(), node.parts.end(), [&](auto part) { return truth(part); }));
    case Op::negation: return Scalar::of(!truth(node.parts[0]));
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return Scalar::of(comparison(node));
    case Op::is_in: return Scalar::of(is_in(node));
    case Op::contains: return Scalar::of(contains(node));
    case Op::starts_with:
    case Op::ends_with: return Scalar::of(in_text(node));
    case Op::sum: return sum(node);
    case Op::size: return size(node);
    case Op::exists: return Scalar::of(exists(node));
    case Op::any_element:
    case Op::all_elements: return Scalar::of(elements(node));
  }
  return {};
}

Scalar Evaluator::evaluate_path(const Node& node) {
  const auto root = node.path.root;
  if (root > Root::event_data) return event_member(node.path);
  if (root == Root::key) return Scalar::of(key_);
  return item(node).scalar();
}

bool Evaluator::comparison(const Node& node) {
  const auto order = compare(evaluate(this->node(node.parts[0])), evaluate(this->node(node.parts[1])));
  return order && matches(node.op, *order);
}

bool Evaluator::is_in(const Node& node) {
  const auto value = evaluate(this->node(node.parts[0]));
  return std::any_of(node.parts.begin() + 1, node.parts.end(),
                     [&](auto part) { return are_equal(value, evaluate(this->node(part))); });
}

bool Evaluator::contains(const Node& node) {
  const auto& whole = this->node(node.parts[0]);
  const auto part = evaluate(this->node(node.parts[1]));
  if (part.form == Form::missing) return false;
  const auto within = whole.op == Op::path && whole.path.root <= Root::event_data ? item(whole) : Item{};
  if (!within.has_entries()) {
    const auto text = within.is_there() ? within.scalar() : evaluate(whole);
    return text.form == Form::text && part.form == Form::text && text.text.find(part.text) != std::string_view::npos;
  }
  if (within.is_keyed()) return part.form == Form::text && within.member(part.text).is_there();
  auto& content = document(whole.path.document + 1);
  return !within.each([&](std::string_view, const Item& element) {
    if (element.is_secret()) return (void)refuse_secret(whole.path), false;
    return !are_equal(element.opened(content).scalar(), part);
  });
}

bool Evaluator::in_text(const Node& node) {
  const auto whole = evaluate(this->node(node.parts[0]));
  const auto part = evaluate(this->node(node.parts[1]));
  if (whole.form != Form::text || part.form != Form::text) return false;
  return node.op == Op::starts_with ? whole.text.starts_with(part.text) : whole.text.ends_with(part.text);
}

bool Evaluator::exists(const Node& node) {
  const auto& what = this->node(node.parts[0]);
  if (what.path.root == Root::whole_event) return !what.path.of_previous || previous_.has_value();
  if (what.path.root > Root::event_data || what.path.root == Root::key) return evaluate(what).form != Form::missing;
  return item(what).is_there();
}

bool Evaluator::elements(const Node& node) {
  const bool any = node.op == Op::any_element;
  const auto of = item(this->node(node.parts[0]));
  if (!of.has_entries()) return false;
  const auto outer_element = element_;
  const auto outer_key = key_;
  const bool ended = !of.each([&](std::string_view key, const Item& element) {
    element_ = element;
    key_ = key;
    return truth(node.parts[1]) != any;
  });
  element_ = outer_element;
  key_ = outer_key;
  return ended == any;
}

Scalar Evaluator::sum(const Node& node) {
  auto total = evaluate(this->node(node.parts[0]));
  for (std::size_t i = 1; i < node.parts.size(); ++i)
    total = predicate::sum(total, evaluate(this->node(node.parts[i])), node.negative[i]);
  return total;
}

Scalar Evaluator::size(const Node& node) {
  const auto& of = this->node(node.parts[0]);
  const auto root = of.path.root;
  const auto size = root > Root::event_data || root == Root::key ? sized(evaluate(of)) : item(of).size();
  return size ? Scalar::of(Wide{*size}) : Scalar{};
}

Item Evaluator::item(const Node& node) {
  auto& free_data = document(node.path.document);
  auto item = begin_of(node.path);
  if (item.is_secret()) return refuse_secret(node.path);
  item = item.opened(free_data);
  for (const auto& step : node.path.steps) {
    if (!item.is_there()) return {};
    if (step.is_place)
      item = item.element(step.place);
    else if (!step.fields.empty() && item.is_record_in_memory())
      for (const auto field : step.fields) item = item.field(field);
    else
      item = item.member(step.name);
    if (item.is_secret()) return refuse_secret(node.path);
    item = item.opened(free_data);
  }
  return item;
}

// What only the event tells: the parser refuses those that it knows.
Item Evaluator::refuse_secret(const Path& path) {
  std::string text = path.root == Root::event_data ? (path.of_previous ? "previous.data" : "event.data") : "it";
  for (const auto& step : path.steps) text += step.is_place ? '[' + std::to_string(step.place) + ']' : '.' + step.name;
  if (!error_)
    error_ = Error{Errc::invalid_argument, "ask the predicate", std::string{step_->event.stream},
                   text + " is a secret, and secrets cannot be asked for", step_->event.position};
  return {};
}

Item Evaluator::begin_of(const Path& path) {
  switch (path.root) {
    case Root::before: return state_of(step_->before);
    case Root::after: return state_of(step_->after);
    case Root::element: return element_;
    case Root::event_data: break;
    default: return {};
  }
  if (path.of_previous && !previous_) return {};
  auto data = path.of_previous ? before_event_.data(*previous_) : event_.data(step_->event);
  if (data) return *data;
  if (!error_) error_ = std::move(data.error());
  return {};
}

// Before its first event that means something, an aggregate has no state.
Item Evaluator::state_of(const AnyState& state) const {
  return state.is_new() ? Item{} : Item{state.value(), *program_->state};
}

Scalar Evaluator::event_member(const Path& path) {
  if (path.of_previous && !previous_) return {};
  const auto& event = path.of_previous ? *previous_ : step_->event;
  const auto& metadata = path.of_previous ? kept_.metadata() : step_->metadata;
  switch (path.root) {
    case Root::event_type: return Scalar::of(event.type);
    case Root::created_at: return Scalar::of(event.created_at);
    case Root::recorded_at: return Scalar::of(event.recorded_at);
    case Root::version: return Scalar::of(Wide{event.version.value});
    case Root::position: return Scalar::of(Wide{event.position.value});
    case Root::event_id: return Scalar::of(event.id.uuid);
    case Root::organization_id: return Scalar::of(event.organization);
    case Root::user_id: return text_or_missing(metadata.user_id);
    case Root::correlation_id: return text_or_missing(metadata.correlation_id);
    case Root::causation_id: return text_or_missing(metadata.causation_id);
    default: return {};
  }
}

JsonDocument& Evaluator::document(std::uint32_t index) {
  auto& kept = documents_[index];
  if (!kept) kept = std::make_unique<JsonDocument>();
  return *kept;
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
