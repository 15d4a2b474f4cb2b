// The parts of a value as they are shown: {name, value, type, delta}, with those that the event removed where they were.
// A list may have ten thousand of them, of which a step shows few: Parts makes each when it is asked for.

const anything = { kind: "json" };

class Parts {
  // `make(i)` gives the part at the place `i`. The event touched those at the places `changed`, which are in order; all
  // others have the delta `others`.
  constructor(length, make, changed, others = none) {
    Object.assign(this, { length, make, changed, others });
  }

  at(i) {
    return this.make(i);
  }
  slice(from, to) {
    const changed = this.changed.filter((place) => from <= place && place < to).map((place) => place - from);
    return new Parts(to - from, (i) => this.make(from + i), changed, this.others);
  }
  all() {
    return Array.from({ length: this.length }, (_, i) => this.make(i));
  }
  // The parts that the event touched.
  touched() {
    return this.others === none ? this.changed.map((place) => this.make(place)) : this.all();
  }
  has(name) {
    for (let i = 0; i < this.length; i++) if (this.make(i).name === name) return true;
    return false;
  }
}

function partsOf(type, value, delta) {
  if (Array.isArray(value)) return elementsOf(type, value, delta);
  return type.kind === "record" ? fieldsOf(type, value, delta) : entriesOf(type, value, delta);
}

function isMarked(part) {
  return part.delta.kind !== "none";
}

// The delta of the parts that the changes do not name.
function deltaOfOthers(delta) {
  return delta.kind === "added" || delta.kind === "removed" ? delta : none;
}

function partsOfArray(parts, others) {
  return new Parts(parts.length, (i) => parts[i], [...parts.keys()].filter((i) => isMarked(parts[i])), others);
}

function fieldsOf(type, record, delta) {
  const parts = [];
  for (const [name, field] of type.fields) {
    const its = deltaOfMember(delta, field, name, false);
    if (record.has(name)) parts.push({ name, value: record.get(name), type: field, delta: its });
    else if (its.kind === "removed" && delta.kind !== "removed")
      parts.push({ name, value: oldMembers(delta).get(name), type: field, delta: its });
  }
  return partsOfArray(parts, deltaOfOthers(delta));
}

function entriesOf(type, entries, delta) {
  const element = type.element ?? anything;
  const old = oldMembers(delta);
  const isGone = (name) => !entries.has(name) && deltaOfMember(delta, element, name, true).kind === "removed";
  const names = withGone(entries, [...old.keys()].filter(isGone));
  const make = (i) => {
    const name = names[i];
    const value = entries.has(name) ? entries.get(name) : old.get(name);
    return { name, value, type: element, delta: deltaOfMember(delta, element, name, true) };
  };
  return new Parts(names.length, make, changedPlaces(names, delta, make), deltaOfOthers(delta));
}

// The names of the entries, and those that are gone: at their places, where the names are in order.
function withGone(entries, gone) {
  const names = entries instanceof Entries ? entries.names : [...entries.keys()];
  if (gone.length === 0) return names;
  if (!(entries instanceof Entries)) return names.concat(gone);
  const all = names.slice();
  for (const name of gone) all.splice(placeOf(all, name), 0, name);
  return all;
}

function changedPlaces(names, delta, make) {
  if (delta.kind === "compare") return [...names.keys()].filter((i) => isMarked(make(i)));
  if (delta.kind !== "inside") return [];
  const places = [...namesOfBoth(delta.from, delta.to)].map((name) => placeOf(names, name));
  return places.sort((a, b) => a - b);
}

function elementsOf(type, list, delta) {
  const element = type.element ?? anything;
  const others = deltaOfOthers(delta);
  const part = changedPart({ element }, delta);
  const first = Math.min(part.first, list.length);
  const end = first + part.steps.length;
  let place = first;
  const middle = part.steps.map((step) => {
    const isGone = step.kind === "removed";
    return { name: isGone ? place : place++, value: isGone ? step.was : step.is, type: element, delta: deltaOfStep(step) };
  });
  const make = (i) => {
    if (first <= i && i < end) return middle[i - first];
    const name = i < first ? i : i - part.steps.length + part.is;
    return { name, value: list[name], type: element, delta: others };
  };
  const changed = [...middle.keys()].filter((i) => isMarked(middle[i])).map((i) => first + i);
  return new Parts(list.length - part.is + part.steps.length, make, changed, others);
}
