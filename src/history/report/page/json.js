// JSON without loss. The numbers of a state have up to 64 bits, and JavaScript's have 53; a member may be called
// "__proto__" or "10", which would take another place in an object. So objects become Maps, and a number that JavaScript
// would write otherwise becomes a Numeral, which keeps its text.

class Numeral {
  constructor(text) { this.text = text; }
}

// Reads one text, from left to right.
class JsonReader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  value() {
    this.skipBlanks();
    const c = this.text.charCodeAt(this.at);
    if (c === 0x22) return this.string();
    if (c === 0x7b) return this.object();
    if (c === 0x5b) return this.array();
    return this.word();
  }

  skipBlanks() {
    let c;
    while ((c = this.text.charCodeAt(this.at)) === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) this.at++;
  }

  // Whether `letter` comes next; then it is taken.
  takes(letter) {
    this.skipBlanks();
    if (this.text[this.at] !== letter) return false;
    this.at++;
    return true;
  }

  object() {
    const members = new Map();
    this.at++;
    if (this.takes("}")) return members;
    do {
      this.skipBlanks();
      const name = this.string();
      this.takes(":");
      members.set(name, this.value());
    } while (this.takes(","));
    this.takes("}");
    return members;
  }

  array() {
    const elements = [];
    this.at++;
    if (this.takes("]")) return elements;
    do elements.push(this.value()); while (this.takes(","));
    this.takes("]");
    return elements;
  }

  string() {
    const from = this.at;
    let end = this.text.indexOf('"', from + 1);
    while (this.isEscaped(end)) end = this.text.indexOf('"', end + 1);
    this.at = end + 1;
    const inner = this.text.slice(from + 1, end);
    return inner.includes("\\") ? JSON.parse(`"${inner}"`) : inner;
  }

  isEscaped(place) {
    let backslashes = 0;
    while (this.text.charCodeAt(place - 1 - backslashes) === 0x5c) backslashes++;
    return backslashes % 2 === 1;
  }

  // null, true, false or a number.
  word() {
    const from = this.at;
    while (this.at < this.text.length && !" \n\r\t,]}".includes(this.text[this.at])) this.at++;
    const word = this.text.slice(from, this.at);
    if (word === "null") return null;
    if (word === "true") return true;
    if (word === "false") return false;
    const number = Number(word);
    return String(number) === word ? number : new Numeral(word);
  }
}

function parseJson(text) {
  return new JsonReader(text).value();
}

// The names of an object's members in the order in which they are shown.
function namesOf(object) {
  return object instanceof Entries ? object.names : object.keys();
}

// Compact JSON. `type` gives the members of a record their order; without one they have their own.
function writeJson(value, type) {
  if (value instanceof Numeral) return value.text;
  if (Array.isArray(value)) return `[${value.map((element) => writeJson(element, type?.element)).join(",")}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  const members = [];
  const isRecord = type?.kind === "record";
  for (const name of isRecord ? type.fields.keys() : namesOf(value)) {
    if (!value.has(name)) continue;
    members.push(`${JSON.stringify(name)}:${writeJson(value.get(name), isRecord ? type.fields.get(name) : type?.element)}`);
  }
  return `{${members.join(",")}}`;
}

function isSameJson(a, b) {
  if (a === b) return true;
  if (a instanceof Numeral) return b instanceof Numeral && a.text === b.text;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((element, i) => isSameJson(element, b[i]));
  if (!(a instanceof Map) || !(b instanceof Map) || a.size !== b.size) return false;
  for (const [name, value] of a) if (!b.has(name) || !isSameJson(value, b.get(name))) return false;
  return true;
}
