// The documents that two collections do not have alike. Both tables are read as they lie in the file: a rebuild of the
// same events has its rows in nearly the same order, so most pairs are equal at once. What has no equal beside it waits
// for one by a hash of its bytes.
#include "impl.hpp"
#include "scanned_rows.hpp"

#include <xxhash.h>
#include <eventstore/collections/collections.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace eventstore {
inline namespace v1 {
namespace {

using sqlite::ScannedRows;

// Of either collection: they take some megabytes.
constexpr std::size_t waiting_max = 100'000;

struct Hash {
  std::uint64_t high;
  std::uint64_t low;
  friend bool operator==(const Hash&, const Hash&) = default;
};
struct LowOfHash {
  std::size_t operator()(const Hash& hash) const { return static_cast<std::size_t>(hash.low); }
};

// Numbers of rows that have met no equal one of the other collection yet.
using Waiting = std::unordered_map<Hash, std::int64_t, LowOfHash>;

// One of the two collections.
struct Side {
  std::string name;
  ScannedRows rows;
  ScannedRows::Columns columns{};  // of the ids, and of the fields of both
  bool has_row = false;
  Waiting waiting{};

  Result<void> next() {
    EVENTSTORE_TRY_ASSIGN(has_row, rows.next());
    return {};
  }
};

void pair_fields(Side& before, Side& after) {
  std::map<std::string, std::pair<std::optional<std::size_t>, std::optional<std::size_t>>> pairs;
  for (std::size_t i = 0; i < before.rows.fields().size(); ++i) pairs[before.rows.fields()[i]].first = i;
  for (std::size_t i = 0; i < after.rows.fields().size(); ++i) pairs[after.rows.fields()[i]].second = i;
  std::vector<std::optional<std::size_t>> places_before;
  std::vector<std::optional<std::size_t>> places_after;
  for (const auto& [field, places] : pairs) {
    places_before.push_back(places.first);
    places_after.push_back(places.second);
  }
  before.columns = before.rows.columns(places_before);
  after.columns = after.rows.columns(places_after);
}

class Matching {
 public:
  // With a seed that nobody knows beforehand no document can be made to look like another one.
  Matching() { sqlite3_randomness(sizeof seed_, &seed_); }

  // Reads both to their ends. False: too many rows wait, or two of a side are equal.
  Result<bool> match(Side& before, Side& after) {
    EVENTSTORE_TRY(before.next());
    EVENTSTORE_TRY(after.next());
    while (before.has_row || after.has_row) {
      if (before.has_row && after.has_row && before.rows.is_same(before.columns, after.rows, after.columns))
        ++same_;
      else if (!meet(before, after) || !meet(after, before))
        return false;
      if (before.has_row) EVENTSTORE_TRY(before.next());
      if (after.has_row) EVENTSTORE_TRY(after.next());
    }
    return true;
  }
  [[nodiscard]] std::uint64_t same() const { return same_; }

 private:
  bool meet(Side& side, Side& other) {
    if (!side.has_row) return true;
    raw_.clear();
    side.rows.append_raw(side.columns, raw_);
    const auto hashed = XXH3_128bits_withSeed(raw_.data(), raw_.size(), seed_);
    const Hash hash{hashed.high64, hashed.low64};
    if (const auto found = other.waiting.find(hash); found != other.waiting.end()) {
      other.waiting.erase(found);
      ++same_;
      return true;
    }
    return side.waiting.emplace(hash, side.rows.row()).second && side.waiting.size() <= waiting_max;
  }

  std::string raw_{};
  std::uint64_t seed_ = 0;
  std::uint64_t same_ = 0;
};

Result<ScannedPage> documents_of(sqlite3* connection, const CollectionShape& shape, const Side& side) {
  std::vector<std::int64_t> numbers;
  for (const auto& [hash, number] : side.waiting) numbers.push_back(number);
  std::ranges::sort(numbers);
  EVENTSTORE_TRY_ASSIGN(auto rows, ScannedRows::open(connection, shape, side.name, "WHERE \"_number_\" = ?1"));
  Result<ScannedPage> page{ScannedPage{rows.fields(), {}}};
  for (const auto number : numbers) {
    rows.statement().reset();
    rows.statement().bind(1, number);
    EVENTSTORE_TRY_ASSIGN(const bool is_there, rows.next());
    if (is_there) page->documents.push_back(rows.document());
  }
  std::ranges::sort(page->documents, {}, &ScannedPage::Document::id);
  return page;
}

// Whether a row of `after` has the id of another one: without its index, the table takes both.
Result<bool> has_repeated_id(sqlite3* connection, const DifferingDocuments& found, std::string_view before) {
  const auto& after = found.after.documents;
  const auto id_of = [](const ScannedPage::Document& document) -> const std::string& { return document.id; };
  if (std::ranges::adjacent_find(after, {}, id_of) != after.end()) return true;
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(
                                            connection, "SELECT 1 FROM " + sqlite::quoted(before) + " WHERE _id = ?1"));
  std::set<std::string_view> listed;
  for (const auto& document : found.before.documents) listed.insert(document.id);
  for (const auto& document : after) {
    if (listed.contains(document.id)) continue;
    statement.bind(1, std::string_view{document.id});
    EVENTSTORE_TRY_ASSIGN(const bool has_met_another, statement.step());
    statement.reset();
    if (has_met_another) return true;
  }
  return false;
}

}  // namespace

Result<std::optional<DifferingDocuments>> SqliteCollections::differing(const CollectionShape& shape,
                                                                       std::string_view before, std::string_view after,
                                                                       std::size_t documents_max) {
  EVENTSTORE_TRY_ASSIGN(auto rows_before, ScannedRows::open(impl_->handle(), shape, before));
  EVENTSTORE_TRY_ASSIGN(auto rows_after, ScannedRows::open(impl_->handle(), shape, after));
  Side was{std::string{before}, std::move(rows_before)};
  Side is{std::string{after}, std::move(rows_after)};
  pair_fields(was, is);
  Matching matching;
  EVENTSTORE_TRY_ASSIGN(const bool is_matched, matching.match(was, is));
  if (!is_matched || was.waiting.size() + is.waiting.size() > documents_max) return std::optional<DifferingDocuments>{};
  DifferingDocuments found{matching.same(), {}, {}};
  EVENTSTORE_TRY_ASSIGN(found.before, documents_of(impl_->handle(), shape, was));
  EVENTSTORE_TRY_ASSIGN(found.after, documents_of(impl_->handle(), shape, is));
  EVENTSTORE_TRY_ASSIGN(const bool is_ambiguous, has_repeated_id(impl_->handle(), found, before));
  if (is_ambiguous) return std::optional<DifferingDocuments>{};
  return std::optional{std::move(found)};
}

}  // namespace v1
}  // namespace eventstore
