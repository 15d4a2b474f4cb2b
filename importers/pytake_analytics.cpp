// PyTake's `analytics`: a number becomes a metric that was recorded.
#include <importers/document.hpp>
#include <importers/importers.hpp>

namespace domain {

namespace es = eventstore;

namespace {

// A document of sums that has no time of its own counts for the beginning of its day.
std::optional<es::Timestamp> time_of_metric(importers::Migrated& document) {
  const auto date = document.take_text("date");
  if (const auto timestamp = document.take_time("timestamp")) return timestamp;
  if (!date) return std::nullopt;
  const auto midnight = es::Timestamp::parse(*date + "T00:00:00Z");
  return midnight ? std::optional{*midnight} : std::nullopt;
}

// Streams of metrics are named by words that several organizations use.
std::string key_of_metric(const std::string& metric_type, const std::string& organization) {
  return organization == "default" ? metric_type : metric_type + '@' + organization;
}

}  // namespace

es::Result<es::Converted> convert_pytake_analytics(const es::Documented& given) {
  EVENTSTORE_TRY_ASSIGN(auto document, importers::Migrated::begin(given));
  EVENTSTORE_TRY_ASSIGN(const auto metric_type, document.need_text("metric_type"));
  const auto value = document.take("value");
  if (!value)
    return es::failure(es::Errc::invalid_argument, "convert document", "value", "the document has no number to record");
  const auto at = time_of_metric(document);
  if (!at)
    return es::failure(es::Errc::invalid_argument, "convert document", "timestamp",
                       "the document has neither a timestamp nor a date: no event can tell it without");
  document.pass("hour");  // the time tells it
  if (const auto count = document.take_whole("count"); count && *count != 1)
    document.leave_out("count is " + std::to_string(*count) + ": the sum is recorded as one number");
  importers::Members data;
  data.text("metric_type", metric_type)
      .json("value", value)
      .text_if("unit", document.take_text("unit"))
      .json("tags", document.take("tags"))
      .json("metadata", document.take("metadata"));
  if (const auto source = document.take_text("source")) data.text("source", *source);
  document.add("metric", key_of_metric(metric_type, document.organization()), "MetricRecorded", data, *at);
  return document.end();
}

}  // namespace domain
