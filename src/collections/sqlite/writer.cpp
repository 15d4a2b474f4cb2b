#include "writer.hpp"

#include "tables.hpp"

namespace eventstore::engine::sqlite {
namespace {

std::string sql_for(DocumentWrite::Kind kind, const CollectionShape& shape, const std::string& table,
                    const std::vector<std::size_t>& fields) {
  switch (kind) {
    case DocumentWrite::Kind::put: return put_sql(shape, table);
    case DocumentWrite::Kind::patch: return patch_sql(shape, table, fields);
    case DocumentWrite::Kind::increment: return increment_sql(shape, table, fields);
    case DocumentWrite::Kind::remove: return "DELETE FROM " + quoted(table) + " WHERE _id = ?1";
  }
  return {};
}

}  // namespace

Result<Statement*> TableWriter::statement(DocumentWrite::Kind kind, const Fields& fields) {
  const auto known = statements_.find({kind, fields});
  if (known != statements_.end()) return &known->second;
  EVENTSTORE_TRY_ASSIGN(Statement prepared, Statement::prepare(connection_, sql_for(kind, shape_, table_, fields)));
  return &statements_.emplace(std::pair{kind, fields}, std::move(prepared)).first->second;
}

Result<void> TableWriter::write(const DocumentWrite& write) {
  char id_text[36];
  document_id(shape_.name, write.key).write_to(id_text);
  const std::string_view id{id_text, sizeof id_text};
  Fields fields;
  for (const auto& field : write.fields) fields.push_back(field.column);
  EVENTSTORE_TRY_ASSIGN(Statement* const prepared, statement(write.kind, fields));
  switch (write.kind) {
    case DocumentWrite::Kind::put:
    case DocumentWrite::Kind::increment: return put(write, *prepared, id);
    case DocumentWrite::Kind::patch: return patch(write, *prepared, id);
    case DocumentWrite::Kind::remove: break;
  }
  prepared->bind(1, id);
  return prepared->run();
}

Result<void> TableWriter::put(const DocumentWrite& write, Statement& statement, std::string_view id) {
  statement.bind(1, id);
  statement.bind(2, std::string_view{write.organization});
  Binder binder{statement};
  EVENTSTORE_TRY(binder.document(3, shape_, write.document));
  return statement.run();
}

Result<void> TableWriter::patch(const DocumentWrite& write, Statement& statement, std::string_view id) {
  statement.bind(1, id);
  Binder binder{statement};
  int place = 2;
  for (const auto& field : write.fields) {
    BytesReader in{field.value};
    EVENTSTORE_TRY(binder.column(place++, shape_.columns[field.column], in));
  }
  return statement.run();
}

}  // namespace eventstore::engine::sqlite
