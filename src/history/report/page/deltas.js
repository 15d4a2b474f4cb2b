// What an event did to a value of the state, and to each part of it. A delta is one of
//   none                nothing
//   added, removed      the value came or went, with all of its parts
//   whole {was}         the value took the place of another one
//   inside {from, to}   parts of it changed, by the changes of the event
//   compare {was, is}   the changes have it whole on both sides: its parts are found by comparing

const none = { kind: "none" };
const added = { kind: "added" };
const removed = { kind: "removed" };

function deltaOfEvent(event) {
  return event ? { kind: "inside", from: event.before, to: event.after } : none;
}

function isContainer(value) {
  return value instanceof Map || Array.isArray(value);
}

function comparison(was, is) {
  if (isSameJson(was, is)) return none;
  const isAlike = (was instanceof Map && is instanceof Map) || (Array.isArray(was) && Array.isArray(is));
  return { kind: isAlike ? "compare" : "whole", was, is };
}

// The delta of a field or an entry of a value with `delta`. `type` is that of the member; a field that is null is not
// there where it is optional, and an entry where it cannot be null.
function deltaOfMember(delta, type, name, isEntry) {
  if (delta.kind === "whole") return none;
  const isCompared = delta.kind === "compare";
  if (!isCompared && delta.kind !== "inside") return delta;
  const from = isCompared ? delta.was : delta.from;
  const to = isCompared ? delta.is : delta.to;
  const isThere = (side) => side.has(name) && (isCompared || side.get(name) !== null || !isAbsence(type, isEntry));
  if (!isThere(to)) return isThere(from) ? removed : none;
  if (!isCompared && isEntered(type, from.get(name), to.get(name)))
    return { kind: "inside", from: from.get(name) ?? nothing, to: to.get(name) };
  return isThere(from) ? comparison(from.get(name), to.get(name)) : added;
}

// Whether null stands for a member that is not there.
function isAbsence(type, isEntry) {
  return isEntry ? !mayBeNull(type) : type.optional === true;
}

// The members of a value on the side before the event, as far as its delta tells them.
function oldMembers(delta) {
  if (delta.kind === "inside") return delta.from;
  return delta.kind === "compare" ? delta.was : nothing;
}

// The part of a list that changed: its first place, its steps (see aligned), and its lengths on both sides.
function changedPart(type, delta) {
  if (delta.kind === "inside") {
    const { was, is, first } = middleOf(type, delta.from, delta.to);
    return { first, steps: aligned(was, is), was: was.length, is: is.length };
  }
  if (delta.kind !== "compare") return { first: Infinity, steps: [], was: 0, is: 0 };
  const { was, is } = delta;
  const shorter = Math.min(was.length, is.length);
  let first = 0;
  while (first < shorter && isSameJson(was[first], is[first])) first++;
  let same = 0;
  while (same < shorter - first && isSameJson(was[was.length - 1 - same], is[is.length - 1 - same])) same++;
  const steps = aligned(was.slice(first, was.length - same), is.slice(first, is.length - same));
  return { first, steps, was: was.length - same - first, is: is.length - same - first };
}

function deltaOfStep(step) {
  if (step.kind === "changed") return comparison(step.was, step.is);
  return { same: none, added, removed }[step.kind];
}

// How two lists become each other: steps {kind: same | changed | added | removed, was, is}, in the order of the new
// list. Equal elements are followed where they moved apart; those between them are taken for each other by place.
function aligned(was, is) {
  const steps = [];
  const between = (olds, news) => {
    const both = Math.min(olds.length, news.length);
    for (let i = 0; i < both; i++) steps.push({ kind: "changed", was: olds[i], is: news[i] });
    for (const old of olds.slice(both)) steps.push({ kind: "removed", was: old });
    for (const fresh of news.slice(both)) steps.push({ kind: "added", is: fresh });
  };
  let i = 0;
  let j = 0;
  for (const [x, y] of equalPairs(was, is)) {
    between(was.slice(i, x), is.slice(j, y));
    steps.push({ kind: "same", was: was[x], is: is[y] });
    i = x + 1;
    j = y + 1;
  }
  between(was.slice(i), is.slice(j));
  return steps;
}

// The longest common subsequence, as pairs of places. Above this many cells the elements are paired by place alone.
const cellsMax = 1_000_000;

function equalPairs(was, is) {
  if (was.length === 0 || is.length === 0 || was.length * is.length > cellsMax) return [];
  const a = was.map((element) => writeJson(element));
  const b = is.map((element) => writeJson(element));
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const cell = i * width + j;
      lengths[cell] = a[i] === b[j] ? lengths[cell + width + 1] + 1 : Math.max(lengths[cell + width], lengths[cell + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return pairs;
}
