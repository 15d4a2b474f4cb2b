// The report's data, as the page has it.

// A record's type has its fields as a Map, in their order; all other members are plain.
function typeOf(json) {
  const type = Object.fromEntries(json);
  if (type.fields) type.fields = new Map([...type.fields].map(([name, field]) => [name, typeOf(field)]));
  if (type.element) type.element = typeOf(type.element);
  return type;
}

class Report {
  constructor(text) {
    const data = parseJson(text);
    this.stream = data.get("stream");
    this.organization = data.get("organization_id");
    this.madeAt = data.get("made_at");
    this.madeBy = data.get("made_by");
    this.head = data.get("head");
    this.type = typeOf(data.get("type"));
    const begin = data.get("begin");
    this.beginIsKept = begin.get("is_kept");
    this.beginState = begin.get("state");
    this.events = data.get("events").map((event) => Object.fromEntries(event));
    this.beginVersion = begin.get("version");
    // The first version that has a state to show: that before the events is shown only where something was before it.
    this.first = this.beginVersion > 0 ? this.beginVersion : 1;
    this.last = this.beginVersion + this.events.length;
  }

  // The event that led to `version`; undefined for the state before the first one.
  event(version) {
    return this.events[version - this.beginVersion - 1];
  }

  // The versions whose events changed the state's field, or something in it. Made when they are first asked for.
  versionsOf(name) {
    if (!this.versions) {
      this.versions = new Map();
      for (const { version, before, after } of this.events) {
        for (const changedName of namesOfBoth(before, after)) {
          if (!this.versions.has(changedName)) this.versions.set(changedName, []);
          this.versions.get(changedName).push(version);
        }
      }
    }
    return this.versions.get(name) ?? [];
  }
}
