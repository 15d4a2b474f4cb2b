// The parts of a value as they are shown: {name, value, type, delta}, with those that the event removed where they were.

const anything = { kind: "json" };

function childrenOf(type, value, delta) {
  if (Array.isArray(value)) return elementsOf(type, value, delta);
  return type.kind === "record" ? fieldsOf(type, value, delta) : entriesOf(type, value, delta);
}

function fieldsOf(type, record, delta) {
  const children = [];
  for (const [name, field] of type.fields) {
    const its = deltaOfMember(delta, field, name, false);
    if (record.has(name)) children.push({ name, value: record.get(name), type: field, delta: its });
    else if (its.kind === "removed" && delta.kind !== "removed")
      children.push({ name, value: oldMembers(delta).get(name), type: field, delta: its });
  }
  return children;
}

function entriesOf(type, entries, delta) {
  const element = type.element ?? anything;
  const old = oldMembers(delta);
  const gone = [...old.keys()].filter(
    (name) => !entries.has(name) && deltaOfMember(delta, element, name, true).kind === "removed");
  const children = [];
  const addGone = (name) => children.push({ name, value: old.get(name), type: element, delta: removed });
  for (const name of namesOf(entries)) {
    while (gone.length > 0 && entries instanceof Entries && isBefore(gone[0], name)) addGone(gone.shift());
    children.push({ name, value: entries.get(name), type: element, delta: deltaOfMember(delta, element, name, true) });
  }
  gone.forEach(addGone);
  return children;
}

function elementsOf(type, list, delta) {
  const element = type.element ?? anything;
  const part = changedPart({ element }, delta);
  const outside = delta.kind === "added" || delta.kind === "removed" ? delta : none;
  const children = [];
  const addUnchanged = (from, to) => {
    for (let i = from; i < to; i++) children.push({ name: i, value: list[i], type: element, delta: outside });
  };
  addUnchanged(0, Math.min(part.first, list.length));
  let place = part.first;
  for (const step of part.steps) {
    const value = step.kind === "removed" ? step.was : step.is;
    children.push({ name: place, value, type: element, delta: deltaOfStep(step) });
    if (step.kind !== "removed") place++;
  }
  addUnchanged(part.first + part.is, list.length);
  return children;
}
