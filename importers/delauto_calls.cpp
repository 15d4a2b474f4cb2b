// DelAuto's `calllogs`: the queuing, what the provider's callbacks told, the end of the call, its recording and what
// was made of it.
#include <importers/document.hpp>
#include <importers/importers.hpp>

namespace domain {

namespace es = eventstore;
using std::optional, std::string;

namespace {

using importers::Members;
using importers::Migrated;

void add_call(Migrated& document, const string& sid, std::string_view type, const Members& data, es::Timestamp at) {
  document.add("call", sid, type, data, at);
}

void add_callbacks(Migrated& document, es::JsonNode root, const string& sid, es::Timestamp created_at) {
  const auto list = root.find("webhook_events");
  if (!list || list->kind() != es::JsonKind::array) return;
  bool is_whole = true;
  list->each_element([&](es::JsonNode each) {
    if (each.kind() != es::JsonKind::object) {
      is_whole = false;
      return true;
    }
    importers::Taken callback{each};
    const auto event = callback.take_text("event");
    const auto at = callback.take_time("timestamp").value_or(created_at);
    const auto data = callback.take("data");
    callback.pass("_id");
    if (!event || !callback.rest().empty()) is_whole = false;
    if (!event) return true;
    Members told;
    told.text("provider", "twilio").text("event", *event);
    if (data)
      told.json("data", data);
    else
      told.raw("data", "{}");
    add_call(document, sid, "CallWebhookReceived", told, at);
    return true;
  });
  if (is_whole) document.pass("webhook_events");
}

// How the call stands; nothing for one that is still queued.
void add_status(Migrated& document, const string& sid, es::Timestamp changed_at) {
  const auto status = document.take_text("status").value_or("queued");
  const auto start = document.take_time("start_time");
  const auto end = document.take_time("end_time");
  const auto at = end.value_or(changed_at);
  if (status == "ringing") return add_call(document, sid, "CallRinging", {}, changed_at);
  Members answered;
  if (start) add_call(document, sid, "CallAnswered", answered.time("start_time", *start), *start);
  if (status == "in-progress" && !start)
    add_call(document, sid, "CallAnswered", answered.time("start_time", changed_at), changed_at);
  Members data;
  if (status == "completed") {
    auto duration = document.take_whole("duration");
    if (!duration) {
      duration = start && end ? std::max<std::int64_t>(0, (end->micros - start->micros) / 1'000'000) : 0;
      if (!start || !end) document.leave_out("the call was completed and has no duration: it counts as 0 seconds");
    }
    add_call(document, sid, "CallCompleted", data.time("end_time", at).number("duration", *duration), at);
  } else if (status == "failed") {
    data.text_if("error_code", document.take_text("error_code"))
        .text_if("error_message", document.take_text("error_message"));
    add_call(document, sid, "CallFailed", data, at);
  } else if (status == "busy" || status == "no-answer" || status == "canceled") {
    if (end) data.time("end_time", *end);
    const auto* const type = status == "busy" ? "CallBusy" : status == "canceled" ? "CallCanceled" : "CallNotAnswered";
    add_call(document, sid, type, data, at);
  } else if (status != "queued" && status != "in-progress") {
    document.leave_out("status is none that calls have: the call stands as its times tell");
  }
}

void add_recording(Migrated& document, const string& sid, es::Timestamp at) {
  const auto url = document.take_text("recording_url");
  if (!url || url->empty()) return;
  Members data;
  // A call has one recording, which has the call's key.
  data.text("recording_id", sid)
      .text("recording_url", *url)
      .json("recording_duration", document.take("recording_duration"));
  add_call(document, sid, "CallRecordingAttached", data, at);
}

void add_findings(Migrated& document, es::JsonNode root, const string& sid, es::Timestamp at) {
  if (const auto words = document.take_text("transcription"); words && !words->empty()) {
    Members data;
    add_call(document, sid, "CallTranscribed", data.text("transcription", *words), at);
  }
  const auto analysis = root.find("ai_analysis");
  if (!analysis || analysis->kind() != es::JsonKind::object) return;
  importers::Taken found{*analysis};
  Members data;
  for (const auto* const name : {"sentiment", "keywords", "instructions", "priority", "confidence_score", "summary"})
    data.json(name, found.take(name));
  if (!data.empty()) add_call(document, sid, "CallAnalyzed", data, at);
  if (found.rest().empty()) document.pass("ai_analysis");
}

}  // namespace

es::Result<es::Converted> convert_delauto_calls(const es::Documented& given) {
  EVENTSTORE_TRY_ASSIGN(auto document, Migrated::begin(given));
  EVENTSTORE_TRY_ASSIGN(const auto sid, document.need_text("call_sid"));
  EVENTSTORE_TRY_ASSIGN(const auto created_at, document.need_time("createdAt"));
  const auto changed_at = document.take_time("updatedAt").value_or(created_at);
  Members queued;
  queued.text("call_sid", sid)
      .text_if("from_number", document.take_text("from_number"))
      .text_if("to_number", document.take_text("to_number"))
      .json("direction", document.take("direction"))
      .text_if("delivery_id", document.take_text("delivery_id"))
      .json("retry_count", document.take("retry_count"));
  add_call(document, sid, "CallQueued", queued, created_at);
  add_callbacks(document, given.root, sid, created_at);
  add_status(document, sid, changed_at);
  add_recording(document, sid, changed_at);
  add_findings(document, given.root, sid, changed_at);
  return document.end();
}

}  // namespace domain
