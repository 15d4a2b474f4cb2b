#include <eventstore/schema/detail/differences.hpp>

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {
namespace {

// A type in a sentence: without the marks, and a long one by its kind.
std::string spoken(std::string_view type) {
  if (const TypeText text{type}; text.is_record()) return "record";
  std::string plain;
  for (const char c : type.substr(0, 80))
    if (c != '=') plain += c;
  return type.size() > 80 ? plain + "…" : plain;
}

std::string describe_at(const Difference& difference, const std::string& path) {
  switch (difference.change) {
    case SchemaChange::none: break;
    case SchemaChange::field_added:
      return fmt::format("`{}` is added and {}", path,
                         TypeText{difference.wanted}.is_optional() ? "optional" : "has a default");
    case SchemaChange::field_removed: return fmt::format("`{}` is removed", path);
    case SchemaChange::field_renamed: return fmt::format("`{}` was `{}`", path, difference.stored);
    case SchemaChange::fields_reordered:
      return path.empty() ? "the fields are reordered" : fmt::format("the fields of `{}` are reordered", path);
    case SchemaChange::widened:
    case SchemaChange::type_changed:
      return fmt::format("`{}` was {} and is {}", path, spoken(difference.stored), spoken(difference.wanted));
    case SchemaChange::made_optional: return fmt::format("`{}` is optional now", path);
    case SchemaChange::enumerator_added: return fmt::format("`{}` may be {} now", path, difference.stored);
    case SchemaChange::alternative_added: return fmt::format("`{}` may hold a {} now", path, difference.stored);
    case SchemaChange::field_required: return fmt::format("`{}` is added and has no default", path);
    case SchemaChange::field_claimed_twice: return fmt::format("two fields would be read from `{}`", path);
    case SchemaChange::made_required: return fmt::format("`{}` was optional and is required", path);
    case SchemaChange::enumerator_removed:
      return fmt::format("`{}` may hold {}, which this build does not have", path, difference.stored);
    case SchemaChange::alternative_removed:
      return fmt::format("`{}` may hold a {}, which this build does not have", path, difference.stored);
  }
  return "nothing differs";
}

// Whether a field of the type `stored` could be the earlier one of a field of the type `wanted`.
struct SameType {
  bool same = true;
  void found(const Difference& difference) { same = same && difference.change == SchemaChange::made_optional; }
  void enter(std::string_view) {}
  void leave() {}
};
bool is_same_type(std::string_view stored, std::string_view wanted) {
  SameType report;
  detail::Comparison<SameType>{report}.types(TypeText{stored}, TypeText{wanted}, "");
  return report.same;
}

class Collector {
 public:
  std::vector<std::string> sentences;
  std::vector<std::string> questions;

  void found(const Difference& difference) {
    // Within a field the path already ends in its name.
    const bool own =
        difference.change == SchemaChange::field_added || difference.change == SchemaChange::field_removed ||
        difference.change == SchemaChange::field_renamed || difference.change == SchemaChange::field_required ||
        difference.change == SchemaChange::field_claimed_twice;
    sentences.push_back(describe_at(difference, own ? inner(difference.name) : path_));
    if (difference.change == SchemaChange::field_added || difference.change == SchemaChange::field_required)
      added_.push_back({path_, difference});
    if (difference.change == SchemaChange::field_removed) removed_.push_back({path_, difference});
  }
  // Behind all differences.
  void ask() {
    for (const auto& [path, added] : added_) {
      std::string names;
      std::string_view last;
      for (const auto& [other_path, removed] : removed_) {
        if (other_path != path || !is_same_type(removed.stored, added.wanted)) continue;
        names += fmt::format("{}`{}`", names.empty() ? "" : " or ", removed.name);
        last = removed.name;
      }
      if (last.empty()) continue;
      const auto field = path.empty() ? std::string{added.name} : fmt::format("{}.{}", path, added.name);
      questions.push_back(fmt::format(
          "was `{}` renamed from {}? Then say es::was(\"{}\") as an attribute of `{}`, or its stored values "
          "are passed over",
          field, names, last, field));
    }
  }
  void enter(std::string_view field) {
    lengths_.push_back(path_.size());
    path_ = inner(field);
  }
  void leave() {
    path_.resize(lengths_.back());
    lengths_.pop_back();
  }

 private:
  [[nodiscard]] std::string inner(std::string_view name) const {
    return path_.empty() ? std::string{name} : fmt::format("{}.{}", path_, name);
  }

  struct Place {
    std::string path;
    Difference difference;
  };
  std::vector<Place> added_;
  std::vector<Place> removed_;
  std::string path_;
  std::vector<std::size_t> lengths_;
};

}  // namespace

std::string describe(const Difference& difference) { return describe_at(difference, std::string{difference.name}); }

std::string advice(const Difference& difference) {
  switch (difference.change) {
    case SchemaChange::field_required:
      return fmt::format("give `{}` a default, make it optional, or keep the old struct and write an upcaster",
                         difference.name);
    case SchemaChange::field_claimed_twice:
      return fmt::format("take one es::was(\"{}\") away, or keep the old struct and write an upcaster",
                         difference.name);
    case SchemaChange::made_required:
      return fmt::format("make `{}` optional again, or keep the old struct and write an upcaster", difference.name);
    case SchemaChange::enumerator_removed:
      return fmt::format("put {} back among the enumerators, or keep the old struct and write an upcaster",
                         difference.stored);
    case SchemaChange::alternative_removed:
      return fmt::format("put {} back among the alternatives, or keep the old struct and write an upcaster",
                         difference.stored);
    case SchemaChange::type_changed:
      return fmt::format("give `{}` its type back, or keep the old struct and write an upcaster", difference.name);
    default: return "keep the old struct and write an upcaster";
  }
}

std::string describe_unreadable(const Verdict& verdict) {
  switch (verdict.way) {
    case Verdict::Way::by_value:
      return fmt::format("stored under another schema, of which only values that this build knows are read: {}: {}",
                         describe(verdict.difference), advice(verdict.difference));
    case Verdict::Way::breaking:
      return fmt::format("stored under another schema: {}: {}", describe(verdict.difference),
                         advice(verdict.difference));
    case Verdict::Way::ambiguous:
      return "stored under another schema, which more than one struct could read: add a struct of exactly that schema "
             "to `formerly`, with its upcaster";
    case Verdict::Way::unknown:
      return "no struct has its name: add the event, or keep its old struct in `using formerly` with an upcaster to "
             "the events that take its place, or to none; if the event was renamed, say es::was with this name in its "
             "struct";
    default: return "";
  }
}

std::vector<std::string> describe_differences(std::string_view stored, std::string_view wanted) {
  Collector collector;
  resolves(stored, wanted, collector);
  collector.ask();
  auto sentences = std::move(collector.sentences);
  sentences.insert(sentences.end(), collector.questions.begin(), collector.questions.end());
  return sentences;
}

std::vector<std::string> ask_renamed(std::string_view stored, std::string_view wanted) {
  Collector collector;
  resolves(stored, wanted, collector);
  collector.ask();
  return std::move(collector.questions);
}

}  // namespace v1
}  // namespace eventstore
