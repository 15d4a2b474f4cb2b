// The one source that is compiled with the precompiled header, so that there is one to reuse.
#include "catch_prelude.hpp"
