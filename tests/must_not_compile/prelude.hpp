#pragma once
// Compiled once for all programs that must not compile: reading these headers takes longer than refusing a program.
#include <eventstore/aggregate/lock.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/collections/documents_of.hpp>
#include <eventstore/domain.hpp>
