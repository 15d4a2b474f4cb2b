#pragma once
// Everything that a program which defines aggregates and projections includes.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/schema/codec.hpp>
