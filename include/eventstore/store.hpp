#pragma once
// Open a store for a domain: run commands, load aggregates, bring collections up to date and ask them,
// run reactions, and follow the log.
#include <eventstore/app/store.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/projection/subscription.hpp>
