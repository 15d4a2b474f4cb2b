#include <eventstore/projection/compare.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

// Of differing documents that are looked at together: they are in memory.
constexpr std::size_t differing_max = 10'000;

// Gives the documents of a page after those of another one; null: they are the first. A page without any is the last.
using Pages = std::function<Result<ScannedPage>(const ScannedPage* before)>;

// Which documents are as good as gone.
class Expired {
 public:
  Expired(const CollectionShape& shape, const std::optional<Timestamp>& before) {
    const auto place = shape.keep_since_column();
    if (!before || !place) return;
    field_ = shape.columns[*place].name;
    // As a value of JSON. Texts of times have one form, and so the order of the times.
    oldest_ = '"' + before->to_string() + '"';
  }

  void look_at(const std::vector<std::string>& fields) {
    const auto found = std::ranges::find(fields, field_);
    place_ = field_.empty() || found == fields.end() ? none : static_cast<std::size_t>(found - fields.begin());
  }
  [[nodiscard]] bool has(const ScannedPage::Document& document) const {
    return place_ != none && document.values[place_].starts_with('"') && document.values[place_] < oldest_;
  }

 private:
  std::string field_{};  // empty: none has expired
  std::string oldest_{};
  std::size_t place_ = none;
};

// The documents of one collection, page by page, without those that have expired.
class Side {
 public:
  Side(Pages pages, Expired expired) : pages_{std::move(pages)}, expired_{std::move(expired)} {}

  Result<void> next() {
    EVENTSTORE_TRY(step());
    while (!has_ended() && expired_.has(document())) EVENTSTORE_TRY(step());
    return {};
  }
  [[nodiscard]] bool has_ended() const { return page_.documents.empty(); }
  [[nodiscard]] const ScannedPage::Document& document() const { return page_.documents[at_]; }
  [[nodiscard]] const std::vector<std::string>& fields() const { return page_.fields; }

 private:
  Result<void> step() {
    if (++at_ < page_.documents.size()) return {};
    EVENTSTORE_TRY_ASSIGN(page_, pages_(at_ == 0 ? nullptr : &page_));
    at_ = 0;
    expired_.look_at(page_.fields);
    return {};
  }

  Pages pages_;
  Expired expired_;
  ScannedPage page_{};
  std::size_t at_ = none;  // so that the first step comes to 0
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
  // `same` documents were looked at before.
  explicit Comparing(std::size_t examples_max, std::uint64_t same = 0) : examples_max_{examples_max} {
    found_.same = same;
  }

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

// Goes through both in the order of their ids.
Result<Comparison> merge(Side was, Side is, Comparing comparing) {
  EVENTSTORE_TRY(was.next());
  EVENTSTORE_TRY(is.next());
  const auto fields = pairs_of(was, is);
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

}  // namespace

Result<Comparison> compare_documents(const CollectionShape& shape, DifferingDocuments documents,
                                     const CompareOptions& options) {
  const Expired expired{shape, options.expired_before};
  const auto all_of = [&](ScannedPage& page) {
    return Side{[&page](const ScannedPage* last) -> Result<ScannedPage> {
                  return last == nullptr ? std::move(page) : ScannedPage{};
                },
                expired};
  };
  return merge(all_of(documents.before), all_of(documents.after), Comparing{options.examples_max, documents.same});
}

Result<std::optional<Comparison>> compare_unordered(Collections& collections, const CollectionShape& shape,
                                                    std::string_view before, std::string_view after,
                                                    const CompareOptions& options) {
  EVENTSTORE_TRY_ASSIGN(auto found, collections.differing(shape, before, after, differing_max));
  if (!found) return std::optional<Comparison>{};
  EVENTSTORE_TRY_ASSIGN(auto compared, compare_documents(shape, std::move(*found), options));
  return std::optional{std::move(compared)};
}

Result<Comparison> compare_collections(Collections& collections, const CollectionShape& shape, std::string_view before,
                                       std::string_view after, const CompareOptions& options) {
  EVENTSTORE_TRY_ASSIGN(auto compared, compare_unordered(collections, shape, before, after, options));
  if (compared) return std::move(*compared);
  const Expired expired{shape, options.expired_before};
  const auto scanned = [&](std::string_view name) {
    return Side{[&, name](const ScannedPage* last) {
                  return collections.scan(shape, name, last == nullptr ? std::string_view{} : last->documents.back().id,
                                          std::max<std::size_t>(options.page_documents, 1));
                },
                expired};
  };
  return merge(scanned(before), scanned(after), Comparing{options.examples_max});
}

}  // namespace v1
}  // namespace eventstore
