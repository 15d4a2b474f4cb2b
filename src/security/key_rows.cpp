#include "key_rows.hpp"

#include <cstring>

namespace eventstore::security {
namespace {

#define EVENTSTORE_KEY_COLUMNS "SELECT number, id, organization, subject, wrapped FROM keys "
constexpr const char* select_by_id = EVENTSTORE_KEY_COLUMNS "WHERE id = ?1";
constexpr const char* select_by_subject = EVENTSTORE_KEY_COLUMNS "WHERE organization = ?1 AND subject = ?2";
constexpr const char* select_after = EVENTSTORE_KEY_COLUMNS "WHERE number > ?1 ORDER BY number LIMIT 1";
constexpr const char* select_first = EVENTSTORE_KEY_COLUMNS "ORDER BY number LIMIT ?1";
#undef EVENTSTORE_KEY_COLUMNS
constexpr const char* insert_key =
    "INSERT INTO keys (id, organization, subject, wrapped, made_at) VALUES (?1, ?2, ?3, ?4, ?5)";
constexpr const char* update_key = "UPDATE keys SET wrapped = ?2 WHERE number = ?1";
// The table is made with the first row: key stores that lost nothing, and those of earlier builds, have none.
constexpr const char* make_given_up =
    "CREATE TABLE IF NOT EXISTS given_up (id BLOB PRIMARY KEY, organization TEXT NOT NULL, subject TEXT NOT NULL) "
    "WITHOUT ROWID";
constexpr const char* select_given_up = "SELECT 1 FROM given_up WHERE id = ?1";
constexpr const char* insert_given_up = "INSERT OR IGNORE INTO given_up VALUES (?1, ?2, ?3)";
constexpr const char* select_destroyed = "SELECT destroyed FROM meta";
constexpr const char* update_destroyed = "UPDATE meta SET destroyed = destroyed + 1";
constexpr const char* select_check = "SELECT master_check FROM meta";
constexpr const char* update_head = "UPDATE meta SET own_key = ?1, master_check = ?2";
#define EVENTSTORE_ERASURE_COLUMNS "SELECT organization, subject, event_id, erased_at, user_id, step FROM erasures "
constexpr const char* select_erasure = EVENTSTORE_ERASURE_COLUMNS "WHERE organization = ?1 AND subject = ?2";
constexpr const char* select_erasures =
    EVENTSTORE_ERASURE_COLUMNS "WHERE step < ?1 ORDER BY erased_at, organization, subject";
#undef EVENTSTORE_ERASURE_COLUMNS
constexpr const char* insert_erasure = "INSERT INTO erasures VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr const char* update_step = "UPDATE erasures SET step = max(step, ?3) WHERE organization = ?1 AND subject = ?2";

// A statement that was run keeps a read transaction open until it is reset.
class Use {
 public:
  explicit Use(Statement& statement) : statement_{statement} {}
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() { statement_.reset(); }
  Statement* operator->() const { return &statement_; }
  Statement& operator*() const { return statement_; }

 private:
  Statement& statement_;
};

void bind_key_id(Statement& statement, int place, const Uuid& id) {
  statement.bind_blob(place, std::as_bytes(std::span{id.octets}));
}

void bind_key_subject(Statement& statement, int place, const Subject& subject) {
  statement.bind(place, std::string_view{subject.organization});
  statement.bind(place + 1, std::string_view{subject.id});
}

template <class Octets> bool copy_whole(std::string_view from, Octets& to) {
  if (from.size() != to.size()) return false;
  std::memcpy(to.data(), from.data(), to.size());
  return true;
}

tl::unexpected<Error> damaged_row(sqlite3* connection) {
  const char* const file = sqlite3_db_filename(connection, nullptr);
  return failure(Errc::corrupt_record, "read the key store", file == nullptr ? "" : file,
                 "a row has no key, or is damaged: restore the key store's backup");
}

Result<std::optional<KeyRow>> next_key(sqlite3* connection, Statement& statement) {
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<KeyRow>{};
  KeyRow row;
  row.number = statement.integer(0);
  row.subject = {std::string{statement.bytes(2)}, std::string{statement.bytes(3)}};
  if (!copy_whole(statement.bytes(1), row.id.octets) || !copy_whole(statement.bytes(4), row.wrapped))
    return damaged_row(connection);
  return std::optional{std::move(row)};
}

Result<std::optional<Erasure>> next_erasure(sqlite3* connection, Statement& statement) {
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Erasure>{};
  Erasure erasure;
  erasure.subject = {std::string{statement.bytes(0)}, std::string{statement.bytes(1)}};
  erasure.erased_at = Timestamp{statement.integer(3)};
  erasure.user_id = statement.bytes(4);
  const auto step = statement.integer(5);
  if (!copy_whole(statement.bytes(2), erasure.event_id.octets) || step < 0 ||
      step > static_cast<std::int64_t>(ErasureStep::finished))
    return damaged_row(connection);
  erasure.step = static_cast<ErasureStep>(step);
  return std::optional{std::move(erasure)};
}

}  // namespace

Result<Statement*> KeyRows::statement(const char* sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return &known->second;
  EVENTSTORE_TRY_ASSIGN(auto prepared, Statement::prepare(connection(), sql));
  return &statements_.emplace(sql, std::move(prepared)).first->second;
}

Result<std::optional<KeyRow>> KeyRows::by_id(const Uuid& id) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(select_by_id));
  const Use use{*prepared};
  bind_key_id(*use, 1, id);
  return next_key(connection(), *use);
}

Result<std::optional<KeyRow>> KeyRows::by_subject(const Subject& subject) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(select_by_subject));
  const Use use{*prepared};
  bind_key_subject(*use, 1, subject);
  return next_key(connection(), *use);
}

Result<std::optional<KeyRow>> KeyRows::after(std::int64_t number) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(select_after));
  const Use use{*prepared};
  use->bind(1, number);
  return next_key(connection(), *use);
}

Result<std::vector<KeyRow>> KeyRows::first(std::size_t count) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(select_first));
  const Use use{*prepared};
  use->bind(1, static_cast<std::int64_t>(count));
  std::vector<KeyRow> rows;
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(auto row, next_key(connection(), *use));
    if (!row) return rows;
    rows.push_back(std::move(*row));
  }
}

Result<void> KeyRows::add(const KeyRow& row, Timestamp made_at) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(insert_key));
  const Use use{*prepared};
  bind_key_id(*use, 1, row.id);
  bind_key_subject(*use, 2, row.subject);
  use->bind_blob(4, row.wrapped);
  use->bind(5, made_at.micros);
  return use->run();
}

Result<void> KeyRows::set_wrapped(std::int64_t number, const WrappedKey& wrapped) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(update_key));
  const Use use{*prepared};
  use->bind(1, number);
  use->bind_blob(2, wrapped);
  return use->run();
}

Result<bool> KeyRows::is_given_up(const Uuid& id) {
  auto prepared = statement(select_given_up);
  if (!prepared && prepared.error().code == Errc::not_found) return false;
  if (!prepared) return failure_of(prepared);
  const Use use{**prepared};
  bind_key_id(*use, 1, id);
  return use->step();
}

Result<void> KeyRows::give_up(const Uuid& id, const Subject& subject) {
  EVENTSTORE_TRY(run_sql(connection(), make_given_up));
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(insert_given_up));
  const Use use{*prepared};
  bind_key_id(*use, 1, id);
  bind_key_subject(*use, 2, subject);
  return use->run();
}

Result<std::uint64_t> KeyRows::destroyed() {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(select_destroyed));
  const Use use{*prepared};
  EVENTSTORE_TRY_ASSIGN(const bool found, use->step());
  if (!found) return damaged_row(connection());
  return static_cast<std::uint64_t>(use->integer(0));
}

Result<void> KeyRows::count_destroyed() {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(update_destroyed));
  return Use { *prepared } -> run();
}

Result<Bytes> KeyRows::check() {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(select_check));
  const Use use{*prepared};
  EVENTSTORE_TRY_ASSIGN(const bool found, use->step());
  if (!found) return damaged_row(connection());
  const auto bytes = as_bytes(use->bytes(0));
  return Bytes{bytes.begin(), bytes.end()};
}

Result<void> KeyRows::set_head(const WrappedKey& own_key, const WrappedKey& check) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(update_head));
  const Use use{*prepared};
  use->bind_blob(1, own_key);
  use->bind_blob(2, check);
  return use->run();
}

Result<std::optional<Erasure>> KeyRows::erasure(const Subject& subject) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(select_erasure));
  const Use use{*prepared};
  bind_key_subject(*use, 1, subject);
  return next_erasure(connection(), *use);
}

Result<std::vector<Erasure>> KeyRows::erasures(bool unfinished_only) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(select_erasures));
  const Use use{*prepared};
  use->bind(1, static_cast<std::int64_t>(ErasureStep::finished) + (unfinished_only ? 0 : 1));
  std::vector<Erasure> found;
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(auto erasure, next_erasure(connection(), *use));
    if (!erasure) return found;
    found.push_back(std::move(*erasure));
  }
}

Result<void> KeyRows::add(const Erasure& erasure) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(insert_erasure));
  const Use use{*prepared};
  bind_key_subject(*use, 1, erasure.subject);
  bind_key_id(*use, 3, erasure.event_id);
  use->bind(4, erasure.erased_at.micros);
  use->bind(5, std::string_view{erasure.user_id});
  use->bind(6, static_cast<std::int64_t>(erasure.step));
  return use->run();
}

Result<void> KeyRows::set_step(const Subject& subject, ErasureStep step) {
  EVENTSTORE_TRY_ASSIGN(auto* const prepared, statement(update_step));
  const Use use{*prepared};
  bind_key_subject(*use, 1, subject);
  use->bind(3, static_cast<std::int64_t>(step));
  return use->run();
}

}  // namespace eventstore::security
