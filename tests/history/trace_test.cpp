// The causes and effects of an event.
#include <eventstore/history/trace.hpp>

#include "parcels.hpp"

namespace trace_test {

using namespace parcels;
using es::TraceRelation;

namespace {

struct Tracer : ParcelLog {
  // "depth relation position", with "?id" for what is not in the log, and "!" where a loop ends.
  std::vector<string> trace(const es::Uuid& id, const es::TraceOptions& options = {}) {
    const auto found = es::trace(log, es::EventId{id}, options);
    if (!found) FAIL(found.error().message());
    left_out = found->left_out;
    std::vector<string> lines;
    for (std::size_t i = 0; i < found->nodes.size(); ++i) {
      const auto& node = found->nodes[i];
      lines.push_back(std::to_string(node.depth) + ' ' + string{to_string(node.relation)} + ' ' +
                      (node.is_in_log ? std::to_string(node.position.value) : '?' + node.cause) +
                      (node.ends_loop ? "!" : ""));
      CHECK(node.depth == (node.parent ? found->nodes[*node.parent].depth + 1 : 0));
      CHECK((!node.parent || *node.parent < i));
    }
    return lines;
  }
  es::Uuid caused(const es::Uuid& cause, const string& stream = "parcel-1", const string& correlation = "") {
    return add({.stream = stream, .correlation_id = correlation, .causation_id = cause.to_string()});
  }

  std::uint64_t left_out = 0;
};

using Lines = std::vector<string>;

}  // namespace

TEST_CASE("a trace has the causes of an event and all that it caused", "[trace]") {
  Tracer tracer;
  const auto root = tracer.add({});
  const auto sibling = tracer.caused(root, "letter-1");
  const auto asked = tracer.caused(root, "letter-2");
  const auto effect = tracer.caused(asked);
  const auto other = tracer.caused(asked, "bill-1");
  tracer.caused(effect, "bill-2");
  tracer.caused(sibling);
  CHECK(tracer.trace(asked) == Lines{"0 cause 1", "1 asked 3", "2 effect 4", "3 effect 6", "2 effect 5"});
  CHECK(tracer.trace(other) == Lines{"0 cause 1", "1 cause 3", "2 asked 5"});
  CHECK(tracer.trace(root).size() == 7);
}

TEST_CASE("events of one correlation stand below their cause or by themselves", "[trace]") {
  Tracer tracer;
  const auto root = tracer.add({.correlation_id = "order-7"});
  const auto asked = tracer.caused(root, "letter-1", "order-7");
  tracer.caused(root, "letter-2", "order-7");
  tracer.add({.stream = "bill-1", .correlation_id = "order-7"});
  tracer.add({.stream = "bill-2", .correlation_id = "order-8"});
  tracer.add({.stream = "bill-3", .correlation_id = "order-7", .causation_id = "a command"});
  CHECK(tracer.trace(asked) == Lines{"0 cause 1", "1 asked 2", "1 correlated 3", "0 correlated 4",
                                     "0 correlated ?a command", "1 correlated 6"});
}

TEST_CASE("the first event of a course gives its id as the correlation", "[trace]") {
  Tracer tracer;
  const auto first = tracer.add({});
  tracer.add({.stream = "letter-1", .correlation_id = first.to_string()});
  const auto second = tracer.add({.stream = "letter-2", .correlation_id = first.to_string()});
  CHECK(tracer.trace(first) == Lines{"0 asked 1", "0 correlated 2", "0 correlated 3"});
  CHECK(tracer.trace(second) == Lines{"0 asked 3", "0 correlated 1", "0 correlated 2"});
}

TEST_CASE("a cause that is not in the log is shown", "[trace]") {
  Tracer tracer;
  const auto missing = number("nobody", 1);
  const auto asked = tracer.caused(missing);
  CHECK(tracer.trace(asked) == Lines{"0 cause ?" + missing.to_string(), "1 asked 1"});
  const auto other = tracer.add({.causation_id = "cron"});
  CHECK(tracer.trace(other) == Lines{"0 cause ?cron", "1 asked 2"});
}

TEST_CASE("loops of causes end", "[trace]") {
  Tracer tracer;
  const auto first = number("first", 1);
  const auto second = number("second", 2);
  tracer.add({.causation_id = second.to_string(), .id = first});
  tracer.add({.stream = "letter-1", .causation_id = first.to_string(), .id = second});
  tracer.caused(second, "bill-1");
  CHECK(tracer.trace(second) == Lines{"0 cause 1", "1 asked 2!", "2 effect 3"});
  tracer.caused(first, "bill-2");
  CHECK(tracer.trace(second) == Lines{"0 cause 1", "1 asked 2!", "2 effect 3", "1 effect 4"});
  const auto self = number("self", 3);
  tracer.add({.causation_id = self.to_string(), .id = self});
  CHECK(tracer.trace(self) == Lines{"0 asked 5!"});
}

TEST_CASE("an event that came into the log before its cause is traced all the same", "[trace]") {
  Tracer tracer;
  const auto cause = number("late", 1);
  const auto effect = tracer.caused(cause, "letter-1");
  tracer.add({.id = cause});
  CHECK(tracer.trace(effect) == Lines{"0 cause 2", "1 asked 1"});
  CHECK(tracer.trace(cause) == Lines{"0 asked 2", "1 effect 1"});
}

TEST_CASE("an id that several streams have is traced in each, or in the one that is named", "[trace]") {
  Tracer tracer;
  const auto same = number("same", 1);
  tracer.add({.stream = "parcel-1", .id = same});
  tracer.add({.stream = "parcel-2", .id = same});
  tracer.caused(same, "letter-1");
  CHECK(tracer.trace(same) == Lines{"0 asked 1", "1 effect 3", "0 asked 2"});
  const auto second = es::StreamId::trusted("parcel-2");
  CHECK(tracer.trace(same, {.stream = second}) == Lines{"0 asked 2", "1 effect 3", "0 correlated 1"});
}

TEST_CASE("an event that is not there is not found", "[trace]") {
  Tracer tracer;
  const auto there = tracer.add({});
  const auto error = [&](const es::Uuid& id, const es::TraceOptions& options) {
    const auto found = es::trace(tracer.log, es::EventId{id}, options);
    REQUIRE_FALSE(found.has_value());
    return found.error().code;
  };
  CHECK(error(number("nobody", 1), {}) == es::Errc::not_found);
  CHECK(error({}, {}) == es::Errc::not_found);
  CHECK(error(there, {.stream = es::StreamId::trusted("parcel-2")}) == es::Errc::not_found);
}

TEST_CASE("a trace past its limit has the nearest events and counts others", "[trace]") {
  Tracer tracer;
  const auto root = tracer.add({});
  const auto asked = tracer.caused(root);
  for (int i = 0; i < 5; ++i) tracer.caused(asked, "letter-" + std::to_string(i));
  CHECK(tracer.trace(asked, {.events_max = 4}) == Lines{"0 cause 1", "1 asked 2", "2 effect 3", "2 effect 4"});
  CHECK(tracer.left_out == 3);
}

TEST_CASE("a chain of causes may be long", "[trace]") {
  Tracer tracer;
  auto last = tracer.add({});
  const auto first = last;
  for (int i = 0; i < 5000; ++i) last = tracer.caused(last);
  CHECK(tracer.trace(last).back() == "5000 asked 5001");
  CHECK(tracer.trace(first).size() == 5001);
}

}  // namespace trace_test
