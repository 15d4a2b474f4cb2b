// Elements of the page. Text becomes text, never markup.

function byId(id) {
  return document.getElementById(id);
}

// element("p", "class", "text", children…): strings become text.
function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function button(text, onClick, className = "link") {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

// Sets what differs, so that a step touches little of the page.
function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

function setAttribute(target, name, value) {
  const text = value === undefined ? null : String(value);
  if (target.getAttribute(name) === text) return;
  if (text === null) target.removeAttribute(name);
  else target.setAttribute(name, text);
}
