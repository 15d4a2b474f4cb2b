#pragma once
// The golden corpus: payloads of every schema that a store holds, kept scrubbed with the code, and read for ever.
#include <eventstore/app/model.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/schema/fields.hpp>
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

struct KeepSamples {
  EVENTSTORE_FIELDS(KeepSamples, (std::string, samples, "aggregates",
                                  help("Folder that has a folder with samples for each category")));
};

/// `kept` counts existing files, `added` lists new ones, and `without` lists events of today that have no sample.
struct CategorySamples {
  EVENTSTORE_FIELDS(CategorySamples, (std::string, category), (std::string, folder), (std::uint64_t, kept),
                    (std::vector<std::string>, added), (std::optional<std::vector<std::string>>, without));
};

/// Fails if the folder of the samples is missing, and says what to do.
Result<void> find_samples(FileSystem& files, const KeepSamples& parameters);

/// Keeps payloads of every schema in the store that has no sample file yet. Errors: as find_samples and
/// EventLog::read_all; those of the files and of `on_category`. Cost: one pass over the log.
Result<void> keep_samples(const Store& store, FileSystem& files, const KeepSamples& parameters,
                          FunctionRef<Result<void>(const CategorySamples&)> on_category);

struct CheckSamples {
  EVENTSTORE_FIELDS(CheckSamples, (KeepSamples, where, , flattened),
                    (std::vector<std::string>, retired, std::vector<std::string>{},
                     help("Category, or category.event, whose events no code reads any more")));
};

/// `verdict` says how the payloads are read: same, resolved, upcast, retired, breaking or damaged.
struct SampleVerdict {
  EVENTSTORE_FIELDS(SampleVerdict, (std::string, category), (std::string, file),
                    (std::optional<std::uint64_t>, payloads), (std::string, verdict),
                    (std::optional<std::string>, write));
};

/// Checks that the model reads every sample. Errors: after all were given, that of the first sample that cannot be
/// read, naming its file; not_found, if there is no sample at all; those of the files and of `on_sample`.
Result<void> check_samples(const Model& model, FileSystem& files, const CheckSamples& parameters,
                           FunctionRef<Result<void>(const SampleVerdict&)> on_sample);

}  // namespace eventstore::app
