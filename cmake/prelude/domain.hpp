#pragma once
// Precompiled for the upper layers and for domains: nearly each of their sources includes one of these headers, which
// takes longer than all that the source has itself.
#include <eventstore/domain.hpp>
#include <eventstore/store.hpp>

#include "prelude.hpp"
