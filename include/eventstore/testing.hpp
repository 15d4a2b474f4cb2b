#pragma once
// Test a domain without a store: given(…).when(…) for aggregates, projected(…) for projections.
#include <eventstore/core/must.hpp>
#include <eventstore/testing/given.hpp>
#include <eventstore/testing/projected.hpp>
