// Values, paths and times as text for people. Text from the report reaches the page by textContent alone.

const valueCharactersMax = 300;

function cut(text, charactersMax) {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax)}…`;
}

// A value that has no parts, as JSON writes it.
function scalarText(value, charactersMax = valueCharactersMax) {
  if (typeof value === "string") return JSON.stringify(cut(value, charactersMax));
  return isContainer(value) ? (Array.isArray(value) ? "[ ]" : "{ }") : writeJson(value);
}

// A closed list or object in a few words.
function previewText(value) {
  if (!isContainer(value)) return scalarText(value, 40);
  const isList = Array.isArray(value);
  const parts = [];
  let characters = 0;
  for (const name of isList ? value.keys() : namesOf(value)) {
    const part = isList ? value[name] : value.get(name);
    const text = isContainer(part) ? (Array.isArray(part) ? "[…]" : "{…}") : scalarText(part, 40);
    parts.push(isList ? text : `${cut(name, 40)}: ${text}`);
    characters += parts.at(-1).length;
    if (characters > 90) break;
  }
  if (parts.length < sizeOf(value)) parts.push("…");
  return isList ? `[${parts.join(", ")}]` : `{${parts.join(", ")}}`;
}

const numbers = new Intl.NumberFormat("en");

function countText(count, one, many = `${one}s`) {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}

function nameText(name) {
  return typeof name === "number" ? `[${name}]` : name;
}

// tracking_events[3].status; a name that would be read otherwise is quoted.
function pathText(path) {
  let text = "";
  for (const name of path) {
    if (typeof name === "number") text += `[${name}]`;
    else if (/^[A-Za-z_][A-Za-z_0-9]*$/.test(name)) text += text === "" ? name : `.${name}`;
    else text += `[${JSON.stringify(name)}]`;
  }
  return text;
}

// Times have microseconds, as "2026-01-27T10:30:00.000000Z": `Date` keeps the milliseconds.
function millisOf(time) {
  return Date.parse(`${time.slice(0, 23)}Z`);
}

function timeText(time) {
  return time ? `${time.slice(0, 10)} ${time.slice(11, 19)}${time.slice(19, 26).replace(/\.?0+$/, "")} UTC` : "";
}

// A length of time in its two largest units.
function spanText(millis) {
  const units = [["d", 86_400_000], ["h", 3_600_000], ["min", 60_000], ["s", 1000], ["ms", 1]];
  const largest = units.findIndex(([, size]) => Math.abs(millis) >= size);
  if (largest < 0) return "0 ms";
  let left = Math.round(Math.abs(millis));
  const parts = [];
  for (const [unit, size] of units.slice(largest, largest + 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${numbers.format(count)} ${unit}`);
  }
  return parts.join(" ");
}
