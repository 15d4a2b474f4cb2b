// The tree as a list of rows. Large lists and maps are shown in groups of a hundred, so that no tree has more rows than a
// browser lays out in a moment.

const groupSize = 100;
const smallSize = 12; // values with up to so many parts are open from the beginning, unless they are one of many,
const openDepth = 3; // down to this depth,
const openRowsMax = 1500; // until the tree has so many rows

// What the reader opened or closed goes before what the page would do by itself.
class Openings {
  constructor() {
    this.setAll(undefined);
  }
  setAll(isOpen) {
    this.all = isOpen;
    this.chosen = new Map();
  }
  choose(key, isOpen) {
    this.chosen.set(key, isOpen);
  }
  isOpen(key, byItself) {
    return this.chosen.get(key) ?? this.all ?? byItself;
  }
}

function sizeOf(value) {
  if (Array.isArray(value)) return value.length;
  return value instanceof Map ? value.size : 0;
}

function hasChangedParts(delta) {
  return delta.kind === "inside" || delta.kind === "compare";
}

// The delta of a group, from those of its parts.
function deltaOfGroup(parts) {
  if (parts.changed.length === 0) return parts.others;
  if (parts.changed.length < parts.length) return { kind: "inside" };
  const kinds = new Set(parts.touched().map((part) => part.delta.kind));
  const isOne = kinds.size === 1 && (kinds.has("added") || kinds.has("removed"));
  return isOne ? parts.at(0).delta : { kind: "inside" };
}

class RowMaker {
  constructor(openings) {
    this.openings = openings;
    this.rows = [];
  }

  // Adds the rows of the parts of `parent`.
  add(parts, parent) {
    const isGrouped = parts.length > groupSize;
    const rows = isGrouped ? this.groupsOf(parts, parent) : parts.all().map((part) => this.rowOf(part, parent));
    rows.forEach((row, index) => this.addRow(row, index, rows.length));
  }

  addRow(row, index, count) {
    Object.assign(row, { index, count });
    row.isOpen = row.isBranch && this.openings.isOpen(row.key, this.opensByItself(row));
    this.rows.push(row);
    if (row.isOpen) this.add(row.parts ?? partsOf(row.type, row.value, row.delta), row);
  }

  rowOf(part, parent) {
    const { name, value, type, delta } = part;
    const key = `${parent.key}/${delta.kind === "removed" ? "-" : ""}${typeof name === "number" ? "#" : "."}${name}`;
    const isQuiet = parent.isQuiet || type.bookkeeping === true;
    const isBranch = sizeOf(value) > 0 || (isContainer(value) && hasChangedParts(delta));
    const isOneOfMany = typeof name === "number" || parent.type.kind === "map";
    const path = [...parent.path, name];
    return { key, name, value, type, delta, path, isQuiet, isBranch, isOneOfMany, depth: parent.depth + 1 };
  }

  groupsOf(parts, parent) {
    let size = groupSize;
    while (parts.length / size > groupSize) size *= groupSize;
    const groups = [];
    for (let from = 0; from < parts.length; from += size) {
      const its = parts.slice(from, Math.min(from + size, parts.length));
      const key = `${parent.key}/${from}+${size}`;
      const { type, isQuiet, path } = parent;
      groups.push({ key, parts: its, delta: deltaOfGroup(its), type, isQuiet, path, isBranch: true, depth: parent.depth + 1 });
    }
    return groups;
  }

  opensByItself(row) {
    if (this.rows.length > openRowsMax) return false;
    if (hasChangedParts(row.delta)) return true;
    return !row.parts && !row.isOneOfMany && !row.isQuiet && sizeOf(row.value) <= smallSize && row.depth < openDepth;
  }
}

function rowsOf(type, value, delta, openings) {
  const maker = new RowMaker(openings);
  if (isContainer(value)) maker.add(partsOf(type, value, delta), { key: "", type, depth: 0, path: [], isQuiet: false });
  return maker.rows;
}
