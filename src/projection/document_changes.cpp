#include <eventstore/projection/document_changes.hpp>

#include <eventstore/schema/detail/json_text.hpp>

#include <algorithm>
#include <vector>

#include "value_changes.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t page_documents = 500;

// The documents of one side in the order of their ids.
class DocumentSide {
 public:
  DocumentSide(Collections& collections, const CollectionShape& shape) : collections_{collections}, shape_{shape} {}

  Result<void> next() {
    if (++at_ < page_.documents.size()) return {};
    const std::string last = page_.documents.empty() ? std::string{} : page_.documents.back().id;
    EVENTSTORE_TRY_ASSIGN(page_, collections_.scan(shape_, shape_.name, last, page_documents));
    at_ = 0;
    places_.clear();
    for (const auto& column : shape_.columns)
      places_.push_back(static_cast<std::size_t>(std::ranges::find(page_.fields, column.name) - page_.fields.begin()));
    return {};
  }
  [[nodiscard]] bool has_ended() const { return page_.documents.empty(); }
  [[nodiscard]] const ScannedPage::Document& document() const { return page_.documents[at_]; }
  // The value of a column, empty where there is none.
  [[nodiscard]] const std::string& value(std::size_t column) const {
    static const std::string nothing;
    const auto place = places_[column];
    return place == page_.fields.size() ? nothing : document().values[place];
  }

 private:
  Collections& collections_;
  const CollectionShape& shape_;
  ScannedPage page_{};
  std::vector<std::size_t> places_{};  // of each column among the page's fields
  std::size_t at_ = 0;
};

// Compares what stands at the two places; null: the document is not on that side.
class Pairs {
 public:
  Pairs(const CollectionShape& shape, FunctionRef<Result<void>(const DocumentChange&)> on_change)
      : shape_{shape}, on_change_{on_change} {}

  Result<void> take(const DocumentSide* before, const DocumentSide* after) {
    DocumentChange change{DocumentChangeKind::changed, {}, {}, {}};
    if (before == nullptr) change.kind = DocumentChangeKind::added;
    if (after == nullptr) change.kind = DocumentChangeKind::removed;
    for (std::size_t column = 0; column < shape_.columns.size(); ++column)
      compare(column, before, after, change.fields);
    const auto& document = (after == nullptr ? before : after)->document();
    if (before != nullptr && after != nullptr && before->document().organization != document.organization) {
      add_member(change.fields.before, "organization_id", quoted(before->document().organization));
      add_member(change.fields.after, "organization_id", quoted(document.organization));
    }
    if (change.kind == DocumentChangeKind::changed && change.fields.empty()) return ++counts_.same, Result<void>{};
    count(change.kind);
    change.id = document.id;
    change.organization = document.organization;
    return on_change_(change);
  }
  [[nodiscard]] const DocumentCounts& counts() const { return counts_; }

 private:
  static std::string quoted(std::string_view text) {
    std::string json;
    append_json_string(json, text);
    return json;
  }
  void compare(std::size_t column, const DocumentSide* before, const DocumentSide* after, Changes& to) {
    const auto& name = shape_.columns[column].name;
    if (before == nullptr)
      add_member(to.after, name, after->value(column));
    else if (after == nullptr)
      add_member(to.before, name, before->value(column));
    else
      values_.add(to, name, before->value(column), after->value(column));
  }
  void count(DocumentChangeKind kind) {
    switch (kind) {
      case DocumentChangeKind::added: ++counts_.added; break;
      case DocumentChangeKind::removed: ++counts_.removed; break;
      case DocumentChangeKind::changed: ++counts_.changed; break;
    }
  }

  const CollectionShape& shape_;
  FunctionRef<Result<void>(const DocumentChange&)> on_change_;
  DocumentCounts counts_{};
  ValueChanges values_{};
};

}  // namespace

std::string_view to_string(DocumentChangeKind kind) {
  switch (kind) {
    case DocumentChangeKind::added: return "added";
    case DocumentChangeKind::removed: return "removed";
    case DocumentChangeKind::changed: return "changed";
  }
  return {};
}

Result<DocumentCounts> each_document_change(Collections& before, Collections& after, const CollectionShape& shape,
                                            FunctionRef<Result<void>(const DocumentChange&)> on_change) {
  DocumentSide was{before, shape};
  DocumentSide is{after, shape};
  Pairs pairs{shape, on_change};
  EVENTSTORE_TRY(was.next());
  EVENTSTORE_TRY(is.next());
  while (!was.has_ended() || !is.has_ended()) {
    const bool has_was = !was.has_ended() && (is.has_ended() || was.document().id <= is.document().id);
    const bool has_is = !is.has_ended() && (was.has_ended() || is.document().id <= was.document().id);
    EVENTSTORE_TRY(pairs.take(has_was ? &was : nullptr, has_is ? &is : nullptr));
    if (has_was) EVENTSTORE_TRY(was.next());
    if (has_is) EVENTSTORE_TRY(is.next());
  }
  return pairs.counts();
}

}  // namespace v1
}  // namespace eventstore
