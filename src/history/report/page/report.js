// The report's data, and the state at each version. One state is kept, and goes forward and backward event by event; for
// a long way it begins anew at a whole state of the page.

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
    this.events = data.get("events").map((event) => Object.fromEntries(event));
    this.beginVersion = begin.get("version");
    // The first version that has a state to show: that before the events is shown only where something was before it.
    this.first = this.beginVersion > 0 ? this.beginVersion : 1;
    this.last = this.beginVersion + this.events.length;
    this.wholes = [{ version: this.beginVersion, state: begin.get("state") }];
    for (const event of this.events)
      if (event.state) this.wholes.push({ version: event.version, state: event.state });
    // No changes lead back over the event that made something of nothing.
    this.made = this.events.find((event) => event.before.size === 0 && event.after.size > 0)?.version ?? 0;
    this.begin(this.wholes[0]);
  }

  // The event that led to `version`; undefined for the state before the first one.
  event(version) {
    return this.events[version - this.beginVersion - 1];
  }

  begin(whole) {
    this.state = copyOf(this.type, whole.state);
    this.version = whole.version;
  }

  // The state after `version`, until the next call.
  stateAt(version) {
    const whole = this.wholeBefore(version);
    const isBackOverMade = version < this.made && this.made <= this.version;
    const savesEnough = 64;
    if (isBackOverMade || version - whole.version + savesEnough < Math.abs(version - this.version)) this.begin(whole);
    while (this.version < version) {
      const { before, after } = this.event(++this.version);
      changeRecord(this.type, this.state, before, after);
    }
    while (this.version > version) {
      const { before, after } = this.event(this.version--);
      changeRecord(this.type, this.state, after, before);
    }
    return this.state;
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

  wholeBefore(version) {
    let low = 0;
    let high = this.wholes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.wholes[middle].version <= version) low = middle;
      else high = middle - 1;
    }
    return this.wholes[low];
  }
}
