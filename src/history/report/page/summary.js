// What an event changed, as a short list of paths.

const summaryMax = 30;

// The changed values of the state, as {path, delta, value}: a value that came or went stands for all of its parts.
function changedValues(type, value, delta, path = [], found = []) {
  for (const part of partsOf(type, value, delta).touched()) {
    if (found.length > summaryMax) break;
    if (part.type.bookkeeping) continue;
    const its = [...path, part.name];
    if (hasChangedParts(part.delta)) changedValues(part.type, part.value, part.delta, its, found);
    else found.push({ path: its, delta: part.delta, value: part.value });
  }
  return found;
}

function changeLine(change, onReveal) {
  const { path, delta, value } = change;
  const line = element("li", "change");
  line.dataset.change = delta.kind;
  const sign = element("span", "sign", signOf[delta.kind]);
  sign.setAttribute("aria-hidden", "true");
  const name = button(cut(pathText(path), 120), () => onReveal(path));
  line.append(sign, element("span", "unseen", `${wordOf[delta.kind]} `), name);
  const text = previewText(value);
  if (delta.kind === "whole") line.append(element("span", "was", `${previewText(delta.was)} → `));
  line.append(element("span", "value", cut(text, 120)));
  return line;
}

// Fills the list, and says how many values changed.
function showChanges(place, changes, onReveal) {
  const lines = changes.slice(0, summaryMax).map((change) => changeLine(change, onReveal));
  if (changes.length > summaryMax) lines.push(element("li", "muted", "and more: see the state"));
  place.replaceChildren(...lines);
  if (changes.length === 0) return "nothing changed";
  return changes.length > summaryMax ? `more than ${summaryMax} values changed` : `${countText(changes.length, "value")} changed`;
}
