// The state at each version. One state is kept, and goes forward and backward event by event; for a long way it begins
// anew at a whole state of the page.

class States {
  constructor(report) {
    this.report = report;
    this.wholes = [{ version: report.beginVersion, state: report.beginState }];
    for (const event of report.events)
      if (event.state) this.wholes.push({ version: event.version, state: event.state });
    // No changes lead back over the event that made something of nothing.
    this.made = report.events.find((event) => event.before.size === 0 && event.after.size > 0)?.version ?? 0;
    this.begin(this.wholes[0]);
  }

  begin(whole) {
    this.state = copyOf(this.report.type, whole.state);
    this.version = whole.version;
  }

  // The state after `version`, until the next call.
  at(version) {
    const whole = this.wholeBefore(version);
    const isBackOverMade = version < this.made && this.made <= this.version;
    const savesEnough = 64;
    if (isBackOverMade || version - whole.version + savesEnough < Math.abs(version - this.version)) this.begin(whole);
    while (this.version < version) {
      const { before, after } = this.report.event(++this.version);
      changeRecord(this.report.type, this.state, before, after);
    }
    while (this.version > version) {
      const { before, after } = this.report.event(this.version--);
      changeRecord(this.report.type, this.state, after, before);
    }
    return this.state;
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
