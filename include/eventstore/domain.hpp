#pragma once
// Write a domain: events, commands, aggregates, projections, reactions and functions. The first of three headers to
// learn; the others are eventstore/store.hpp and eventstore/testing.hpp.
#include <eventstore/aggregate/commit.hpp>
#include <eventstore/aggregate/keys.hpp>
#include <eventstore/app/model.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/projection/reaction_type.hpp>
#include <eventstore/projection/ready_made.hpp>
