#pragma once
// Everything that a program which defines aggregates and projections includes.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/cli/main.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/projection/worker.hpp>
