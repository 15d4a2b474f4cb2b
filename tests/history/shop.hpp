#pragma once
// Predicates about streams of facts in memory.
#include <eventstore/history/bisect_category.hpp>

#include "aggregate/recorded.hpp"
#include "history/facts.hpp"

namespace shop {

using recorded::Log;
using Errc = es::Errc;

struct Counter : Log {
  /// Whether `text` holds at the last version of the stream.
  bool holds(const string& text, const string& stream = "shop-1") {
    const auto predicate = es::Predicate::parse(text, type(), &log);
    if (!predicate) FAIL(predicate.error().message());
    es::PredicateCheck check{*predicate, schemas};
    bool last = false;
    const auto note = [&](const es::Step& step) {
      const auto held = check.holds(step);
      if (!held) FAIL(held.error().message());
      last = *held;
      return true;
    };
    const auto walked = es::each_step(log, schemas, type(), *es::StreamId::parse(stream), {}, note);
    if (!walked) FAIL(walked.error().message());
    return last;
  }
};

inline string error_of(const string& text) {
  const auto predicate = es::Predicate::parse(text, type());
  if (predicate) FAIL("this is no error: " << text);
  CHECK(predicate.error().code == Errc::invalid_argument);
  return predicate.error().during + ": " + predicate.error().detail;
}

}  // namespace shop
