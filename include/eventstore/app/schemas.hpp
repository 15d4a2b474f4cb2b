#pragma once
// The schemas of events: in the code of a model, in its lock files, and in a log.
#include <eventstore/app/model.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {
class FileSystem;
class Store;
}  // namespace v1
}  // namespace eventstore

namespace eventstore::app {

/// The places of schemas.
struct SchemaSources {
  const Model& model;
  FileSystem& files;             ///< of the lock files
  const Store* store = nullptr;  ///< null: no event has been recorded yet
};

struct ListSchemas {
  EVENTSTORE_FIELDS(ListSchemas, (std::string, locks, "aggregates",
                                  help("Folder that has a folder with a lock file for each aggregate")));
};

/// `read` says how events of the schema are read: same, resolved, upcast, by value, breaking, unknown, or not ours. The
/// `schema` of events of an unknown type that are kept as JSON is "json".
struct SchemaSummary {
  EVENTSTORE_FIELDS(SchemaSummary, (std::string, category), (std::string, event_type), (std::string, schema),
                    (std::string, read), (bool, current), (std::uint64_t, events),
                    (std::optional<std::uint64_t>, locked));
};

/// Gives every known schema, in the order of category, event type and digest. Errors: corrupt_record (a lock file, the
/// log); io_failed; those of `on_schema`. Cost: one pass over the log.
Result<void> list_schemas(const SchemaSources& sources, const ListSchemas& parameters,
                          FunctionRef<Result<void>(const SchemaSummary&)> on_schema);

struct ShowSchema {
  EVENTSTORE_FIELDS(ShowSchema,
                    (std::string, name, ,
                     help("Event type such as {event} or {category}.{event}, or a schema's digest")),
                    (ListSchemas, where, , flattened));
};

/// `fields` has the type of each field, in the order of the schema.
struct SchemaDetails {
  EVENTSTORE_FIELDS(SchemaDetails, (SchemaSummary, summary, , flattened),
                    (std::optional<std::vector<std::string>>, differences), (Json, fields), (std::string, descriptor));
};

/// Gives the schemas of that name. Errors: not_found, where there is none; as list_schemas.
Result<void> show_schema(const SchemaSources& sources, const ShowSchema& parameters,
                         FunctionRef<Result<void>(const SchemaDetails&)> on_schema);

/// `how` lists the differences from the struct that reads the schema; `write` says what to write if no struct reads it.
struct SchemaVerdict {
  EVENTSTORE_FIELDS(SchemaVerdict, (std::string, category), (std::string, event_type), (std::string, schema),
                    (std::string, verdict), (std::optional<std::uint64_t>, locked),
                    (std::optional<std::uint64_t>, events), (std::optional<std::vector<std::string>>, how),
                    (std::optional<std::string>, write));
};

/// Gives the way in which each schema is read. Errors: unreadable_schema, after all were given, if one cannot be read;
/// as list_schemas.
Result<void> check_schemas(const SchemaSources& sources, const ListSchemas& parameters,
                           FunctionRef<Result<void>(const SchemaVerdict&)> on_schema);

/// A lock file after the use case, and its changes; `breaking` gives the reason if the file was not written.
struct LockedCategory {
  EVENTSTORE_FIELDS(LockedCategory, (std::string, category), (std::string, file), (std::uint64_t, schemas),
                    (std::vector<std::string>, changes), (std::optional<std::vector<std::string>>, breaking));
};

/// Adds the schemas of today to the lock files, which are made where they are missing. Errors: not_found, where the
/// folder is missing; unreadable_schema, once all were given, where a locked schema cannot be read; corrupt_record;
/// those of the files and of `on_category`.
Result<void> lock_schemas(const Model& model, FileSystem& files, const ListSchemas& parameters,
                          FunctionRef<Result<void>(const LockedCategory&)> on_category);

}  // namespace eventstore::app
