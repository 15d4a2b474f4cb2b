#pragma once
// The settings of workers that stand in the environment.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/projection/worker.hpp>

namespace eventstore::app {

/// The options that these variables give; the others, and those of variables that are missing or empty, have their
/// defaults:
///   DB_LOG_BATCH_SIZE  WorkerOptions::live_batch_documents, 1 to 1000000; 10
///   DB_MAX_RETRIES     RetryOptions::retries_max, 0 to 1000; 3
///   DB_RETRY_DELAY     RetryOptions::delay in milliseconds, 1 to 3600000; 1000
/// `variable` gives the value of a variable, or null. Errors: invalid_argument, naming the
/// variable, its value and what it may be.
Result<WorkerOptions> worker_settings(FunctionRef<const char*(const char* name)> variable);

/// The same of this process's environment.
Result<WorkerOptions> worker_settings();

}  // namespace eventstore::app
