// The value under the pointer or the focus: all of it, and which events set it.

const fieldCharactersMax = 20_000;

class FieldCard {
  constructor(report, onVersion) {
    this.report = report;
    this.onVersion = onVersion;
    this.chip = element("span", "blame");
  }

  show(row, root, version) {
    this.key = row.key;
    clearTimeout(this.timer);
    const blame = this.blameOf(row, version);
    setAttribute(byId("field"), "data-empty", undefined);
    setText(this.chip, blame.brief);
    if (this.chip.parentNode !== root) root.append(this.chip);
    setText(byId("field-path"), cut(pathText(row.path), 2000) || "state");
    setText(byId("field-type"), row.parts ? countText(row.parts.length, "entry", "entries") : typeText(row));
    const value = wholeText(row);
    setText(byId("field-value"), value);
    byId("field-value").hidden = value === "";
    byId("field-blame").replaceChildren(...blame.lines);
  }

  // After a step: the same value again, as soon as the steps pause, because blame may read many events.
  follow(tree, version) {
    this.chip.remove();
    clearTimeout(this.timer);
    if (!tree.elements.has(this.key)) return this.clear();
    this.timer = setTimeout(() => {
      const line = tree.elements.get(this.key);
      if (line) this.show(line.row, line.root, version);
    }, 120);
  }

  clear() {
    setAttribute(byId("field"), "data-empty", "");
    setText(byId("field-path"), "");
    setText(byId("field-type"), "Point at a value of the state, or go to it by Tab and the arrow keys.");
    byId("field-value").hidden = true;
    byId("field-blame").replaceChildren();
  }

  blameOf(row, version) {
    if (row.delta.kind === "removed") return this.said(version, "removed by", version);
    if (row.parts) return { brief: "", lines: [] };
    const set = lastSet(this.report, row.path, version);
    if (set > 0) return this.said(set, isContainer(row.value) ? "last changed by" : "last set by", version, row.path);
    const { beginVersion } = this.report;
    const text = beginVersion > 0 ? `not changed since version ${beginVersion}` : "never set by an event";
    return { brief: text, lines: [element("p", "", text)] };
  }

  said(version, what, now, path) {
    const event = this.report.event(version);
    const user = event.metadata.get("user_id");
    const lines = [element("p", "", `${what} version ${version}, `, element("strong", "", event.event_type)),
                   element("p", "muted", timeText(event.created_at), user ? ` by ${factText(user)}` : "")];
    const steps = element("p", "steps");
    if (version !== now) steps.append(button(`Go to version ${version}`, () => this.onVersion(version)));
    const earlier = path ? lastSet(this.report, path, version - 1) : 0;
    if (earlier > 0) steps.append(button(`Before that: version ${earlier}`, () => this.onVersion(earlier)));
    lines.push(steps);
    const facts = [`v${version}`, timeText(event.created_at).slice(0, 16), ...(user ? [cut(factText(user), 24)] : [])];
    return { brief: facts.join(" · "), lines };
  }
}

// The value without the marks of JSON; lists and objects are in the tree.
function wholeText({ value, parts }) {
  if (parts || isContainer(value)) return "";
  return cut(typeof value === "string" ? value : writeJson(value), fieldCharactersMax);
}

function typeText(row) {
  const { kind, optional, bookkeeping } = row.type;
  const size = isContainer(row.value) ? `, ${sizeText(row)}` : "";
  return `${optional ? "optional " : ""}${kind}${size}${bookkeeping ? ", kept by the aggregate for its own decisions" : ""}`;
}
