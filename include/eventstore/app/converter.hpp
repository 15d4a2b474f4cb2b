#pragma once
// Documents of other systems, as `mongoexport` prints them, turned into the events that would have led to them:
//
//   es::Result<es::Converted> convert(const es::Documented& document);   // in a file of the domain
//   es::cli::main(argc, argv, {…, .converters = {{"old-books", "…", convert}}});   // import --from old-books FILE
#include <eventstore/core/result.hpp>
#include <eventstore/schema/json_document.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A document of another system: an object whose values of extended JSON ($date, $oid, $numberLong) are plain.
/// Lifetime: the call's.
struct Documented {
  JsonNode root;
  std::string_view source;        ///< the converter's name
  std::string_view organization;  ///< of documents that name none
};

/// What a document became.
struct Converted {
  std::vector<std::string> lines;     ///< event lines, each with an event_id, the same whenever it is converted
  std::vector<std::string> left_out;  ///< what the events do not say, a sentence each, without personal values
};

/// A kind of documents. `convert` depends on the document alone, so that a file that is imported twice changes nothing.
/// Errors of `convert`: invalid_argument, for a document that no events can tell; Error::where is the path in it.
struct Converter {
  std::string name;  ///< for import --from
  std::string does;  ///< one line of help: the documents that it takes
  Result<Converted> (*convert)(const Documented& document);
};

}  // namespace v1
}  // namespace eventstore
