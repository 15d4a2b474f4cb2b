// A state is changed in place, forward and backward, by the changes of one event. Their form, and these rules, are in
// docs/reference/changes.md and es::apply_changes.

const nothing = new Map();

// Whether `a` stands before `b`: by code points, as maps of a state are ordered.
function isBefore(a, b) {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xIsHalf = (x & 0xf800) === 0xd800;
    const yIsHalf = (y & 0xf800) === 0xd800;
    return xIsHalf === yIsHalf ? x < y : yIsHalf;
  }
  return a.length < b.length;
}

// Where the name is among names in order, or belongs.
function placeOf(names, name) {
  let low = 0;
  let high = names.length;
  if (high > 0 && isBefore(names[high - 1], name)) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(names[middle], name)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// A map of a state: entries that come and go, and their names in order.
class Entries extends Map {
  names = [];

  set(name, value) {
    if (!this.has(name)) this.names.splice(placeOf(this.names, name), 0, name);
    return super.set(name, value);
  }
  delete(name) {
    if (this.has(name)) this.names.splice(placeOf(this.names, name), 1);
    return super.delete(name);
  }
}

// A copy of `value` that may be changed in place. Lists are never changed in place, so they are shared.
function copyOf(type, value) {
  if (!(value instanceof Map)) return value;
  if (type.kind === "record") {
    const record = new Map();
    for (const [name, member] of value) record.set(name, copyOf(type.fields.get(name) ?? type, member));
    return record;
  }
  if (type.kind !== "map") return value;
  const entries = new Entries();
  for (const [name, entry] of value) entries.set(name, copyOf(type.element, entry));
  return entries;
}

// Whether null may be a value, so that a side without the element leaves it out.
function mayBeNull(type) {
  return type.optional === true || type.kind === "json";
}

function hasElement(type, side, name) {
  return side.has(name) && (side.get(name) !== null || mayBeNull(type));
}

// Whether the changes tell the parts of the value apart, and do not have it whole.
function isEntered(type, from, to) {
  const isFirst = from === undefined && type.kind === "record" && !type.optional;
  return to instanceof Map && (from instanceof Map || isFirst) && ["record", "map", "list"].includes(type.kind);
}

// What becomes of `value`.
function changed(type, value, from, to) {
  if (!isEntered(type, from, to)) return copyOf(type, to);
  if (type.kind === "record") changeRecord(type, value, from ?? nothing, to);
  else if (type.kind === "map") changeEntries(type, value, from, to);
  else return changedList(type, value, from, to);
  return value;
}

function namesOfBoth(from, to) {
  return new Set([...from.keys(), ...to.keys()]);
}

function changeRecord(type, record, from, to) {
  for (const name of namesOfBoth(from, to)) {
    const field = type.fields.get(name);
    const isThere = to.has(name) && !(field.optional && to.get(name) === null);
    if (isThere) record.set(name, changed(field, record.get(name), from.get(name), to.get(name)));
    else record.delete(name);
  }
}

function changeEntries(type, entries, from, to) {
  for (const name of namesOfBoth(from, to)) {
    if (hasElement(type.element, to, name))
      entries.set(name, changed(type.element, entries.get(name), from.get(name), to.get(name)));
    else entries.delete(name);
  }
}

// The part of a list that changed: its first place, and its elements on both sides.
function middleOf(type, from, to) {
  let first = Infinity;
  const elements = (side) => {
    const found = [];
    for (const [place, element] of side) {
      first = Math.min(first, Number(place));
      if (element !== null || mayBeNull(type.element)) found.push(element);
    }
    return found;
  };
  return { was: elements(from), is: elements(to), first };
}

function changedList(type, list, from, to) {
  const { was, is, first } = middleOf(type, from, to);
  return list.slice(0, first).concat(is, list.slice(first + was.length));
}
