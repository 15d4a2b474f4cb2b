#include "writer.hpp"

#include "document_json.hpp"
#include "indexes.hpp"
#include "layout.hpp"
#include "numbers.hpp"

#include <eventstore/schema/json_codec.hpp>

#include <algorithm>

namespace eventstore::engine::sqlite {
namespace {

// Of the columns, in the statements that write a whole document.
constexpr int first_column_place = 3;

// An id as SQLite gets it.
struct IdText {
  explicit IdText(const Uuid& id) { id.write_to(text); }
  [[nodiscard]] std::string_view view() const { return {text, sizeof text}; }
  char text[36];
};

TableStatements::Fields columns_of(const DocumentWrite& write) {
  TableStatements::Fields columns;
  for (const auto& field : write.fields) columns.push_back(field.column);
  return columns;
}

Result<std::int64_t> schema_number(sqlite3* connection) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "PRAGMA schema_version"));
  EVENTSTORE_TRY(statement.step());
  return statement.integer(0);
}

}  // namespace

Result<std::unique_ptr<TableWriter>> TableWriter::open(sqlite3* connection, const CollectionShape& shape,
                                                       std::string_view collection, bool is_building) {
  EVENTSTORE_TRY_ASSIGN(auto table, rows_table(connection, collection));
  const bool has_parts = table != collection;
  std::unique_ptr<TableWriter> writer{new TableWriter{connection, shape, collection, std::move(table), is_building}};
  if (has_parts) writer->parts_.emplace(connection, shape, parts_name(collection));
  EVENTSTORE_TRY_ASSIGN(writer->has_index_, has_id_index(connection, collection));
  return writer;
}

Result<bool> TableWriter::is_current(const CollectionShape& shape, bool is_building, std::uint64_t changes) const {
  if (statements_.shape().document != shape.document || is_building != is_building_) return false;
  if (!rows_ && !(parts_ && parts_->knows_documents())) return true;
  EVENTSTORE_TRY_ASSIGN(const auto schema, schema_number(statements_.connection()));
  return changes == changes_ && schema == schema_;
}

Result<void> TableWriter::committed(std::uint64_t changes) {
  added_ = 0;
  changes_ = changes;
  EVENTSTORE_TRY_ASSIGN(schema_, schema_number(statements_.connection()));
  return {};
}

Result<void> TableWriter::write(const CollectionBatch& batch, std::size_t keys_bytes_max) {
  if (!has_index_ && !batch.writes.empty()) EVENTSTORE_TRY(know_rows(keys_bytes_max));
  for (const auto& id : batch.gone) EVENTSTORE_TRY(remove(id));
  for (std::size_t i = 0; i < batch.appended.size(); ++i) EVENTSTORE_TRY(append(batch.appended[i]));
  for (const auto& keyed : in_order(batch.writes)) EVENTSTORE_TRY(write(keyed));
  return {};
}

// Where no index says where a document is, memory does; and where that is too small, the index is made.
Result<void> TableWriter::know_rows(std::size_t bytes_max) {
  if (!rows_) {
    rows_ = std::make_unique<KeyRows>();
    EVENTSTORE_TRY_ASSIGN(
        auto all, Statement::prepare(statements_.connection(), std::string{"SELECT "} + row_number + ", _id FROM " +
                                                                   quoted(statements_.table())));
    for (;;) {
      EVENTSTORE_TRY_ASSIGN(const bool more, all.step());
      if (!more || rows_->bytes() > bytes_max || all.integer(0) > KeyRows::row_max) break;
      EVENTSTORE_TRY_ASSIGN(const Uuid id, Uuid::parse(all.text(1)));
      rows_->set(id, all.integer(0));
    }
  }
  return rows_->bytes() > bytes_max ? make_index() : Result<void>{};
}

Result<void> TableWriter::make_index() {
  EVENTSTORE_TRY_ASSIGN(const auto removed, make_id_index(statements_.connection(), statements_.shape(), collection_));
  added_ -= static_cast<std::int64_t>(removed);
  rows_.reset();
  has_index_ = true;
  return {};
}

// A document's writes stay in their order. Documents go by their rows, or by their ids as an index has them, so that a
// page is not read and written again and again; new ones in the order in which they were made.
std::vector<TableWriter::Keyed> TableWriter::in_order(const std::vector<DocumentWrite>& writes) const {
  std::vector<Keyed> order;
  order.reserve(writes.size());
  for (const auto& write : writes) {
    const auto id = document_id(statements_.shape().name, write.key);
    order.push_back({id, rows_ ? rows_->find(id) : 0, &write});
  }
  if (rows_)
    std::stable_sort(order.begin(), order.end(),
                     [](const Keyed& a, const Keyed& b) { return a.row != 0 && (b.row == 0 || a.row < b.row); });
  else
    std::stable_sort(order.begin(), order.end(), [](const Keyed& a, const Keyed& b) { return a.id < b.id; });
  return order;
}

Result<void> TableWriter::append(const AppendedDocuments::Document& document) {
  const Row row{document.organization, document.document};
  return has_index_ || rows_ ? put(document.id, row) : insert(document.id, row, nullptr);
}

Result<void> TableWriter::write(const Keyed& keyed) {
  const auto& write = *keyed.write;
  switch (write.kind) {
    case DocumentWrite::Kind::put: return put(keyed.id, write);
    case DocumentWrite::Kind::patch: return patch(keyed.id, write);
    case DocumentWrite::Kind::increment: return increment(keyed.id, write);
    case DocumentWrite::Kind::change: return change(keyed.id, write);
    case DocumentWrite::Kind::remove: return remove(keyed.id);
  }
  return {};
}

Result<void> TableWriter::put(const Uuid& id, const DocumentWrite& write) {
  const auto in_parts = parts_ && write.held ? MapParts::columns_of(*write.held) : HeldDocument::Columns{};
  if (in_parts.empty()) {
    if (parts_) parts_->forget(id);
    return put(id, Row{write.organization, write.document_bytes(memory_)});
  }
  memory_.clear();
  write.held->encode_to(memory_, in_parts);
  EVENTSTORE_TRY(put(id, Row{write.organization, memory_, in_parts}));
  EVENTSTORE_TRY_ASSIGN(const auto row, row_of(id));
  return parts_->write(id, row, write.held, in_parts);
}

Result<void> TableWriter::put(const Uuid& id, const Row& row) {
  if (rows_) {
    const auto number = rows_->find(id);
    return number == 0 ? insert(id, row, nullptr) : replace_row(number, row);
  }
  EVENTSTORE_TRY_ASSIGN(Statement* const statement, statements_.get(Kind::put));
  const IdText text{id};
  statement->bind(1, text.view());
  EVENTSTORE_TRY(bind(*statement, row));
  // Only an insertion sets the number, which no table gives twice.
  sqlite3_set_last_insert_rowid(statements_.connection(), 0);
  EVENTSTORE_TRY(statement->run());
  if (sqlite3_last_insert_rowid(statements_.connection()) != 0) ++added_;
  return {};
}

Result<void> TableWriter::replace_row(std::int64_t number, const Row& row) {
  EVENTSTORE_TRY_ASSIGN(Statement* const statement, statements_.get(Kind::replace_row));
  statement->bind(1, number);
  EVENTSTORE_TRY(bind(*statement, row));
  return statement->run();
}

// With `sums`, the document's numbers are added up before they are written.
Result<void> TableWriter::insert(const Uuid& id, const Row& row, const DocumentWrite* sums) {
  EVENTSTORE_TRY_ASSIGN(Statement* const statement, statements_.get(Kind::insert));
  const IdText text{id};
  statement->bind(1, text.view());
  EVENTSTORE_TRY(bind(*statement, row));
  if (sums != nullptr && !sums->further.empty()) {
    EVENTSTORE_TRY_ASSIGN(auto numbers, Numbers::of_document(statements_.shape(), *sums, row.document));
    EVENTSTORE_TRY(numbers.add_further(*sums));
    numbers.bind_columns(*statement, first_column_place, *sums);
  }
  EVENTSTORE_TRY(statement->run());
  ++added_;
  if (!rows_) return {};
  const auto number = sqlite3_last_insert_rowid(statements_.connection());
  if (number > KeyRows::row_max) return make_index();
  rows_->set(id, number);
  return {};
}

Result<void> TableWriter::bind(Statement& statement, const Row& row) {
  texts_.clear();
  statement.bind(2, row.organization);
  EVENTSTORE_TRY((Binder{statement, texts_}.document(first_column_place, statements_.shape(), row.document)));
  for (const auto column : row.in_parts) statement.bind_null(first_column_place + static_cast<int>(column));
  return {};
}

Result<std::int64_t> TableWriter::row_of(const Uuid& id) {
  if (rows_) return rows_->find(id);
  EVENTSTORE_TRY_ASSIGN(Statement* const statement, statements_.get(Kind::row));
  const IdText text{id};
  statement->bind(1, text.view());
  EVENTSTORE_TRY_ASSIGN(const bool found, statement->step());
  const auto row = found ? statement->integer(0) : 0;
  statement->reset();
  return row;
}

Result<void> TableWriter::increment(const Uuid& id, const DocumentWrite& write) {
  const auto known = rows_ ? rows_->find(id) : 0;
  const auto document = write.document_bytes(memory_);
  if (rows_ && known == 0) return insert(id, Row{write.organization, document}, &write);
  const auto columns = columns_of(write);
  EVENTSTORE_TRY_ASSIGN(Statement* const read, statements_.get(rows_ ? Kind::numbers_of_row : Kind::numbers, columns));
  const IdText text{id};
  if (rows_)
    read->bind(1, known);
  else
    read->bind(1, text.view());
  EVENTSTORE_TRY_ASSIGN(const bool exists, read->step());
  if (!exists) {
    read->reset();
    return insert(id, Row{write.organization, document}, &write);
  }
  const auto row = read->integer(0);
  auto numbers = Numbers::of_row(*read, statements_.shape(), write);
  read->reset();
  EVENTSTORE_TRY_ASSIGN(const auto added, Numbers::of_document(statements_.shape(), write, document));
  numbers.add(added);
  EVENTSTORE_TRY(numbers.add_further(write));
  EVENTSTORE_TRY_ASSIGN(Statement* const set, statements_.get(Kind::set_row, columns));
  set->bind(1, row);
  numbers.bind(*set, 2);
  return set->run();
}

Result<void> TableWriter::patch(const Uuid& id, const DocumentWrite& write) {
  if (parts_) parts_->forget(id);
  if (write.has_document()) {
    EVENTSTORE_TRY_ASSIGN(const auto known, row_of(id));
    if (known == 0) EVENTSTORE_TRY(put(id, write));
  }
  const auto row = rows_ ? rows_->find(id) : 0;
  if (rows_ && row == 0) return {};
  EVENTSTORE_TRY_ASSIGN(Statement* const statement,
                        statements_.get(rows_ ? Kind::patch_row : Kind::patch, columns_of(write)));
  const IdText text{id};
  if (rows_)
    statement->bind(1, row);
  else
    statement->bind(1, text.view());
  texts_.clear();
  Binder binder{*statement, texts_};
  int place = 2;
  for (const auto& field : write.fields) {
    BytesReader in{field.value};
    EVENTSTORE_TRY(binder.column(place++, statements_.shape().columns[field.column], in));
  }
  statement->bind(place, std::string_view{write.organization});
  return statement->run();
}

Result<void> TableWriter::change(const Uuid& id, const DocumentWrite& write) {
  EVENTSTORE_TRY_ASSIGN(const auto found, document_of(id));
  if (found && found->organization != write.organization) return {};
  const auto existing = found ? std::optional{BytesView{found->bytes}} : std::nullopt;
  if (parts_) parts_->forget(id);
  memory_.clear();
  EVENTSTORE_TRY_ASSIGN(const bool is_there, write.change->apply(existing, memory_));
  return is_there ? put(id, Row{write.organization, memory_}) : Result<void>{};
}

Result<std::optional<TableWriter::Stored>> TableWriter::document_of(const Uuid& id) {
  const auto row = rows_ ? rows_->find(id) : 0;
  if (rows_ && row == 0) return std::optional<Stored>{};
  EVENTSTORE_TRY_ASSIGN(Statement* const read, statements_.get(rows_ ? Kind::document_of_row : Kind::document));
  const IdText text{id};
  if (rows_)
    read->bind(1, row);
  else
    read->bind(1, text.view());
  EVENTSTORE_TRY_ASSIGN(const bool found, read->step());
  json_.clear();
  std::string organization;
  if (found) {
    append_document(statements_.shape(), *read, json_);
    organization = read->text(1);
  }
  read->reset();
  if (!found) return std::optional<Stored>{};
  EVENTSTORE_TRY_ASSIGN(auto bytes, json_to_bytes(statements_.shape().document->type, json_, stored_json));
  return std::optional{Stored{std::move(organization), std::move(bytes)}};
}

Result<void> TableWriter::remove(const Uuid& id) {
  if (parts_) parts_->forget(id);
  const auto row = rows_ ? rows_->find(id) : 0;
  if (rows_ && row == 0) return {};
  EVENTSTORE_TRY_ASSIGN(Statement* const statement, statements_.get(rows_ ? Kind::remove_row : Kind::remove));
  const IdText text{id};
  if (rows_)
    statement->bind(1, row);
  else
    statement->bind(1, text.view());
  EVENTSTORE_TRY(statement->run());
  added_ -= sqlite3_changes64(statements_.connection());
  if (rows_) rows_->set(id, 0);
  return {};
}

// Whoever made it may have given it an id of another form. A table that is being built has none of them.
Result<void> TableWriter::remove(const std::string& id) {
  if (const auto parsed = Uuid::parse(id); parsed && parsed->to_string() == id) return remove(*parsed);
  EVENTSTORE_TRY_ASSIGN(Statement* const statement, statements_.get(Kind::remove));
  statement->bind(1, std::string_view{id});
  EVENTSTORE_TRY(statement->run());
  added_ -= sqlite3_changes64(statements_.connection());
  return {};
}

}  // namespace eventstore::engine::sqlite
