#pragma once
// One file of the golden corpus: payloads of one schema, which every later build must read.
//
//   // Payloads of `delivery` events under one schema, scrubbed: …
//   schema 65c8a3b0-06fa-544b-bdcd-7a4e8290f481
//   descriptor DeliveryAssigned{agent_id:text,notes:text?}
//   bytes 070000006162636465662d3000
//   json {"agent_id":"abcdef-0"}
//
// `bytes` is a payload in hexadecimal, `json` the same payload read by its descriptor; more pairs may follow.
#include <eventstore/schema/schema.hpp>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One payload and its JSON.
struct Sample {
  Bytes payload;
  std::string json;
};

/// The contents of a file.
struct SampleFile {
  Schema schema;
  std::vector<Sample> samples;  ///< one at least
};

/// The name of the file for `schema`: "DeliveryAssigned.65c8a3b0-06fa-544b-bdcd-7a4e8290f481.sample". A character that
/// a file's name may not have becomes `_`.
[[nodiscard]] std::string sample_file_name(const Schema& schema);

/// Errors: corrupt_record, naming the line: it has another form, or a digest that differs from the descriptor's.
Result<SampleFile> parse_sample_file(std::string_view text);

/// Whether each payload, read by its descriptor, still gives the JSON of the file. Errors: corrupt_record, with the
/// number of the first payload that differs, its JSON of today, and what to do.
Result<void> check_by_descriptor(const SampleFile& file);

/// The file of `payloads`, each a value of `schema`'s type.
/// Errors: corrupt_record where one is not; invalid_argument where a name in `schema` has a line end in it.
Result<std::string> write_sample_file(std::string_view category, const Schema& schema,
                                      const std::vector<Bytes>& payloads);

}  // namespace v1
}  // namespace eventstore
