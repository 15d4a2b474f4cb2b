#include <eventstore/testing/simulated_disk.hpp>
