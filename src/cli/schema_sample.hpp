#pragma once
// Private to the command line: the two sides of `schema sample`.
#include <eventstore/schema/sample_file.hpp>
#include "old_commands.hpp"
#include "output.hpp"

namespace eventstore::cli {

/// The folder with the samples of a category.
std::string samples_folder(const std::string& samples, std::string_view category);

/// The names of the sample files in `folder`, in order; none where there is no such folder.
Result<std::vector<std::string>> list_samples(const std::string& folder);

/// Holds every sample against the program. Errors: of the first that is not read, naming its file; not_found where
/// there is none at all. All are printed first.
Result<void> check_all_samples(const Setup& setup, const SampleOptions& options, Output& output);

}  // namespace eventstore::cli
