#pragma once
// Precompiled for every test program.
#include <catch2/catch.hpp>

#include "../cmake/prelude/prelude.hpp"
