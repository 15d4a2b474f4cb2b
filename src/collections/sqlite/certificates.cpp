#include "certificates.hpp"

#include "../content_digest.hpp"
#include "checkpoints.hpp"

namespace eventstore::engine::sqlite {
namespace {

Result<void> run_with(sqlite3* connection, std::string_view sql, std::string_view name, std::string_view from) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, sql));
  statement.bind(1, name);
  statement.bind(2, from);
  return statement.run();
}

Result<std::vector<TypeCount>> read_folded(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "SELECT category, event_type, events FROM _folded_events WHERE collection = "
                                           "?1 ORDER BY category, event_type"));
  statement.bind(1, name);
  std::vector<TypeCount> all;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
    if (!found) return all;
    all.push_back({std::string{statement.text(0)}, std::string{statement.text(1)},
                   static_cast<std::uint64_t>(statement.integer(2))});
  }
}

// Of a collection that a build without certificates has begun, no position is known.
struct Row {
  Position first{1};
  std::optional<Position> folded_to{};
};

Result<Row> read_row(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection, "SELECT first_position, position FROM _certificates WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found || statement.column_type(1) == SQLITE_NULL) return Row{};
  const auto position = [&](int column) { return Position{static_cast<std::uint64_t>(statement.integer(column))}; };
  return Row{position(0), position(1)};
}

Result<Statement*> prepared(sqlite3* connection, std::optional<Statement>& statement, std::string_view sql) {
  if (!statement) {
    EVENTSTORE_TRY_ASSIGN(statement, Statement::prepare(connection, sql));
  }
  return &*statement;
}

}  // namespace

Result<void> create_certificates(sqlite3* connection) {
  return run_sql(connection,
                 "CREATE TABLE IF NOT EXISTS _certificates (collection TEXT NOT NULL PRIMARY KEY, first_position "
                 "INTEGER, position INTEGER, digest TEXT, changes INTEGER) WITHOUT ROWID;"
                 "CREATE TABLE IF NOT EXISTS _folded_events (collection TEXT NOT NULL, category TEXT NOT NULL, "
                 "event_type TEXT NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (collection, category, event_type)) "
                 "WITHOUT ROWID;");
}

Result<void> begin_certificate(sqlite3* connection, std::string_view name, Position start) {
  EVENTSTORE_TRY(replace_certificate(connection, name));
  EVENTSTORE_TRY_ASSIGN(
      auto statement, Statement::prepare(connection, "INSERT INTO _certificates VALUES (?1, ?2 + 1, ?2, NULL, NULL)"));
  statement.bind(1, name);
  statement.bind(2, static_cast<std::int64_t>(start.value));
  return statement.run();
}

Result<Certificate> read_certificate(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, read_checkpoint(connection, name));
  if (!checkpoint) return failure(Errc::not_found, "read certificate", std::string{name}, "no such collection");
  // A file of an earlier build, which is only read, lacks the tables.
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_folded_events"));
  if (!exists) return certificate_of(*checkpoint, Position{1});
  EVENTSTORE_TRY_ASSIGN(const auto row, read_row(connection, name));
  auto made = certificate_of(*checkpoint, row.first);
  EVENTSTORE_TRY_ASSIGN(made.digest, read_digest(connection, name));
  if (row.folded_to != checkpoint->position) return made;
  EVENTSTORE_TRY_ASSIGN(made.events, read_folded(connection, name));
  return made;
}

Result<std::optional<Digest128>> read_digest(sqlite3* connection, std::string_view name) {
  return CertificateWriter{connection, name}.digest();
}

Result<void> write_digest(sqlite3* connection, std::string_view name, const std::optional<Digest128>& digest) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "INSERT INTO _certificates VALUES (?1, NULL, NULL, ?2, (SELECT changes FROM "
                                           "_counts WHERE collection = ?1)) ON CONFLICT DO UPDATE SET digest = "
                                           "excluded.digest, changes = excluded.changes"));
  const auto text = digest ? digest->to_string() : std::string{};
  statement.bind(1, name);
  if (digest)
    statement.bind(2, std::string_view{text});
  else
    statement.bind_null(2);
  return statement.run();
}

Result<void> replace_certificate(sqlite3* connection, std::string_view name, std::string_view from,
                                 const std::optional<Digest128>& digest) {
  for (const auto* const table : {"_certificates", "_folded_events"}) {
    const std::string named{table};
    EVENTSTORE_TRY(run_with(connection, "DELETE FROM " + named + " WHERE collection = ?1 AND ?1 <> ?2", name, from));
    EVENTSTORE_TRY(run_with(connection, "UPDATE " + named + " SET collection = ?1 WHERE collection = ?2", name, from));
  }
  return from.empty() ? Result<void>{} : write_digest(connection, name, digest);
}

Result<std::optional<Digest128>> CertificateWriter::digest() {
  EVENTSTORE_TRY_ASSIGN(
      auto* const read,
      prepared(connection_, read_,
               "SELECT digest FROM _certificates JOIN _counts USING (collection, changes) JOIN _checkpoints USING "
               "(collection) WHERE collection = ?1 AND digest IS NOT NULL AND _counts.position = "
               "_checkpoints.position AND NOT building"));
  read->bind(1, std::string_view{collection_});
  EVENTSTORE_TRY_ASSIGN(const bool found, read->step());
  const auto digest = found ? Digest128::parse(read->text(0)) : Result<Digest128>{failure(Errc::not_found, {}, {})};
  read->reset();
  return digest ? std::optional{*digest} : std::nullopt;
}

// Events are added only where those before them were.
Result<void> CertificateWriter::write(const CollectionBatch& batch, const std::optional<Digest128>& digest) {
  EVENTSTORE_TRY_ASSIGN(
      auto* const move,
      prepared(connection_, move_,
               "UPDATE _certificates SET position = iif(position = ?2, ?3, position), digest = ?4, changes = (SELECT "
               "changes FROM _counts WHERE collection = ?1) WHERE collection = ?1 RETURNING position = ?3"));
  const auto text = digest ? digest->to_string() : std::string{};
  move->bind(1, std::string_view{collection_});
  move->bind(2, static_cast<std::int64_t>(batch.from.value));
  move->bind(3, static_cast<std::int64_t>(batch.to.position.value));
  if (digest)
    move->bind(4, std::string_view{text});
  else
    move->bind_null(4);
  EVENTSTORE_TRY_ASSIGN(const bool exists, move->step());
  const bool has_moved = exists && move->integer(0) != 0;
  move->reset();
  return has_moved ? add(batch.folded) : Result<void>{};
}

Result<void> CertificateWriter::add(const std::vector<TypeCount>& folded) {
  if (folded.empty()) return {};
  EVENTSTORE_TRY_ASSIGN(auto* const add, prepared(connection_, add_,
                                                  "INSERT INTO _folded_events VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO "
                                                  "UPDATE SET events = events + excluded.events"));
  for (const auto& each : folded) {
    add->bind(1, std::string_view{collection_});
    add->bind(2, std::string_view{each.category});
    add->bind(3, std::string_view{each.type});
    add->bind(4, static_cast<std::int64_t>(each.events));
    EVENTSTORE_TRY(add->run());
  }
  return {};
}

}  // namespace eventstore::engine::sqlite
