// Finds versions by a text in the event's type, its metadata, its data, or the names and values that it changed. It works
// in short slices, so that typing and stepping go on.

const sliceMillis = 8;
const listedMax = 100;

// The names and values of JSON, a line each, in small letters.
function flatText(value, lines) {
  if (value instanceof Map) {
    for (const [name, member] of value) {
      lines.push(name);
      flatText(member, lines);
    }
  } else if (Array.isArray(value)) {
    for (const part of value) flatText(part, lines);
  } else if (value !== null) {
    lines.push(typeof value === "string" ? value : writeJson(value));
  }
}

function textOfEvent(event) {
  const lines = [event.event_type, event.event_id];
  for (const part of [event.metadata, event.data, event.before, event.after]) flatText(part, lines);
  return lines.join("\n").toLowerCase();
}

class Search {
  constructor(report, onVersion, onMatches) {
    Object.assign(this, { report, onVersion, onMatches });
    this.texts = [];
    this.found = [];
    this.query = "";
    this.input = byId("search");
    this.input.addEventListener("input", () => this.start());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    byId("search-before").addEventListener("click", () => this.go(-1));
    byId("search-next").addEventListener("click", () => this.go(1));
  }

  pressed(event) {
    if (event.key === "Enter") this.go(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") {
      this.input.value = "";
      this.start();
    }
  }

  start() {
    clearTimeout(this.timer);
    this.query = this.input.value.trim().toLowerCase();
    this.found = [];
    this.next = 0;
    if (this.query === "") this.finish();
    else this.timer = setTimeout(() => this.slice(), 60);
  }

  slice() {
    const end = performance.now() + sliceMillis;
    const { events } = this.report;
    while (this.next < events.length && performance.now() < end) {
      const at = this.next++;
      const text = (this.texts[at] ??= textOfEvent(events[at]));
      if (text.includes(this.query)) this.found.push(events[at].version);
    }
    if (this.next < events.length) this.timer = setTimeout(() => this.slice());
    else this.finish();
  }

  finish() {
    this.onMatches(this.found);
    const isOn = this.query !== "";
    byId("search-before").disabled = byId("search-next").disabled = this.found.length === 0;
    byId("search-results").hidden = this.found.length === 0;
    byId("search-list").replaceChildren(...this.found.slice(0, listedMax).map((version) => this.line(version)));
    if (this.found.length > listedMax) byId("search-list").append(element("li", "muted", "and more: go on with the arrows"));
    this.count = isOn ? (this.found.length === 0 ? "no version" : countText(this.found.length, "version")) : "";
    this.show(this.version);
  }

  line(version) {
    const event = this.report.event(version);
    const made = button("", () => this.onVersion(version), "match");
    const time = timeText(event.created_at).slice(0, 16);
    made.append(element("span", "number", String(version)), element("span", "", event.event_type), element("span", "muted", time));
    const item = element("li", "", made);
    item.version = version;
    return item;
  }

  // Goes to the next version that was found, or the one before; round at the ends.
  go(by) {
    if (this.found.length === 0) return;
    const { found, version } = this;
    const next = by > 0 ? found.find((other) => other > version) : found.findLast((other) => other < version);
    this.onVersion(next ?? (by > 0 ? found[0] : found.at(-1)));
  }

  show(version) {
    this.version = version;
    const at = this.found.indexOf(version);
    setText(byId("search-count"), at >= 0 ? `${at + 1} of ${this.count}` : this.count ?? "");
    for (const item of byId("search-list").children)
      setAttribute(item, "aria-current", item.version === version ? "true" : undefined);
  }
}
