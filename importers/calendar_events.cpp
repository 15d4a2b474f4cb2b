// The calendar assistant's `events`: an entry of a calendar becomes the event that made it.
#include <importers/document.hpp>
#include <importers/importers.hpp>

namespace domain {

namespace es = eventstore;

namespace {

// A list of addresses; some calendars wrap each in an object.
std::string addresses_in(es::JsonNode attendees) {
  std::string list{"["};
  attendees.each_element([&](es::JsonNode each) {
    const auto address = each.kind() == es::JsonKind::object ? each.find("email") : std::optional{each};
    if (!address || address->kind() != es::JsonKind::text) return true;
    if (list.size() > 1) list += ',';
    address->write(list);
    return true;
  });
  return list + ']';
}

bool are_plain(es::JsonNode attendees) {
  return attendees.kind() == es::JsonKind::array &&
         attendees.each_element([](es::JsonNode each) { return each.kind() == es::JsonKind::text; });
}

}  // namespace

es::Result<es::Converted> convert_calendar_events(const es::Documented& given) {
  EVENTSTORE_TRY_ASSIGN(auto document, importers::Migrated::begin(given));
  EVENTSTORE_TRY_ASSIGN(const auto user, document.need_text("user_id"));
  EVENTSTORE_TRY_ASSIGN(const auto provider, document.need_text("provider"));
  EVENTSTORE_TRY_ASSIGN(const auto summary, document.need_text("summary"));
  EVENTSTORE_TRY_ASSIGN(const auto start, document.need_time("start"));
  EVENTSTORE_TRY_ASSIGN(const auto end, document.need_time("end"));
  // An old document has no time of its own: then it counts from the entry's start.
  const auto created_at = document.take_time("created_at").value_or(start);
  importers::Members data;
  data.text("user_id", user)
      .text("provider", provider)
      .text_if("provider_event_id", document.take_text("provider_event_id"))
      .text("summary", summary)
      .time("start", start)
      .time("end", end)
      .text_if("description", document.take_text("description"))
      .text_if("location", document.take_text("location"));
  const auto attendees = given.root.find("attendees");
  if (attendees && attendees->kind() == es::JsonKind::array) data.raw("attendees", addresses_in(*attendees));
  if (attendees && are_plain(*attendees)) document.pass("attendees");
  document.add("calendar_event", document.id(), "CalendarEventCreated", data, created_at);
  return document.end();
}

}  // namespace domain
