#pragma once
// Test a domain without a store: given(…).when(…) for aggregates, projected(…) for projections,
// reacted(…).when(…) for reactions.
#include <eventstore/core/must.hpp>
#include <eventstore/testing/given.hpp>
#include <eventstore/testing/projected.hpp>
#include <eventstore/testing/reacted.hpp>
