#include <eventstore/projection/compare.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

// The documents of one collection, page by page.
class Side {
 public:
  Side(Collections& collections, const CollectionShape& shape, std::string_view name, const CompareOptions& options)
      : collections_{collections},
        shape_{shape},
        name_{name},
        page_documents_{std::max<std::size_t>(options.page_documents, 1)} {
    const auto place = shape.keep_since_column();
    if (!options.expired_before || !place) return;
    keep_since_ = shape.columns[*place].name;
    // As a value of JSON. Texts of times have one form, and so the order of the times.
    oldest_ = '"' + options.expired_before->to_string() + '"';
  }

  Result<void> next() {
    EVENTSTORE_TRY(step());
    while (!has_ended() && is_expired()) EVENTSTORE_TRY(step());
    return {};
  }
  [[nodiscard]] bool has_ended() const { return page_.documents.empty(); }
  [[nodiscard]] const ScannedPage::Document& document() const { return page_.documents[at_]; }
  [[nodiscard]] const std::vector<std::string>& fields() const { return page_.fields; }

 private:
  Result<void> step() {
    if (++at_ < page_.documents.size()) return {};
    const std::string after = page_.documents.empty() ? std::string{} : page_.documents.back().id;
    EVENTSTORE_TRY_ASSIGN(page_, collections_.scan(shape_, name_, after, page_documents_));
    at_ = 0;
    const auto found = std::ranges::find(page_.fields, keep_since_);
    time_ = keep_since_.empty() || found == page_.fields.end() ? none : std::size_t(found - page_.fields.begin());
    return {};
  }
  [[nodiscard]] bool is_expired() const {
    if (time_ == none) return false;
    const auto& value = document().values[time_];
    return value.starts_with('"') && value < oldest_;
  }

  Collections& collections_;
  const CollectionShape& shape_;
  const std::string name_;
  const std::size_t page_documents_;
  std::string keep_since_{};  // empty: no document is passed over
  std::string oldest_{};
  ScannedPage page_{};
  std::size_t at_ = none;    // so that the first step comes to 0
  std::size_t time_ = none;  // the place of keep_since_ among the page's fields
};

// A field, and where either collection has it.
struct FieldPair {
  std::string name;
  std::size_t before = none;
  std::size_t after = none;
};

std::vector<FieldPair> pairs_of(const Side& before, const Side& after) {
  std::map<std::string, FieldPair> pairs;
  const auto add = [&](const std::vector<std::string>& fields, std::size_t FieldPair::*side) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      auto& pair = pairs[fields[i]];
      pair.name = fields[i];
      pair.*side = i;
    }
  };
  add(before.fields(), &FieldPair::before);
  add(after.fields(), &FieldPair::after);
  std::vector<FieldPair> all;
  for (auto& [name, pair] : pairs) all.push_back(std::move(pair));
  return all;
}

class Comparing {
 public:
  explicit Comparing(std::size_t examples_max) : examples_max_{examples_max} {}

  void add(const ScannedPage::Document& document) {
    if (found_.added++ < examples_max_) found_.examples.push_back({document.id, {}, {}, whole(document)});
  }
  void remove(const ScannedPage::Document& document) {
    if (found_.removed++ < examples_max_) found_.examples.push_back({document.id, {}, whole(document), {}});
  }
  void compare(const std::vector<FieldPair>& fields, const ScannedPage::Document& before,
               const ScannedPage::Document& after) {
    bool differs = false;
    const auto look = [&](const std::string& field, const std::string& was, const std::string& is) {
      if (was == is) return;
      differs = true;
      if (by_field_[field]++ < examples_max_) found_.examples.push_back({before.id, field, was, is});
    };
    static const std::string nothing;
    for (const auto& field : fields)
      look(field.name, field.before == none ? nothing : before.values[field.before],
           field.after == none ? nothing : after.values[field.after]);
    look("organization_id", before.organization, after.organization);
    ++(differs ? found_.changed : found_.same);
  }

  Comparison take() {
    for (const auto& [field, documents] : by_field_) found_.fields.push_back({field, documents});
    return std::move(found_);
  }

 private:
  static std::string whole(const ScannedPage::Document& document) { return "document of " + document.organization; }

  const std::size_t examples_max_;
  Comparison found_{};
  std::map<std::string, std::uint64_t> by_field_{};
};

}  // namespace

Result<Comparison> compare_collections(Collections& collections, const CollectionShape& shape, std::string_view before,
                                       std::string_view after, const CompareOptions& options) {
  Side was{collections, shape, before, options};
  Side is{collections, shape, after, options};
  EVENTSTORE_TRY(was.next());
  EVENTSTORE_TRY(is.next());
  const auto fields = pairs_of(was, is);
  Comparing comparing{options.examples_max};
  while (!was.has_ended() || !is.has_ended()) {
    if (is.has_ended() || (!was.has_ended() && was.document().id < is.document().id)) {
      comparing.remove(was.document());
      EVENTSTORE_TRY(was.next());
    } else if (was.has_ended() || is.document().id < was.document().id) {
      comparing.add(is.document());
      EVENTSTORE_TRY(is.next());
    } else {
      comparing.compare(fields, was.document(), is.document());
      EVENTSTORE_TRY(was.next());
      EVENTSTORE_TRY(is.next());
    }
  }
  return comparing.take();
}

}  // namespace v1
}  // namespace eventstore
