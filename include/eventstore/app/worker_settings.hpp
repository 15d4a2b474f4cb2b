#pragma once
// The settings of workers.
#include <eventstore/app/settings.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/projection/worker.hpp>
#include <span>

namespace eventstore::app {

/// The options that these variables give; the others, and those of variables that are missing or empty, have their
/// defaults:
///   DB_LOG_BATCH_SIZE  WorkerOptions::live_batch_documents, 1 to 1000000; 10
///   DB_MAX_RETRIES     RetryOptions::retries_max, 0 to 1000; 3
///   DB_RETRY_DELAY     RetryOptions::delay in milliseconds, 1 to 3600000; 1000
///   EVENTSTORE_KEEP_<COLLECTION>  ExpiryOptions::days of the collection of one of `projections`, whose name stands in
///                                 capitals, 0 (for ever) to 36500
/// `variable` gives the value of a variable, or null. Errors: invalid_argument, naming the
/// variable, its value and what it may be.
Result<WorkerOptions> worker_settings(FunctionRef<const char*(const char* name)> variable,
                                      std::span<const ProjectionType> projections = {});

/// The same of settings, which a program reads once.
Result<WorkerOptions> worker_settings(const Settings& settings, std::span<const ProjectionType> projections = {});

/// The same of this process's environment alone, for programs that have settings of their own kind.
Result<WorkerOptions> environment_settings(std::span<const ProjectionType> projections = {});

}  // namespace eventstore::app
