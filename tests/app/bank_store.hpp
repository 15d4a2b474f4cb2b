#pragma once
// What all tests with a store of a bank begin with.
#include <eventstore/core/result.hpp>

#include <catch2/catch.hpp>

#include "aggregate/account.hpp"
#include "temporary_directory.hpp"

namespace bank {

inline const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

/// The value, or the failure of the test with the error's message.
template <class T> T must(es::Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}

}  // namespace bank
