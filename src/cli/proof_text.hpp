#pragma once
// Private to the command line: a proof as one line of JSON.
#include <eventstore/file_log/proof.hpp>
#include <string>
#include <string_view>

namespace eventstore::cli {

/// Without a line end.
std::string text_of(const InclusionProof& proof);

/// Reads what text_of wrote; fields may stand in any order. Errors: invalid_argument, naming the field.
Result<InclusionProof> parse_proof(std::string_view text);

}  // namespace eventstore::cli
