#pragma once
// Precompiled for every test program.
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>
