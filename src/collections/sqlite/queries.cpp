// The questions of the contract: compiled, run, and their rows read.
#include "compile.hpp"
#include "document_json.hpp"
#include "impl.hpp"

#include <algorithm>
#include <limits>

namespace eventstore {
inline namespace v1 {
namespace {

Result<sqlite::Statement> prepared(sqlite3* connection, const sqlite::Sql& sql) {
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(connection, sql.text));
  for (std::size_t i = 0; i < sql.values.size(); ++i) statement.bind(static_cast<int>(i) + 1, sql.values[i]);
  return statement;
}

QueryValue value_at(const sqlite::Statement& statement, int column, const QueriedField& field) {
  switch (statement.column_type(column)) {
    case SQLITE_NULL: return std::monostate{};
    case SQLITE_FLOAT: return statement.real(column);
    case SQLITE_INTEGER:
      if (field.has_kind(Kind::boolean)) return statement.integer(column) != 0;
      return statement.integer(column);
    default: break;
  }
  const auto text = statement.text(column);
  if (field.has_kind(Kind::timestamp))
    if (const auto time = Timestamp::parse(text)) return *time;
  return std::string{text};
}

// A total that no double holds comes as NULL.
Sum sum_at(const sqlite::Statement& statement, int column) {
  Sum sum{statement.real(column), static_cast<std::uint64_t>(statement.integer(column + 1)), statement.real(column + 2),
          statement.real(column + 3)};
  if (statement.column_type(column) == SQLITE_NULL) sum.total = std::numeric_limits<double>::quiet_NaN();
  return sum;
}

Result<Group> group_at(const CollectionShape& shape, const sqlite::Statement& statement, const GroupQuery& query) {
  Group group{};
  int column = 0;
  for (const auto& key : query.by) {
    EVENTSTORE_TRY_ASSIGN(const QueriedField field, queried_field(shape, key.field));
    group.key.push_back(key.period ? QueryValue{std::string{statement.text(column)}}
                                   : value_at(statement, column, field));
    ++column;
  }
  group.documents = static_cast<std::uint64_t>(statement.integer(column++));
  for (std::size_t i = 0; i < query.of.size(); ++i, column += 4) group.sums.push_back(sum_at(statement, column));
  return group;
}

Result<Cursor> cursor_at(const CollectionShape& shape, const sqlite::Statement& statement, const Order& order) {
  Cursor cursor{{}, std::string{statement.text(0)}};
  int column = static_cast<int>(shape.columns.size()) + 2;
  for (const auto& name : order.by) {
    EVENTSTORE_TRY_ASSIGN(const QueriedField field, queried_field(shape, name));
    cursor.values.push_back(value_at(statement, column++, field));
  }
  return cursor;
}

struct Candidate {
  NearDocument found;
  std::string id;

  friend bool operator<(const Candidate& a, const Candidate& b) {
    if (a.found.distance_meters != b.found.distance_meters) return a.found.distance_meters < b.found.distance_meters;
    return a.id < b.id;
  }
};

}  // namespace

Result<DocumentPage> SqliteCollections::find(const CollectionShape& shape, std::string_view organization,
                                             const DocumentQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  EVENTSTORE_TRY_ASSIGN(auto statement, prepared(impl_->handle(), sqlite::compile(shape, organization, query)));
  // The page is made in its result: g++ 12 takes an empty optional that is moved for one that was never set.
  Result<DocumentPage> found{DocumentPage{}};
  auto& page = *found;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) {
      page.next.reset();
      return found;
    }
    if (page.documents.size() == query.limit) return found;
    sqlite::append_document(shape, statement, page.documents.emplace_back());
    if (page.documents.size() < query.limit) continue;
    EVENTSTORE_TRY_ASSIGN(page.next, cursor_at(shape, statement, query.order));
  }
}

Result<std::uint64_t> SqliteCollections::count(const CollectionShape& shape, std::string_view organization,
                                               const Conditions& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto where, checked(shape, asked));
  EVENTSTORE_TRY_ASSIGN(auto statement, prepared(impl_->handle(), sqlite::compile_count(shape, organization, where)));
  EVENTSTORE_TRY(statement.step());
  return static_cast<std::uint64_t>(statement.integer(0));
}

Result<std::vector<Group>> SqliteCollections::group(const CollectionShape& shape, std::string_view organization,
                                                    const GroupQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  EVENTSTORE_TRY_ASSIGN(auto statement, prepared(impl_->handle(), sqlite::compile(shape, organization, query)));
  std::vector<Group> groups;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) return groups;
    EVENTSTORE_TRY_ASSIGN(Group group, group_at(shape, statement, query));
    // Without keys there is a row for no documents, too.
    if (group.documents != 0) groups.push_back(std::move(group));
  }
}

Result<std::vector<NearDocument>> SqliteCollections::near(const CollectionShape& shape, std::string_view organization,
                                                          const NearQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  EVENTSTORE_TRY_ASSIGN(auto statement, prepared(impl_->handle(), sqlite::compile(shape, organization, query)));
  const int place = static_cast<int>(shape.columns.size()) + 2;
  std::vector<Candidate> candidates;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) break;
    const double distance =
        distance_meters(query.longitude, query.latitude, statement.real(place), statement.real(place + 1));
    if (distance > query.radius_meters) continue;
    auto& candidate = candidates.emplace_back(Candidate{{{}, distance}, std::string{statement.text(0)}});
    sqlite::append_document(shape, statement, candidate.found.document);
  }
  std::sort(candidates.begin(), candidates.end());
  std::vector<NearDocument> found;
  for (auto& each : candidates)
    if (found.size() < query.limit) found.push_back(std::move(each.found));
  return found;
}

Result<std::string> SqliteCollections::explain(const CollectionShape& shape, std::string_view organization,
                                               const DocumentQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  return impl_->plan_of(sqlite::compile(shape, organization, query));
}

Result<std::string> SqliteCollections::explain(const CollectionShape& shape, std::string_view organization,
                                               const GroupQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  return impl_->plan_of(sqlite::compile(shape, organization, query));
}

Result<std::string> SqliteCollections::explain(const CollectionShape& shape, std::string_view organization,
                                               const NearQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  return impl_->plan_of(sqlite::compile(shape, organization, query));
}

Result<std::string> SqliteCollections::Impl::plan_of(const sqlite::Sql& sql) const {
  EVENTSTORE_TRY_ASSIGN(auto statement, prepared(handle(), {"EXPLAIN QUERY PLAN " + sql.text, sql.values}));
  std::string plan;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) return plan;
    plan += std::string{statement.text(3)} + '\n';
  }
}

}  // namespace v1
}  // namespace eventstore
