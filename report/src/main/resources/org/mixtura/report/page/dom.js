"use strict";
// Elements. Texts become text nodes and attributes, never markup: whatever a column is called, it is only shown.

/** An element with attributes (null or false: none; a function: a listener) and children (elements or texts). */
function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") {
      node.addEventListener(key, value);
    } else if (value !== null && value !== false && value !== undefined) {
      node.setAttribute(key, value === true ? "" : value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** A name cut to what fits; the whole one is in the title of whatever shows it. */
function short(name, most = 32) {
  const letters = Array.from(name);
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : name;
}

/** A name as an element, cut if it is long. */
function named(name, most = 32) {
  return element("span", { title: short(name, most) === name ? null : short(name, 400) }, short(name, most));
}

/** A section of the report. */
function section(id, title, lead, ...children) {
  return element("section", { id, "aria-labelledby": id + "-title" },
    element("h2", { id: id + "-title" }, title),
    lead ? element("p", { class: "lead" }, lead) : null,
    ...children);
}

/** A drop-down list with its label. options: [value, text]. */
function choice(label, options, selected, change) {
  const select = element("select", { change: () => change(select.value) },
    options.map(([value, text]) => element("option", { value, selected: String(value) === String(selected) }, short(text, 48))));
  return element("label", {}, label, select);
}

/** A box to tick. */
function tick(label, checked, change) {
  const box = element("input", { type: "checkbox", checked, change: () => change(box.checked) });
  return element("label", { class: "check" }, box, label);
}

/** A table that scrolls sideways within itself, reachable by keyboard. */
function table(caption, head, body, classes) {
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element("table", { class: classes || null },
      element("thead", {}, element("tr", {}, head)),
      element("tbody", {}, body)));
}

function heading(content, number) {
  return element("th", { scope: "col", class: number ? "number" : null }, content);
}

function numberCell(text) {
  return element("td", { class: "number" }, text);
}

/** Items after the first few go into a fold. */
function folded(nodes, most, word, wrap) {
  const shown = wrap(nodes.slice(0, most));
  if (nodes.length <= most) {
    return [shown];
  }
  return [shown, element("details", {}, element("summary", {}, `${count(nodes.length - most)} more ${word}`), wrap(nodes.slice(most)))];
}
