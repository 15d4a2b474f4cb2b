// The precompiled header is made with this file's library, and reused by every test program.
#include "catch_prelude.hpp"
