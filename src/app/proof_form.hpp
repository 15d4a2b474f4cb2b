#pragma once
// Private to the use cases: a proof as it is printed, and back.
#include <eventstore/app/proof.hpp>
#include <eventstore/file_log/proof.hpp>

namespace eventstore::app {

Proof described(const InclusionProof& proof);

/// Reads the JSON of a Proof; fields may stand in any order. Errors: invalid_argument, naming the field.
Result<InclusionProof> parse_proof(std::string_view json);

}  // namespace eventstore::app
