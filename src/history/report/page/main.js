// The page: one version is shown at a time, and everything follows it.

class Page {
  constructor(report) {
    this.report = report;
    this.states = new States(report);
    const go = (version) => this.show(version);
    this.tree = new Tree(byId("state"), (row, root) => this.field.show(row, root, this.version));
    this.card = new EventCard();
    this.field = new FieldCard(report, go);
    this.axis = new TimeAxis(report, go);
    this.search = new Search(report, go, (versions) => this.axis.setMatches(versions));
    this.slider = byId("version");
    this.prepare();
    this.show(versionOfAddress() ?? report.last);
  }

  prepare() {
    const { report, slider } = this;
    document.title = `${report.stream} · report`;
    setText(byId("stream"), report.stream);
    setText(byId("about"), aboutText(report));
    slider.min = report.first;
    slider.max = report.last;
    slider.addEventListener("input", () => this.show(Number(slider.value)));
    document.addEventListener("keydown", (event) => this.pressed(event));
    window.addEventListener("hashchange", () => this.show(versionOfAddress() ?? this.version));
    const clicks = {
      "go-first": () => this.show(report.first),
      "go-back": () => this.show(this.version - 1),
      "go-on": () => this.show(this.version + 1),
      "go-last": () => this.show(report.last),
      "open-all": () => this.tree.setAllOpen(true),
      "close-all": () => this.tree.setAllOpen(false),
      "open-some": () => this.tree.setAllOpen(undefined),
    };
    for (const [id, click] of Object.entries(clicks)) byId(id).addEventListener("click", click);
  }

  // The slider takes its keys. Left and right reach it from wherever they mean nothing else; the others scroll there.
  pressed(event) {
    const isElsewhere = event.target.closest?.("input:not(#version), [role=tree], select");
    if (isElsewhere || event.ctrlKey || event.altKey || event.metaKey) return;
    const { report, version, slider } = this;
    const page = Math.max(10, Math.round((report.last - report.first) / 20));
    const everywhere = { ArrowLeft: version - 1, ArrowRight: version + 1 };
    const here = { ArrowDown: version - 1, ArrowUp: version + 1, PageDown: version - page, PageUp: version + page,
                   Home: report.first, End: report.last };
    const to = everywhere[event.key] ?? (event.target === slider ? here[event.key] : undefined);
    if (to === undefined) return;
    event.preventDefault();
    this.show(to);
  }

  show(wanted) {
    const { report } = this;
    const version = Math.min(report.last, Math.max(report.first, wanted));
    if (version === this.version) return;
    this.version = version;
    const state = this.states.at(version);
    const delta = deltaOfEvent(report.event(version));
    this.tree.show(report.type, state, delta);
    this.card.show(report, version);
    this.axis.show(version);
    this.search.show(version);
    const changes = changedValues(report.type, state, delta);
    this.showPlace(showChanges(byId("changes"), changes, (path) => this.tree.reveal(path)));
    this.field.follow(this.tree, version);
  }

  showPlace(changes) {
    const { report, version, slider } = this;
    const event = report.event(version);
    slider.value = version;
    slider.setAttribute("aria-valuetext", `version ${version} of ${report.last}, ${event?.event_type ?? "no event"}`);
    setText(byId("place"), `Version ${numbers.format(version)}`);
    setText(byId("place-of"), `of ${numbers.format(report.last)}`);
    setText(byId("place-time"), event ? timeText(event.created_at) : "");
    setText(byId("change-count"), changes);
    byId("go-first").disabled = byId("go-back").disabled = version === report.first;
    byId("go-last").disabled = byId("go-on").disabled = version === report.last;
    clearTimeout(this.pause);
    // What a screen reader says, and the address, wait until the steps pause.
    this.pause = setTimeout(() => {
      setText(byId("announced"), `Version ${version}, ${event?.event_type ?? "no event"}, ${changes}`);
      keepInAddress(version);
    }, 400);
  }
}

function aboutText(report) {
  const { events, head, last, organization, madeAt, madeBy } = report;
  const count = events.length === 0 ? "no events" : countText(events.length, "event");
  const isPart = events.length > 0 && events.length < head;
  const part = isPart ? `, versions ${events[0].version} to ${last} of ${head}` : "";
  return `${organization} · ${count}${part} · made ${timeText(madeAt).replace(/\.\d+/, "")} by ${madeBy}`;
}

// "#v=12" leads to a version.
function versionOfAddress() {
  const found = /^#v=(\d+)$/.exec(location.hash);
  return found ? Number(found[1]) : undefined;
}

function keepInAddress(version) {
  try {
    history.replaceState(null, "", `#v=${version}`);
  } catch {
    // A browser may forbid it for files; the page works without.
  }
}
