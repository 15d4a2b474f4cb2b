// What stands in a row of the tree.

function rangeText(parts) {
  return `${cut(nameText(parts.at(0).name), 60)} … ${cut(nameText(parts.at(parts.length - 1).name), 60)}`;
}

function kindOf(value, isOpen) {
  if (isContainer(value)) return isOpen ? "count" : "preview";
  if (value instanceof Numeral) return "number";
  return value === null ? "null" : typeof value;
}

function valueText(row) {
  if (row.parts) return countText(row.parts.length, "entry", "entries");
  if (!isContainer(row.value)) return scalarText(row.value);
  if (row.isOpen) return sizeText(row);
  return sizeOf(row.value) > smallSize ? `${sizeText(row)} ${previewText(row.value)}` : previewText(row.value);
}

function sizeText({ value, type }) {
  if (Array.isArray(value)) return countText(value.length, "element");
  return type.kind === "map" ? countText(value.size, "entry", "entries") : countText(value.size, "field");
}
