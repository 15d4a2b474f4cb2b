// The events in time: where they are dense, where nothing happened for long, and where a clock ran backwards.

const axisHeight = 64;
const axisMargin = 12;

// Whether an event was created before the one that it follows, if there is one.
function isBackward(before, event) {
  return before !== undefined && event.created_at < before.created_at;
}

class TimeAxis {
  constructor(report, onVersion) {
    this.report = report;
    this.canvas = byId("axis");
    this.times = report.events.map((event) => millisOf(event.created_at));
    this.begin = this.times.reduce((least, time) => Math.min(least, time), Infinity);
    this.end = this.times.reduce((most, time) => Math.max(most, time), -Infinity);
    this.backward = report.events.filter((event, i) => isBackward(report.events[i - 1], event)).map((event) => event.version);
    this.pauses = this.pausesOf(report.events);
    this.matches = [];
    this.canvas.addEventListener("click", (click) => onVersion(this.versionAt(click.offsetX)));
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    this.describe(onVersion);
  }

  xOf(time) {
    const width = this.width - 2 * axisMargin;
    return axisMargin + (this.end === this.begin ? width / 2 : ((time - this.begin) / (this.end - this.begin)) * width);
  }

  versionAt(x) {
    let nearest = 0;
    let distance = Infinity;
    this.times.forEach((time, i) => {
      const away = Math.abs(this.xOf(time) - x);
      if (away < distance) [nearest, distance] = [i, away];
    });
    return this.report.beginVersion + 1 + nearest;
  }

  // The same in words, for those who do not see the picture.
  describe(onVersion) {
    const link = (version) => button(`version ${version}`, () => onVersion(version));
    const lines = [];
    const longest = this.pauses.reduce((most, pause) => (pause.millis > (most?.millis ?? 0) ? pause : most), undefined);
    if (longest) lines.push(element("li", "", `Longest pause: ${spanText(longest.millis)}, before `, link(longest.version)));
    if (this.backward.length > 0) {
      const shown = this.backward.slice(0, 8);
      const times = this.backward.length === 1 ? "once" : `${numbers.format(this.backward.length)} times`;
      const line = element("li", "warning", `▲ A clock ran backwards ${times}: `);
      shown.forEach((version, i) => line.append(i > 0 ? ", " : "", link(version)));
      if (shown.length < this.backward.length) line.append(", …");
      lines.push(line);
    }
    byId("axis-facts").replaceChildren(...lines);
  }

  // The times between events, in the order of time, whose order the versions need not have.
  pausesOf(events) {
    const moments = events.map((event, i) => ({ at: this.times[i], version: event.version })).sort((a, b) => a.at - b.at);
    return moments.slice(1).map(({ at, version }, i) => ({ from: moments[i].at, to: at, millis: at - moments[i].at, version }));
  }

  setMatches(versions) {
    this.matches = versions;
    this.draw();
  }

  show(version) {
    this.version = version;
    this.drawMarker();
  }

  draw() {
    const { canvas } = this;
    if (this.times.length === 0) return;
    this.width = canvas.clientWidth; // asked for here alone, because a step must not wait for the layout
    const scale = window.devicePixelRatio || 1;
    canvas.width = Math.round(this.width * scale);
    canvas.height = axisHeight * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const colours = getComputedStyle(canvas);
    this.drawTicks(pen, colours);
    this.drawPauses(pen, colours);
    this.drawEnds(pen, colours);
    this.drawMarker();
  }

  // One tick for each pixel that has events; taller where many share it.
  drawTicks(pen, colours) {
    const counts = new Map();
    for (const time of this.times) {
      const x = Math.round(this.xOf(time));
      counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    pen.fillStyle = colours.getPropertyValue("--line");
    pen.fillRect(axisMargin, 33, this.width - 2 * axisMargin, 1);
    pen.fillStyle = colours.getPropertyValue("--accent");
    for (const [x, count] of counts) {
      const height = Math.min(18, 8 + 2 * Math.log2(count));
      pen.fillRect(x - 0.75, 33 - height, 1.5, height);
    }
    pen.fillStyle = colours.getPropertyValue("--found");
    for (const version of this.matches) pen.fillRect(this.xOf(this.timeOf(version)) - 1.5, 34, 3, 5);
    pen.fillStyle = colours.getPropertyValue("--removed");
    for (const version of this.backward) this.drawBackward(pen, this.xOf(this.timeOf(version)));
  }

  drawBackward(pen, x) {
    pen.beginPath();
    pen.moveTo(x, 36);
    pen.lineTo(x - 4, 43);
    pen.lineTo(x + 4, 43);
    pen.fill();
  }

  // The length of each pause that has room for it.
  drawPauses(pen, colours) {
    pen.font = colours.font;
    pen.textAlign = "center";
    pen.fillStyle = colours.getPropertyValue("--muted");
    for (const pause of this.pauses) {
      const from = this.xOf(pause.from);
      const to = this.xOf(pause.to);
      if (to - from < 40) continue;
      const text = spanText(pause.millis);
      if (pen.measureText(text).width < to - from - 12) pen.fillText(text, (from + to) / 2, 27);
    }
  }

  drawEnds(pen, colours) {
    pen.fillStyle = colours.getPropertyValue("--muted");
    const dayOf = (millis) => new Date(millis).toISOString().slice(0, 16).replace("T", " ");
    pen.textAlign = "left";
    pen.fillText(dayOf(this.begin), axisMargin, 59);
    if (this.end === this.begin || this.width < 260) return;
    pen.textAlign = "right";
    pen.fillText(dayOf(this.end), this.width - axisMargin, 59);
  }

  timeOf(version) {
    return this.times[version - this.report.beginVersion - 1];
  }

  drawMarker() {
    const time = this.timeOf(this.version);
    byId("axis-marker").hidden = time === undefined;
    if (time !== undefined) byId("axis-marker").style.setProperty("--x", `${this.xOf(time)}px`);
  }
}
