// The event that led to the version: its type, its times, its metadata and its data.

class EventCard {
  constructor() {
    this.data = new Tree(byId("event-data"), () => {});
  }

  show(report, version) {
    const event = report.event(version);
    byId("event-data").hidden = byId("event-facts").hidden = !event;
    byId("event-notes").replaceChildren(...notesOf(report, event, version).map((note) => element("p", "note", note)));
    setText(byId("event-type"), event?.event_type ?? "No event");
    if (!event) return;
    const facts = factsOf(event).flatMap(([name, value]) => [element("dt", "", name), element("dd", "", value)]);
    byId("event-facts").replaceChildren(...facts);
    this.data.show(anything, event.data, none);
    byId("event-data").hidden = sizeOf(event.data) === 0;
  }
}

const metadataNames = {
  user_id: "user",
  ip_address: "IP address",
  user_agent: "agent",
  correlation_id: "correlation",
  causation_id: "causation",
};

// The facts of the event as [name, text].
function factsOf(event) {
  const nameOf = (name) => (Object.hasOwn(metadataNames, name) ? metadataNames[name] : cut(name, 60));
  return [
    ["created", timeText(event.created_at)],
    ...[...event.metadata].map(([name, value]) => [nameOf(name), factText(value)]),
    ["recorded", timeText(event.recorded_at)],
    ["position", writeJson(event.position)],
    ["event id", event.event_id],
  ];
}

function factText(value) {
  return cut(typeof value === "string" ? value : writeJson(value), 2000);
}

function notesOf(report, event, version) {
  if (!event)
    return [report.beginIsKept
      ? `Retention dropped the events up to version ${version}. This is the state that it kept.`
      : "This is the state before the first event of this page."];
  const notes = [];
  const before = report.event(version - 1);
  if (isBackward(before, event)) {
    const span = spanText(millisOf(before.created_at) - millisOf(event.created_at));
    notes.push(`This event was created ${span} before the one that it follows: a clock ran backwards.`);
  }
  if (event.is_passed_over)
    notes.push("The program that made this page does not know this type of event, so the state is without it.");
  return notes;
}
