// The tree on the page. A row keeps its element from step to step, so that focus, scrolling and what did not change stay.

const signOf = { added: "+", removed: "−", whole: "~", inside: "·", compare: "·", none: "" };
const wordOf = { added: "added", removed: "removed", whole: "changed", inside: "changed inside", compare: "changed inside", none: "" };

class Tree {
  // `onRow` gets the row under the pointer or the focus, and its element.
  constructor(place, onRow) {
    this.place = place;
    this.onRow = onRow;
    this.openings = new Openings();
    this.elements = new Map();
    this.rows = [];
    this.focusKey = "";
    place.addEventListener("click", (event) => this.clicked(event));
    place.addEventListener("keydown", (event) => this.pressed(event));
    place.addEventListener("focusin", (event) => this.entered(event.target, true));
    place.addEventListener("pointerover", (event) => this.entered(event.target, false));
  }

  show(type, value, delta) {
    this.shown = { type, value, delta };
    this.rows = rowsOf(type, value, delta, this.openings);
    const free = this.linesWithoutRow();
    const lines = new Map();
    let next = this.place.firstChild;
    for (const row of this.rows) {
      const line = this.elements.get(row.key) ?? free.pop() ?? this.makeLine();
      lines.set(row.key, line);
      this.fill(line, row);
      if (next === line.root) next = next.nextSibling;
      else this.place.insertBefore(line.root, next);
    }
    this.elements = lines;
    this.setTabStop(lines.has(this.focusKey) ? this.focusKey : this.rows[0]?.key);
  }

  // Takes the lines off the page whose rows are gone: they serve other rows.
  linesWithoutRow() {
    const keys = new Set(this.rows.map((row) => row.key));
    const free = [];
    for (const [key, line] of this.elements) {
      if (keys.has(key)) continue;
      line.root.remove();
      free.push(line);
    }
    return free.reverse();
  }

  again() {
    this.show(this.shown.type, this.shown.value, this.shown.delta);
  }

  setAllOpen(isOpen) {
    this.openings.setAll(isOpen);
    this.again();
  }

  makeLine() {
    const line = { root: element("div", "row") };
    for (const part of ["sign", "twist", "name", "was", "value"]) line[part] = line.root.appendChild(element("span", part));
    line.word = element("span", "unseen");
    line.root.insertBefore(line.word, line.name);
    line.sign.setAttribute("aria-hidden", "true");
    line.twist.setAttribute("aria-hidden", "true");
    line.root.setAttribute("role", "treeitem");
    line.root.tabIndex = -1;
    return line;
  }

  fill(line, row) {
    const { root } = line;
    const isSame = isSameLine(line.row, row);
    line.row = row;
    root.rowKey = row.key;
    if (isSame) return;
    setAttribute(root, "aria-level", row.depth);
    setAttribute(root, "aria-posinset", row.index + 1);
    setAttribute(root, "aria-setsize", row.count);
    setAttribute(root, "aria-expanded", row.isBranch ? row.isOpen : undefined);
    setAttribute(root, "data-change", row.delta.kind === "none" ? undefined : row.isQuiet ? "quiet" : row.delta.kind);
    if (line.depth !== row.depth) root.style.setProperty("--depth", String((line.depth = row.depth)));
    setText(line.sign, signOf[row.delta.kind]);
    setText(line.word, wordOf[row.delta.kind]);
    setText(line.twist, row.isBranch ? (row.isOpen ? "▾" : "▸") : "");
    setText(line.name, row.parts ? rangeText(row.parts) : cut(nameText(row.name), 200));
    setText(line.was, row.delta.kind === "whole" ? previewText(row.delta.was) : "");
    setAttribute(root, "data-group", row.parts ? "" : undefined);
    setText(line.value, valueText(row));
    setAttribute(line.value, "data-kind", row.parts ? "count" : kindOf(row.value, row.isOpen));
  }

  clicked(event) {
    const line = this.lineOf(event.target);
    if (!line) return;
    this.focus(line.row.key);
    if (line.row.isBranch) this.setOpen(line.row, !line.row.isOpen);
  }

  entered(target, isFocus) {
    const line = this.lineOf(target);
    if (!line) return;
    if (isFocus) this.setTabStop(line.row.key);
    this.onRow(line.row, line.root);
  }

  lineOf(target) {
    return this.elements.get(target.closest?.(".row")?.rowKey);
  }

  setOpen(row, isOpen) {
    this.openings.choose(row.key, isOpen);
    this.again();
  }

  setTabStop(key) {
    const old = this.elements.get(this.focusKey);
    if (old) old.root.tabIndex = -1;
    this.focusKey = key;
    const now = this.elements.get(key);
    if (now) now.root.tabIndex = 0;
  }

  focus(key) {
    this.elements.get(key)?.root.focus();
  }

  pressed(event) {
    const line = this.lineOf(event.target);
    if (!line || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = this.rows.indexOf(line.row);
    const go = (to) => this.rows[to] && this.focus(this.rows[to].key);
    const { row } = line;
    const actions = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(this.rows.length - 1),
      ArrowRight: () => (row.isBranch && !row.isOpen ? this.setOpen(row, true) : row.isOpen && go(at + 1)),
      ArrowLeft: () => (row.isOpen ? this.setOpen(row, false) : go(this.parentOf(at))),
      Enter: () => row.isBranch && this.setOpen(row, !row.isOpen),
      " ": () => row.isBranch && this.setOpen(row, !row.isOpen),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    actions[event.key]();
  }

  parentOf(at) {
    let to = at - 1;
    while (to >= 0 && this.rows[to].depth >= this.rows[at].depth) to--;
    return to;
  }

  // Opens what stands above the row of `path`, and goes there.
  reveal(path) {
    for (;;) {
      const found = this.rows.findLast((row) => isAbove(row, path));
      if (!found) return;
      if (found.path.length === path.length && !found.parts) break;
      if (found.isOpen || !found.isBranch) break;
      this.setOpen(found, true);
    }
    const row = this.rows.findLast((candidate) => isAbove(candidate, path));
    this.focus(row.key);
    this.elements.get(row.key).root.scrollIntoView({ block: "center" });
  }
}

// Whether the row has the value at `path`, or is around it.
function isAbove(row, path) {
  if (!row.path.every((name, i) => name === path[i])) return false;
  return row.path.length > 0 && (!row.parts || row.parts.has(path[row.path.length]));
}

// Whether the two rows look the same. A container may have other parts now, so it never does.
function isSameLine(old, row) {
  return old !== undefined && !row.isBranch && !old.isBranch && old.value === row.value && old.delta === row.delta &&
    old.index === row.index && old.count === row.count && old.name === row.name && old.depth === row.depth;
}
