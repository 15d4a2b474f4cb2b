// Which event last set a value. The changes are asked from its version backward, so nothing is kept for it. An element of
// a list is followed to its place before each event.

// The version that last set the value at `path` in the state after `version`; 0 where no event of the page did.
function lastSet(report, path, version) {
  const versions = report.versionsOf(path[0]);
  for (let i = versions.length - 1; i >= 0; i--) {
    if (versions[i] > version) continue;
    const step = stepBack(report.type, deltaOfEvent(report.event(versions[i])), path);
    if (step.isSet) return versions[i];
    path = step.path;
  }
  return 0;
}

// Whether an event with `delta` set the value at `path`; and if not, the path that the value had before it.
function stepBack(type, delta, path) {
  const before = [];
  for (const name of path) {
    if (delta.kind === "none") break;
    if (delta.kind !== "inside" && delta.kind !== "compare") return { isSet: true };
    const isList = typeof name === "number";
    const element = type.fields?.get(name) ?? type.element ?? anything;
    if (isList) {
      const moved = placeBefore(changedPart({ element }, delta), name);
      before.push(moved.place);
      delta = moved.delta;
    } else {
      before.push(name);
      delta = deltaOfMember(delta, element, name, type.kind !== "record");
    }
    type = element;
  }
  return { isSet: delta.kind !== "none", path: before.concat(path.slice(before.length)) };
}

// Where the element at `place` was before the event, and what the event did to it.
function placeBefore(part, place) {
  if (place < part.first) return { place, delta: none };
  if (place >= part.first + part.is) return { place: place - part.is + part.was, delta: none };
  let is = part.first;
  let was = part.first;
  for (const step of part.steps) {
    if (step.kind !== "removed" && is++ === place) return { place: was, delta: deltaOfStep(step) };
    if (step.kind !== "added") was++;
  }
  return { place, delta: none };
}
