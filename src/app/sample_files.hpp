#pragma once
// Private to the use cases: the folders of samples.
#include <eventstore/os/file_system.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::app {

/// The folder with the samples of a category.
std::string samples_folder(const std::string& samples, std::string_view category);

/// The names of the sample files in `folder`, in order; none where there is no such folder.
Result<std::vector<std::string>> list_samples(FileSystem& files, const std::string& folder);

}  // namespace eventstore::app
