#pragma once
// A log that counts what is read from it.
#include "log/forwarding_log.hpp"

namespace bank {

/// Counts the events that are read from a log.
class CountingLog : public es::ForwardingLog {
 public:
  using ForwardingLog::ForwardingLog;
  es::Result<es::Page> read_all(const es::ReadAll& options) const override {
    auto page = ForwardingLog::read_all(options);
    if (page) in_order += page->events.size();
    return page;
  }
  es::Result<es::Visited> visit_all(const es::ReadAll& options, es::Visitor visitor) const override {
    return ForwardingLog::visit_all(options, [&](const es::RecordedEvent& event) {
      ++in_order;
      return visitor(event);
    });
  }
  es::Result<es::Page> read_stream(const es::StreamId& stream, const es::ReadStream& options) const override {
    auto page = ForwardingLog::read_stream(stream, options);
    if (page) of_streams += page->events.size();
    return page;
  }
  es::Result<es::Visited> visit_stream(const es::StreamId& stream, const es::ReadStream& options,
                                       es::Visitor visitor) const override {
    return ForwardingLog::visit_stream(stream, options, [&](const es::RecordedEvent& event) {
      ++of_streams;
      return visitor(event);
    });
  }

  mutable std::uint64_t in_order = 0;
  mutable std::uint64_t of_streams = 0;
};

}  // namespace bank
