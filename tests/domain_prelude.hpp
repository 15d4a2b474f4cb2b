#pragma once
// Precompiled for every test program with domains and stores.
#include <eventstore/domain.hpp>
#include <eventstore/store.hpp>
#include <eventstore/testing.hpp>

#include "catch_prelude.hpp"
