// SQLite's header shows the hook to those who say that their SQLite has it: the build has looked.
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "digest_keeper.hpp"

#include "layout.hpp"

namespace eventstore::engine::sqlite {
namespace {

struct NoValue {
  int code;
};

// A text without SQLite's copy of it, which would end with a zero.
std::string_view view_of(sqlite3_value* value) {
  const auto* const bytes = static_cast<const char*>(sqlite3_value_blob(value));
  return bytes == nullptr ? std::string_view{}
                          : std::string_view{bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

}  // namespace

// The values of the row before it changes, and after. Each call of SQLite for one costs, so it is made once.
class DigestKeeper::OldValues {
 public:
  OldValues(sqlite3* connection, const RowDigest& row) : connection_{connection}, row_{row} {}
  [[nodiscard]] std::string_view id() const { return view_of(at(row_.id_place())); }
  [[nodiscard]] std::string_view organization() const { return view_of(at(row_.organization_place())); }
  [[nodiscard]] int type(std::size_t field) const {
    value_ = at(row_.fields()[field].place);
    return sqlite3_value_type(value_);
  }
  [[nodiscard]] std::int64_t integer(std::size_t) const { return sqlite3_value_int64(value_); }
  [[nodiscard]] double real(std::size_t) const { return sqlite3_value_double(value_); }
  [[nodiscard]] std::string_view text(std::size_t) const { return view_of(value_); }

  [[nodiscard]] virtual sqlite3_value* at(int place) const {
    sqlite3_value* value = nullptr;
    if (const int code = sqlite3_preupdate_old(connection_, place, &value); code != SQLITE_OK) throw NoValue{code};
    return value;
  }
  virtual ~OldValues() = default;

 protected:
  sqlite3* connection_;

 private:
  const RowDigest& row_;
  mutable sqlite3_value* value_ = nullptr;  // whose type was asked for
};

class DigestKeeper::NewValues final : public OldValues {
 public:
  using OldValues::OldValues;
  [[nodiscard]] sqlite3_value* at(int place) const override {
    sqlite3_value* value = nullptr;
    if (const int code = sqlite3_preupdate_new(connection_, place, &value); code != SQLITE_OK) throw NoValue{code};
    return value;
  }
};

Result<void> DigestKeeper::learn_tables() {
  if (!schema_version_) {
    EVENTSTORE_TRY_ASSIGN(schema_version_, Statement::prepare(connection_, "PRAGMA schema_version"));
  }
  EVENTSTORE_TRY(schema_version_->step());
  const auto schema = schema_version_->integer(0);
  schema_version_->reset();
  if (row_ && schema == schema_) return {};
  EVENTSTORE_TRY_ASSIGN(rows_, rows_table(connection_, collection_));
  parts_ = rows_ == collection_ ? std::string{} : parts_name(collection_);
  EVENTSTORE_TRY_ASSIGN(row_, RowDigest::of_table(connection_, shape_, rows_));
  schema_ = schema;
  return {};
}

Result<void> DigestKeeper::begin(const std::optional<Digest128>& kept) {
  if (!kept) return {};
  EVENTSTORE_TRY(learn_tables());
  digest_ = *kept;
  last_row_ = 0;
  is_lost_ = false;
  failed_.reset();
  is_following_ = true;
  sqlite3_preupdate_hook(connection_, &DigestKeeper::on_change, this);
  return {};
}

void DigestKeeper::stop() {
  if (is_following_) sqlite3_preupdate_hook(connection_, nullptr, nullptr);
  is_following_ = false;
}

Result<std::optional<Digest128>> DigestKeeper::end() {
  if (!is_following_) return std::optional<Digest128>{};
  stop();
  if (failed_) return failure(*failed_);
  return is_lost_ ? std::nullopt : std::optional{digest_};
}

// No exception may pass through SQLite. What fails here is told by end().
void DigestKeeper::on_change(void* keeper, sqlite3*, int operation, const char*, const char* table,
                             sqlite3_int64 old_row, sqlite3_int64 new_row) noexcept {
  auto& self = *static_cast<DigestKeeper*>(keeper);
  try {
    if (self.failed_) return;
    if (table == self.rows_)
      self.change_row(operation, operation == SQLITE_DELETE ? old_row : new_row);
    else if (!self.parts_.empty() && table == self.parts_)
      self.change_entry(operation);
  } catch (const NoValue& none) {
    const auto code = none.code == SQLITE_NOMEM ? Errc::out_of_memory : Errc::io_failed;
    self.failed_ = Error{code, {}, {}, {}};
  } catch (const std::bad_alloc&) {
    self.failed_ = Error{Errc::out_of_memory, {}, {}, {}};
  }
}

void DigestKeeper::change_row(int operation, std::int64_t row) {
  const OldValues before{connection_, *row_};
  const NewValues after{connection_, *row_};
  last_row_ = row;
  last_id_ = operation == SQLITE_INSERT ? after.id() : before.id();
  if (operation != SQLITE_INSERT) digest_ -= row_->of(before);
  if (operation != SQLITE_DELETE) digest_ += row_->of(after);
}

// Entries change within the statement that changes their document, or after it.
void DigestKeeper::change_entry(int operation) {
  if (operation != SQLITE_INSERT) digest_ -= entry_of(OldValues{connection_, *row_});
  if (operation != SQLITE_DELETE) digest_ += entry_of(NewValues{connection_, *row_});
}

template <class Values> Digest128 DigestKeeper::entry_of(const Values& values) {
  if (last_row_ == 0 || sqlite3_value_int64(values.at(0)) != last_row_) is_lost_ = true;
  return row_->pieces().entry(last_id_, view_of(values.at(1)), view_of(values.at(2)), view_of(values.at(3)));
}

}  // namespace eventstore::engine::sqlite
